"""A payment that may not be is refused and nothing moves: more than an invoice owes, another client's invoice, one that
is paid, deleted or listed twice, an unknown client, more for invoices than there is money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "payment_refund")]
LARGE = 1_234_567.89


def test_a_wrong_payment_moves_nothing(target: Target, spec: Spec, noun: Any) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        mine, other = (trade.make("client")["id"] for _ in range(2))
        kinds = {
            "sent": (mine, "mark_sent", 100),
            "draft": (mine, "", 60),
            "large": (mine, "mark_sent", LARGE),
            "paid": (mine, "paid", 40),
            "foreign": (other, "mark_sent", 100),
            "deleted": (mine, "mark_sent", 30),
        }
        ids = {
            name: trade.make(
                "invoice", {"client_id": owner, "line_items": lines(cost)}, **({flag: "true"} if flag else {})
            )["id"]
            for name, (owner, flag, cost) in kinds.items()
        }
        trade.drop("invoice", ids["deleted"])
        part = {"client_id": mine, "invoices": [{"invoice_id": ids["sent"], "amount": 40}]}
        trade.make(noun.name, part)
        records = {name: ("invoice", hashed) for name, hashed in ids.items()}
        watch = Watch(trade, client=("client", mine), stranger=("client", other), **records)
        count = len(trade.rows(noun.name, client_id=mine))
        attempts: dict[str, dict[str, Any]] = {
            "a cent more than is open": spread(mine, (ids["sent"], 60.01)),
            "a cent more than a draft": spread(mine, (ids["draft"], 60.01)),
            "a cent more than a large invoice": spread(mine, (ids["large"], LARGE + 0.01)),
            "too much for the third invoice": spread(
                mine, (ids["sent"], 10), (ids["draft"], 10), (ids["large"], LARGE + 1)
            ),
            "an invoice that is paid": spread(mine, (ids["paid"], 1)),
            "an invoice of another client": spread(mine, (ids["foreign"], 10)),
            "a second invoice of another client": spread(mine, (ids["sent"], 10), (ids["foreign"], 10)),
            "an invoice that is deleted": spread(mine, (ids["deleted"], 10)),
            "one invoice twice": spread(mine, (ids["sent"], 10), (ids["sent"], 10)),
            "less money than its invoices take": spread(mine, (ids["sent"], 50), amount=49.99),
            "an unknown client": {"client_id": "zzzzzzzzzz", "amount": 10},
            "no client": {"amount": 10},
        }
        for what, body in attempts.items():
            reply = trade.ask(noun.operations["create"], body=body, want=())
            refused = [] if reply.status in (400, 422) else [f"got {reply.status}, wanted 422"]
            trade.must(refused, watch.moved(), operation=noun.operations["create"].id, after=f"a payment of {what}")
        after = len(trade.rows(noun.name, client_id=mine))
        assert after == count, f"refused payments were made: got {after} of the client, wanted {count}"


def spread(client: str, *rows: tuple[str, float], amount: float = 0) -> dict[str, Any]:
    listed = [{"invoice_id": hashed, "amount": part} for hashed, part in rows]
    return {"client_id": client, "amount": amount, "invoices": listed}
