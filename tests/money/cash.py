"""Short ways to move money in a test, and to look at what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import TODAY, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

SUMS = ("balance", "paid_to_date", "credit_balance", "payment_balance")


def sums(shop: Shop, client: JSON) -> list[float]:
    """balance, paid_to_date, credit_balance and payment_balance of a client."""
    now = shop.show(f"clients/{client['id']}")
    return [now[name] for name in SUMS]


def bill(shop: Shop, record: JSON, kind: str = "invoices") -> list[object]:
    """balance, paid_to_date and status of an invoice or a credit."""
    now = shop.show(f"{kind}/{record['id']}")
    return [now["balance"], now["paid_to_date"], now["status_id"]]


def money(shop: Shop, payment: JSON) -> list[object]:
    """amount, applied and refunded of a payment, and whether it is deleted."""
    now = shop.show(f"payments/{payment['id']}")
    return [now["amount"], now["applied"], now["refunded"], now["is_deleted"]]


def lines(cost: float) -> list[JSON]:
    return [{"quantity": 1, "cost": cost}]


def sent(shop: Shop, client: JSON, cost: float) -> JSON:
    return shop.sent(client, *lines(cost))


def credit(shop: Shop, client: JSON, cost: float, query: str = "?mark_sent=true") -> JSON:
    return record(shop.post(f"credits{query}", {"client_id": client["id"], "line_items": lines(cost)}))


def spread(invoices: dict[str, float], used: dict[str, float] | None = None) -> JSON:
    body: JSON = {"invoices": [{"invoice_id": key, "amount": amount} for key, amount in invoices.items()]}
    if used:
        body["credits"] = [{"credit_id": key, "amount": amount} for key, amount in used.items()]
    return body


def pay(shop: Shop, client: JSON, amount: float = 0, **shares: dict[str, float]) -> JSON:
    body = spread(shares.get("invoices", {}), shares.get("credits"))
    return record(shop.post("payments", {"client_id": client["id"], "amount": amount, **body}))


def refund(payment: JSON, *rows: tuple[JSON, float], amount: float = 0) -> JSON:
    """The body of a refund."""
    listed = [{"invoice_id": invoice["id"], "amount": part} for invoice, part in rows]
    return {"id": payment["id"], "date": TODAY, "amount": amount, "invoices": listed}


def only_payment(shop: Shop) -> JSON:
    (payment,) = shop.stored("payments")
    return payment


def bulk(shop: Shop, kind: str, action: str, one: JSON) -> None:
    assert shop.post(f"{kind}/bulk", {"action": action, "ids": [one["id"]]}).status_code == 200
