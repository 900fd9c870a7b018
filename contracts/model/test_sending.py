"""Sending counts once: a draft that is sent owes its amount, its owner owes it too, and sending it again by whatever
route adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import OWED, Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.mark_sent")),
]


def test_sending_counts_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        opens = noun.told("bill.opens") != "never"
        member, status = OWED.get(noun.told("bill.sums") or "", ""), noun.facts["moves"]["mark_sent"]["to"]
        total = 0.0
        for route, cost in (("bulk", 100), ("flag", 1_234_567.89), ("action", 20.5)):
            bill = trade.make(noun.name, {link: record["id"], "line_items": lines(cost)})
            watch = Watch(trade, bill=(noun.name, bill["id"]), **{owner: (owner, record["id"])})
            send(trade, noun, route, bill["id"])
            total += cost
            sums = {member: total} if member else {}
            sent = {"status_id": status, "balance": cost if opens else 0}
            trade.must(watch.moved(**{"bill": sent, owner: sums}), after=f"sending by {route}")
            for again in ("bulk", "flag", "action"):
                if noun.told("bill.opens") == "never" and again == "flag":
                    continue  # an edit of a sent bill of this kind may well set its balance
                send(trade, noun, again, bill["id"])
                trade.must(watch.moved(), after=f"sending a second time, by {again}")


def send(trade: Trade, noun: Noun, route: str, hashed: str) -> None:
    """Send by a bulk action, by a flag of an update, or by an action of the record's own."""
    if route == "flag":
        trade.change(noun.name, hashed, {}, mark_sent="true")
    elif route == "action":
        trade.run(noun.name, "action", hashed=hashed, action="mark_sent")
    else:
        trade.bulk(noun.name, "mark_sent", hashed)
