"""A credit for a paid invoice reverses it: the credit is open at once, the invoice is reversed and owes nothing, the
client has paid so much less; a credit of more than was paid is refused and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill.settles", "activities.reversed")),
]


def test_a_credit_reverses_what_was_paid(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        body = {link: record["id"]}
        fresh = trade.make(noun.name, {**body, "line_items": lines(500)}, mark_sent="true")["id"]
        whole = trade.make(noun.name, {**body, "line_items": lines(100)}, paid="true")["id"]
        part = trade.make(noun.name, {**body, "line_items": lines(80)}, amount_paid="50")["id"]
        watch = Watch(
            trade,
            client=(owner, record["id"]),
            fresh=(noun.name, fresh),
            whole=(noun.name, whole),
            part=(noun.name, part),
        )
        for what, hashed, cost in (
            ("of an invoice that nothing was paid on", fresh, 10),
            ("of more than was paid", part, 50.01),
            ("of more than the invoice", whole, 100.01),
        ):
            trade.refused("credit", {**body, "invoice_id": hashed, "line_items": lines(cost)})
            trade.must(watch.moved(), after=f"a credit {what}")
        reversed_ = {name: status for status, name in noun.facts["statuses"].items()}["reversed"]
        gone = {"status_id": reversed_, "balance": 0}
        made = {}
        for name, hashed, cost, sums in (
            ("whole", whole, 100, {"credit_balance": 100, "paid_to_date": 50, "balance": 530}),
            ("part", part, 50, {"credit_balance": 150, "paid_to_date": 0, "balance": 500}),
        ):
            credit = trade.make("credit", {**body, "invoice_id": hashed, "line_items": lines(cost)})
            made[name] = credit["id"]
            sent = {"amount": cost, "balance": cost, "status_id": "2", "invoice_id": hashed}
            trade.must(
                unlike(sent, credit, "the credit"),
                watch.moved(**{name: gone, "client": sums}),
                after=f"a credit for what was paid on {name}",
            )
            trade.refused("credit", {**body, "invoice_id": hashed, "line_items": lines(1)})
            trade.must(watch.moved(), after="a second credit for a reversed invoice")
        trade.bulk("credit", "delete", made["part"])
        trade.must(watch.moved(client={"credit_balance": 100, "paid_to_date": 50}), after="deletion of the credit")
        trade.bulk("credit", "restore", made["part"])
        trade.must(watch.moved(client={"credit_balance": 150, "paid_to_date": 0}), after="restoration of the credit")
