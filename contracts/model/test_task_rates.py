"""A task costs what its project says, else its client, unless it brings a rate itself; a project brings its client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "update", "bulk", facts=("fields.time_log", "fields.rate")),
]


def test_a_task_has_the_rate_that_counts(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        owner = trade.make("client", {"settings": {"currency_id": "1", "default_task_rate": 41}})["id"]
        stranger = trade.make("client", {"settings": {"currency_id": "1", "default_task_rate": 7.5}})["id"]
        dear, plain = (
            trade.make("project", {"name": f"{client.tag} {rate}", "client_id": owner, "task_rate": rate})["id"]
            for rate in (101.25, 0)
        )
        for what, body, rate, whose in (
            ("a client", {"client_id": owner}, 41, owner),
            ("a second client", {"client_id": stranger}, 7.5, stranger),
            ("a project", {"project_id": dear}, 101.25, owner),
            ("a project without a rate", {"project_id": plain}, 41, owner),
            ("a project and another client", {"project_id": dear, "client_id": stranger}, 101.25, owner),
            ("a project and a rate of its own", {"project_id": dear, "rate": 3}, 3, owner),
            ("a client and a rate of its own", {"client_id": owner, "rate": 2_000_000}, 2_000_000, owner),
        ):
            made = trade.make(noun.name, body)
            wanted = {"rate": rate, "client_id": whose}
            trade.must(unlike(wanted, made), operation=noun.operations["create"].id, after=f"a create with {what}")
