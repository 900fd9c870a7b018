"""What `paid` and `amount_paid` record: the payment, its share of the invoice, and the sums of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import TODAY, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TENS = [{"quantity": 1, "cost": 10}] * 2


def only_payment(shop: Shop, invoice: JSON) -> JSON:
    found: list[JSON] = shop.show(f"invoices/{invoice['id']}", include="payments")["payments"]
    assert len(found) == len(shop.stored("payments")) == 1
    return found[0]


def test_a_part_payment_leaves_the_rest_open(shop: Shop) -> None:
    """X-058, R-STAT-5."""
    client = shop.client()
    invoice = shop.invoice(client, *TENS, query="?amount_paid=10")
    wanted = {"amount": 20, "balance": 10, "paid_to_date": 10, "status_id": "3"}
    assert part(wanted, invoice) == wanted
    payment = only_payment(shop, invoice)
    assert (payment["amount"], payment["applied"]) == (10, 10)
    now = shop.show(f"clients/{client['id']}")
    assert (now["balance"], now["paid_to_date"], now["payment_balance"]) == (10, 10, 0)


def test_paid_records_the_whole_balance_as_a_manual_payment(shop: Shop) -> None:
    """R-STAT-4."""
    client = shop.client(settings={"currency_id": "2"})
    shop.settings(payment_type_id="1")
    invoice = shop.invoice(client, *TENS, query="?paid=true", partial=5)
    wanted: JSON = {"balance": 0, "paid_to_date": 20, "partial": 0, "partial_due_date": "", "status_id": "4"}
    assert part(wanted, invoice) == wanted
    wanted = {
        "amount": 20,
        "applied": 20,
        "refunded": 0,
        "status_id": "4",
        "is_manual": True,
        "date": TODAY,
        "transaction_reference": "Manual entry",
        "type_id": "1",
        "currency_id": "2",
        "client_id": client["id"],
        "number": "0001",
    }
    payment = only_payment(shop, invoice)
    assert part(wanted, payment) == wanted
    assert [part({"invoice_id": 0, "amount": 0}, each) for each in payment["paymentables"]] == [
        {"invoice_id": invoice["id"], "amount": 20}
    ]


def test_the_reference_of_the_caller_is_kept(shop: Shop) -> None:
    """R-STAT-4, R-STAT-5."""
    client = shop.client()
    shop.invoice(client, query="?paid=true&reference=Slip%207")
    shop.invoice(client, query="?amount_paid=5", reference="Slip 8")
    assert [each["transaction_reference"] for each in shop.stored("payments")] == ["Slip 7", "Slip 8"]


def test_paying_too_much_makes_the_balance_negative(shop: Shop) -> None:
    """R-STAT-5, R-STAT-6: only the balance is applied, the rest stays with the client."""
    client = shop.client()
    invoice = shop.invoice(client, *TENS, query="?amount_paid=25")
    wanted = {"balance": -5, "paid_to_date": 25, "status_id": "2"}
    assert part(wanted, invoice) == wanted
    payment = only_payment(shop, invoice)
    assert (payment["amount"], payment["applied"]) == (25, 20)
    now = shop.show(f"clients/{client['id']}")
    assert (now["balance"], now["paid_to_date"], now["payment_balance"]) == (-5, 25, 5)


def test_a_payment_counts_towards_the_part_that_was_asked_for(shop: Shop) -> None:
    """R-STAT-5."""
    client = shop.client()
    assert shop.invoice(client, *TENS, query="?amount_paid=3", partial=5)["partial"] == 2
    assert shop.invoice(client, *TENS, query="?amount_paid=6", partial=5)["partial"] == 0


def test_nothing_is_recorded_for_zero_or_on_a_paid_invoice(shop: Shop) -> None:
    """R-STAT-4, R-STAT-5."""
    client = shop.client()
    draft = shop.invoice(client, query="?amount_paid=0")
    assert (draft["status_id"], shop.stored("payments")) == ("1", [])
    paid = shop.invoice(client, query="?paid=true")
    for flag in ("paid=true", "amount_paid=5"):
        again = record(shop.put(f"invoices/{paid['id']}?{flag}", {}))
        assert (again["status_id"], again["paid_to_date"]) == ("4", 100)
    assert len(shop.stored("payments")) == 1


def test_an_unpaid_gateway_fee_is_dropped_before_paying(shop: Shop) -> None:
    """R-STAT-4: 25 with a fee of 5 is paid with 20."""
    client = shop.client()
    invoice = shop.sent(client, *TENS)
    fee = {"quantity": 1, "cost": 5, "type_id": "3"}
    path = f"invoices/{invoice['id']}"
    assert record(shop.put(path, {"line_items": [*invoice["line_items"], fee]}))["balance"] == 25
    paid = record(shop.put(f"{path}?paid=true", {}))
    assert (paid["amount"], paid["paid_to_date"], len(paid["line_items"])) == (20, 20, 2)
    assert only_payment(shop, paid)["amount"] == 20
