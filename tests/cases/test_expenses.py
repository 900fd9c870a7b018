"""Expenses: what a write keeps, unique numbers, categories, the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import TODAY, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_new_expense_gets_a_number(shop: Shop) -> None:
    """testExpensePost."""
    assert [record(shop.post("expenses", {"public_notes": "Taxi"}))["number"] for _ in range(2)] == ["0001", "0002"]


def test_a_number_is_taken_once(shop: Shop) -> None:
    """testDuplicateNumberCatch, testExpensePut: the expense itself may keep it, a second one may not have it."""
    body = {"public_notes": "Taxi", "number": "Coolio"}
    made = record(shop.post("expenses", {"public_notes": "Taxi"}))
    assert [record(shop.put(f"expenses/{made['id']}", body))["number"] for _ in range(2)] == ["Coolio"] * 2
    assert shop.but(X_Requested_With=None).post("expenses", body).status_code == 302
    assert list(errors(shop.post("expenses", body))) == ["number"]
    assert shop.ids("expenses") == [made["id"]]


def test_an_update_of_one_field_keeps_the_day_of_payment(shop: Shop, vendor: JSON) -> None:
    """X-156, testVendorPayment."""
    body = {"amount": 100, "payment_date": TODAY, "vendor_id": vendor["id"], "date": "2021-10-01"}
    made = record(shop.post("expenses", body))
    assert (made["vendor_id"], made["payment_date"], made["date"]) == (vendor["id"], TODAY, "2021-10-01")
    assert record(shop.put(f"expenses/{made['id']}", {"amount": 100})) == {**made, "updated_at": made["updated_at"]}


def test_a_day_of_payment_keeps_the_vendor(shop: Shop, vendor: JSON) -> None:
    """testExpensePutWithVendorStatus."""
    made = record(shop.post("expenses", {"vendor_id": vendor["id"], "amount": 10, "date": "2021-10-01"}))
    changed = record(shop.put(f"expenses/{made['id']}", {"payment_date": TODAY}))
    assert (changed["vendor_id"], changed["payment_date"]) == (vendor["id"], TODAY)


def test_paid_expenses_are_those_with_a_day_of_payment(shop: Shop) -> None:
    """testExpenseGetClientStatus."""
    paid = record(shop.post("expenses", {"amount": 10, "payment_date": TODAY}))
    record(shop.post("expenses", {"amount": 20}))
    assert shop.ids("expenses", client_status="paid") == [paid["id"]]


def test_expenses_are_sorted_by_their_notes(shop: Shop) -> None:
    """testExpenseGetSort."""
    for notes in ("Bus", "Zoo", "Ferry"):
        record(shop.post("expenses", {"public_notes": notes}))
    assert [each["public_notes"] for each in rows(shop.get("expenses", sort="public_notes|desc"))] == [
        "Zoo",
        "Ferry",
        "Bus",
    ]


def test_many_get_a_category_at_once(shop: Shop) -> None:
    """testExpenseBulkCategorize."""
    category = record(shop.post("expense_categories", {"name": "Travel"}))
    one, other = (record(shop.post("expenses", {"amount": amount})) for amount in (10, 20))
    body = {"action": "bulk_categorize", "category_id": category["id"], "ids": [one["id"]]}
    assert rows(shop.post("expenses/bulk", body))[0]["category_id"] == category["id"]
    assert set(shop.ids("expenses")) == {one["id"], other["id"]}
    assert shop.ids("expenses", categories=category["id"]) == [one["id"]]


def test_an_expense_of_a_new_category_and_a_vendor(shop: Shop, vendor: JSON) -> None:
    """testAddingExpense, testExpenseCategoryPost."""
    category = record(shop.post("expense_categories", {"name": "Travel"}))
    body = {"vendor_id": vendor["id"], "category_id": category["id"], "amount": 10, "date": "2021-10-01"}
    made = record(shop.post("expenses", body))
    assert {name: made[name] for name in body} == body


def test_deleting_an_expense_sets_its_bank_movement_free(shop: Shop) -> None:
    """X-158."""
    category = record(shop.post("expense_categories", {"name": "Travel"}))
    bank = record(shop.post("bank_integrations", {"bank_account_name": "Checking"}))
    body = {"bank_integration_id": bank["id"], "base_type": "DEBIT", "amount": 40}
    movement = record(shop.post("bank_transactions", body))
    entry = {"id": movement["id"], "ninja_category_id": category["id"]}
    (converted,) = rows(shop.post("bank_transactions/match", {"transactions": [entry]}))
    (made,) = rows(shop.get("expenses"))
    assert (made["transaction_id"], converted["expense_id"]) == (movement["id"], made["id"])
    assert record(shop.delete(f"expenses/{made['id']}"))["transaction_id"] == ""
    assert shop.show(f"bank_transactions/{movement['id']}")["expense_id"] == ""
