"""Deleting a payment rolls everything back: its invoices are open again, credits are whole, the sums of the client are
what they were; archiving moves nothing, and a deleted payment does not come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "payment_refund")]


def test_a_deleted_payment_leaves_no_trace(target: Target, spec: Spec, noun: Any) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        owner = trade.make("client")["id"]
        body = {"client_id": owner}
        one, two, three = (
            trade.make("invoice", {**body, "line_items": lines(cost)}, mark_sent="true")["id"]
            for cost in (100, 50, 2_000_000)
        )
        credit = trade.make("credit", {**body, "line_items": lines(30)}, mark_sent="true")["id"]
        first = trade.make(noun.name, {**body, "invoices": [{"invoice_id": one, "amount": 20}]})["id"]
        kept = {"one": ("invoice", one), "two": ("invoice", two), "three": ("invoice", three)}
        watch = Watch(trade, client=("client", owner), credit=("credit", credit), first=(noun.name, first), **kept)
        start = watch.before
        listed = [(one, 80), (two, 50), (three, 1_500_000)]
        given = {
            "amount": 1_500_150,
            "invoices": [{"invoice_id": hashed, "amount": part} for hashed, part in listed],
            "credits": [{"credit_id": credit, "amount": 30}],
        }
        second = trade.make(noun.name, {**body, **given})
        wanted = {"amount": 1_500_150, "applied": 1_500_100, "refunded": 0, "status_id": "4"}
        paid = start["client"]["paid_to_date"] + 1_500_180
        trade.must(
            [f"of the payment: {each}" for each in unlike(wanted, second)],
            watch.moved(
                one={"balance": 0, "paid_to_date": 100, "status_id": "4"},
                two={"balance": 0, "paid_to_date": 50, "status_id": "4"},
                three={"balance": 500_000, "paid_to_date": 1_500_000, "status_id": "3"},
                credit={"balance": 0, "paid_to_date": 30, "status_id": "4"},
                client={"balance": 500_000, "paid_to_date": paid, "credit_balance": 0, "payment_balance": 50},
            ),
            after="a second payment of three invoices, with a credit and a rest",
        )
        for action in ("archive", "restore"):
            trade.bulk(noun.name, action, second["id"])
            trade.must(watch.moved(), after=f"{action} of the payment")
        trade.drop(noun.name, second["id"])
        trade.must(watch.moved(**start), after="deletion of the payment")
        gone = trade.show(noun.name, second["id"])
        trade.must(unlike({"is_deleted": True, "status_id": "2"}, gone), after="deletion of the payment")
        for action in ("delete", "restore"):
            trade.bulk(noun.name, action, second["id"])
            trade.must(watch.moved(), after=f"{action} of the deleted payment")
        assert trade.show(noun.name, second["id"])["is_deleted"], "a deleted payment was restored"
