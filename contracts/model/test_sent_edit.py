"""An edit of a sent bill moves the sum of its owner by the difference, up and down, also when something is paid."""

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
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill.sums", "moves.mark_sent")),
]


def test_an_edit_moves_the_difference(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        member = OWED[noun.told("bill.sums")]
        first, bill = (
            trade.make(noun.name, {link: record["id"], "line_items": lines(cost)}, mark_sent="true")["id"]
            for cost in (40, 100)
        )
        stranger = trade.make(owner)["id"]
        watch = Watch(
            trade,
            bill=(noun.name, bill),
            first=(noun.name, first),
            stranger=(owner, stranger),
            **{owner: (owner, record["id"])},
        )
        operation = noun.operations["update"].id

        def edit(what: str, *costs: float, paid: float = 0) -> None:
            trade.change(noun.name, bill, {"line_items": lines(*costs)})
            amount = sum(costs)
            changes = {"bill": {"amount": amount, "balance": amount - paid}, owner: {member: 40 + amount - paid}}
            trade.must(watch.moved(**changes), operation=operation, after=what)

        edit("an edit downwards", 30.37)
        edit("an edit upwards, of three lines", 30.37, 0.13, 1_500_000)
        edit("a third edit", 90)
        for action in ("delete", "restore"):
            trade.bulk(noun.name, action, bill)
        watch.before = watch.read()
        edit("an edit of what was deleted and restored", 80)
        if "amount_paid" in noun.facts["triggers"]:
            trade.change(noun.name, bill, {}, amount_paid="30")
            watch.before = watch.read()
            edit("an edit of what is paid in part", 60, paid=30)
            edit("a second edit of what is paid in part", 130, paid=30)
