"""A counter of the client counts for each client by itself, from one, and leaves the counter of the company alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", facts=("number", "bill", "includes.client")),
]


def test_each_client_counts_from_one(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        pattern, counter = noun.facts["number"]["pattern"], noun.facts["number"]["counter"]
        before = trade.settings(**{pattern: "{$client_number}/{$client_counter}"})[counter]
        people = [trade.make("client", {"number": number}) for number in ("A-1", "B-2")]
        count = {"A-1": 0, "B-2": 0}
        for person in (people[0], people[0], people[1], people[0], people[1]):
            name = person["number"]
            count[name] += 1
            body = trade.full(noun.name, {"client_id": person["id"], "line_items": lines(10)})
            got, wanted = trade.make(noun.name, body)["number"], f"{name}/{count[name]:04}"
            assert got == wanted, f"number {count[name]} of client {name}: got {got}, wanted {wanted}"
        after = trade.company()["settings"][counter]
        assert after == before, f"{counter} of the company beside counters of clients: got {after}, wanted {before}"
