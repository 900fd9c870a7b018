"""Deleting a bill takes what is open on it from its owner, restoring brings it back, archiving moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import OWED, Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.mark_sent")),
]


def test_a_deleted_bill_owes_nothing(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        member = OWED.get(noun.told("bill.sums") or "", "")
        costs = (100, 60.5, 1_300_000)
        ids = [
            trade.make(noun.name, {link: record["id"], "line_items": lines(cost)}, mark_sent="true")["id"]
            for cost in costs
        ]
        watch = Watch(
            trade, **{f"bill{n}": (noun.name, each) for n, each in enumerate(ids)}, **{owner: (owner, record["id"])}
        )
        gone: set[int] = set()
        steps = [("archive", (0, 2)), ("restore", (0, 2)), ("delete", (2,)), ("delete", (2,)), ("delete", (0, 1))]
        steps += [("restore", (1, 2)), ("restore", (1,)), ("restore", (0,)), ("drop", (1,)), ("restore", (1,))]
        for action, places in steps:
            if action == "drop":
                trade.drop(noun.name, ids[places[0]])
            else:
                trade.bulk(noun.name, action, *(ids[place] for place in places))
            gone = gone | set(places) if action in ("delete", "drop") else gone - set(places)
            open_ = sum(cost for place, cost in enumerate(costs) if place not in gone)
            changes = {f"bill{place}": {"is_deleted": place in gone} for place in range(3)}
            sums = {owner: {member: open_}} if member else {}
            trade.must(watch.moved(**changes, **sums), after=f"{action} of {places} of three")
