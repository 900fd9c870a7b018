"""A refund counts once: it opens its invoices again, lowers what the client has paid, adds to `refunded`; more than
there is, or an invoice that the payment does not know, is refused and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "payment_refund")]


def test_a_refund_moves_its_amount_once(target: Target, spec: Spec, noun: Any) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        owner = {"client_id": trade.make("client")["id"]}
        one, two = (
            trade.make("invoice", {**owner, "line_items": lines(cost)}, mark_sent="true")["id"] for cost in (300, 25)
        )
        alien = trade.make("invoice", {**owner, "line_items": lines(9)}, paid="true")["id"]
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

        def ask(*rows: tuple[str, float], amount: float = 0) -> Reply:
            rows_of = [{"invoice_id": hashed, "amount": part} for hashed, part in rows]
            body = {"id": payment["id"], "date": payment["date"], "amount": amount, "invoices": rows_of}
            return trade.ask(refund, body=body, want=())

        def back(what: str, *rows: tuple[str, float], **changes: dict[str, Any]) -> None:
            reply = ask(*rows)
            taken = [] if reply.ok else [f"got {reply.shown}, wanted 200"]
            trade.must(
                taken, watch.moved(**changes) if reply.ok else (), operation=refund.id, after=f"a refund of {what}"
            )

        def no(what: str, *rows: tuple[str, float], amount: float = 0) -> None:
            reply = ask(*rows, amount=amount)
            taken = [] if reply.status in (400, 422) else [f"got {reply.status}, wanted 422"]
            trade.must(taken, watch.moved(), operation=refund.id, after=f"a refund of {what}")

        no("more than was paid on the invoice", (two, 25.01))
        no("more on the second invoice", (one, 10), (two, 26))
        no("an invoice that another payment paid", (alien, 1))
        no("money without an invoice", amount=10)
        back(
            "60.5",
            (one, 60.5),
            one={"balance": 60.5, "paid_to_date": 239.5, "status_id": "3"},
            client={"balance": 60.5, "paid_to_date": 273.5},
            payment={"refunded": 60.5, "status_id": "5"},
        )
        no("more than is left after the first", (one, 139.51))
        back(
            "two invoices, the second time",
            (one, 39.5),
            (two, 25),
            one={"balance": 100, "paid_to_date": 200, "status_id": "3"},
            two={"balance": 25, "paid_to_date": 0, "status_id": "2"},
            client={"balance": 125, "paid_to_date": 209},
            payment={"refunded": 125, "status_id": "5"},
        )
        back(
            "all that was left",
            (one, 100),
            one={"balance": 200, "paid_to_date": 100},
            client={"balance": 225, "paid_to_date": 109},
            payment={"refunded": 225, "status_id": "6"},
        )
        no("a payment that was given back whole", (one, 1))
