"""A refund counts once: it opens its invoices again, lowers what the client has paid, adds to `refunded`; more than
there is, or an invoice that the payment does not know, is refused and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade import Trade, Watch, lines, must

if TYPE_CHECKING:
    from mockserver.contract.spec import Spec
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "payment_refund")]


def test_a_refund_moves_its_amount_once(target: Target, spec: Spec, noun: Any) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        owner = {"client_id": trade.make("client")["id"]}
        one, two, alien = (
            trade.make("invoice", {**owner, "line_items": lines(cost)}, mark_sent="true")["id"] for cost in (300, 25, 9)
        )
        trade.make(noun.name, {**owner, "invoices": [{"invoice_id": one, "amount": 100}]})
        listed = [{"invoice_id": one, "amount": 200}, {"invoice_id": two, "amount": 25}]
        payment = trade.make(noun.name, {**owner, "amount": 225, "invoices": listed})
        refund = noun.operations["payment_refund"]
        watch = Watch(
            trade,
            client=("client", owner["client_id"]),
            one=("invoice", one),
            two=("invoice", two),
            payment=(noun.name, payment["id"]),
        )

        def back(*rows: tuple[str, float], amount: float = 0, want: int = 200) -> None:
            rows_of = [{"invoice_id": hashed, "amount": part} for hashed, part in rows]
            body = {"id": payment["id"], "date": payment["date"], "amount": amount, "invoices": rows_of}
            trade.ask(refund, body=body, want=(400, 422) if want != 200 else 200)

        refused: dict[str, dict[str, Any]] = {
            "more than was paid on the invoice": {"rows": [(two, 25.01)]},
            "more on the second invoice": {"rows": [(one, 10), (two, 26)]},
            "an invoice that it did not pay": {"rows": [(alien, 1)]},
            "money without an invoice": {"rows": [], "amount": 10},
        }
        for what, asked in refused.items():
            back(*asked["rows"], amount=asked.get("amount", 0), want=422)
            must(watch.moved(), operation=refund.id, after=f"a refund of {what}")
        back((one, 60.5))
        must(
            watch.moved(
                one={"balance": 60.5, "paid_to_date": 239.5, "status_id": "3"},
                client={"balance": 69.5, "paid_to_date": 264.5},
                payment={"refunded": 60.5, "status_id": "5"},
            ),
            operation=refund.id,
            after="a refund of 60.5",
        )
        back((one, 139.51), want=422)
        must(watch.moved(), operation=refund.id, after="a refund of more than is left after the first")
        back((one, 39.5), (two, 25))
        must(
            watch.moved(
                one={"balance": 100, "paid_to_date": 200, "status_id": "3"},
                two={"balance": 25, "paid_to_date": 0, "status_id": "2"},
                client={"balance": 134, "paid_to_date": 200},
                payment={"refunded": 125, "status_id": "5"},
            ),
            operation=refund.id,
            after="a second refund of two invoices",
        )
        back((one, 100))
        must(
            watch.moved(
                one={"balance": 200, "paid_to_date": 100},
                client={"balance": 234, "paid_to_date": 100},
                payment={"refunded": 225, "status_id": "6"},
            ),
            operation=refund.id,
            after="a refund of all that was left",
        )
        back((one, 1), want=422)
        must(watch.moved(), operation=refund.id, after="a refund of a payment that was given back whole")
