"""Worked examples in which several kinds of records play together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import part, record, rows, total

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_the_balance_of_a_purchase_order_follows_its_total(shop: Shop) -> None:
    """X-050."""
    vendor = record(shop.post("vendors", {"name": "Mill"}))
    body: JSON = {"vendor_id": vendor["id"], "line_items": [{"quantity": 1, "cost": 100}]}
    order = record(shop.post("purchase_orders?mark_sent=true", body))
    seen = [order]
    for cost in (30.37, 10.37):
        body["line_items"] = [{"quantity": 1, "cost": cost}]
        seen.append(record(shop.put(f"purchase_orders/{order['id']}", body)))
    found = [(each["amount"], each["balance"], each["status_id"]) for each in seen]
    assert found == [(100, 100, "2"), (30.37, 30.37, "2"), (10.37, 10.37, "2")]


def test_a_payment_over_two_invoices_shrinks_with_one_of_them(shop: Shop) -> None:
    """X-056."""
    client = shop.client()
    first, second = (shop.invoice(client, {"quantity": 1, "cost": 20}) for _ in range(2))
    shares = [{"invoice_id": each["id"], "amount": 20} for each in (first, second)]
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 40, "invoices": shares}))
    assert [shop.show(f"invoices/{each['id']}")["balance"] for each in (first, second)] == [0, 0]

    def sums() -> list[float]:
        owner, paid = shop.show(f"clients/{client['id']}"), shop.show(f"payments/{payment['id']}")
        return [owner["balance"], owner["paid_to_date"], paid["amount"], paid["applied"]]

    assert sums() == [0, 40, 40, 40]
    shop.post("invoices/bulk", {"action": "delete", "ids": [first["id"]]})
    assert sums() == [0, 20, 20, 20]
    assert shop.show(f"invoices/{first['id']}")["is_deleted"] is True
    shop.post("invoices/bulk", {"action": "restore", "ids": [first["id"]]})
    wanted = {"is_deleted": False, "archived_at": 0}
    assert part(wanted, shop.show(f"invoices/{first['id']}")) == wanted


def test_payments_between_two_days(shop: Shop) -> None:
    """X-101."""
    client = shop.client()
    for _ in range(10):
        record(shop.post("payments", {"client_id": client["id"], "amount": 1, "date": "2023-01-02"}))
    assert total(shop.get("payments", date_range="date,2023-01-01,2023-01-03")) == 10
    assert total(shop.get("payments", date_range="date,2053-10-01,2053-10-03")) == 0


def test_templates_by_the_products_on_their_lines(shop: Shop) -> None:
    """X-105."""
    client = shop.client()
    for key in ("p1", "p2"):
        lines = [{"product_key": key, "cost": 1, "quantity": 1}]
        body = {"client_id": client["id"], "frequency_id": "5", "line_items": lines}
        record(shop.post("recurring_invoices", body))
    assert [total(shop.get("recurring_invoices", product_key=keys)) for keys in ("other", "p1", "p1,p2")] == [0, 1, 2]


def test_quotes_and_invoices_may_share_a_counter(shop: Shop) -> None:
    """X-111."""
    shop.settings(
        quote_number_counter=100,
        invoice_number_counter=1000,
        quote_number_pattern="{$year}-{$counter}",
        shared_invoice_quote_counter=True,
    )
    client = shop.client()
    taken = [record(shop.post("quotes", {"client_id": client["id"]}))["number"] for _ in range(2)]
    assert taken == ["2026-1000", "2026-1001"]
    assert shop.company()["settings"]["quote_number_counter"] == 100


def test_a_client_has_the_documents_of_its_records(shop: Shop) -> None:
    """X-127."""
    client = shop.client()
    path, body = f"clients/{client['id']}", {"client_id": client["id"]}
    made = [("invoices", shop.invoice(client)["id"])]
    made += [("clients", client["id"])] * 2
    made += [(kind, record(shop.post(kind, body))["id"]) for kind in ("quotes", "credits", "expenses", "tasks")]
    counts = []
    for kind, hashed in made:
        shop.attach(f"{kind}/{hashed}", "file.pdf")
        counts.append(len(rows(shop.post(f"{path}/documents"))))
    assert counts == [1, 2, 3, 4, 5, 6, 7]


def test_the_credit_balance_of_a_client_follows_an_edit(shop: Shop) -> None:
    """X-131."""
    client = shop.client()
    lines = [{"quantity": 2, "cost": 10}]
    credit = record(shop.post("credits", {"client_id": client["id"], "line_items": lines}))

    def sums() -> tuple[float, float]:
        owner, now = shop.show(f"clients/{client['id']}"), shop.show(f"credits/{credit['id']}")
        return now["balance"], owner["credit_balance"]

    assert sums() == (0, 0)
    shop.post("credits/bulk", {"action": "mark_sent", "ids": [credit["id"]]})
    assert sums() == (20, 20)
    shop.put(f"credits/{credit['id']}", {"client_id": client["id"], "line_items": [{"quantity": 3, "cost": 10}]})
    assert sums() == (30, 30)
