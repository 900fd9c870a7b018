"""Templates of invoices: days, keywords, starting and stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import TODAY, errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def body(client: JSON) -> JSON:
    """What a form sends."""
    values = {f"custom_value{number}": 0 for number in range(1, 5)}
    return {
        "frequency_id": 1, "status_id": 1, "discount": 0, "is_amount_discount": 1, "po_number": "3434343",
        "public_notes": "notes", "is_deleted": 0, **values, "status": 1, "client_id": client["id"],
        "line_items": [{"quantity": 1, "cost": 10}], "remaining_cycles": -1,
    }  # fmt: skip


def test_a_new_template_is_a_draft(shop: Shop, body: JSON) -> None:
    """testPostRecurringInvoice."""
    made = record(shop.post("recurring_invoices", body))
    assert (made["status_id"], made["amount"], made["remaining_cycles"], made["po_number"]) == ("1", 10, -1, "3434343")


def test_start_and_stop(shop: Shop, body: JSON) -> None:
    """X-148, testPostRecurringInvoiceWithStartAndStop, R-STAT-29."""
    made = record(shop.post("recurring_invoices?start=true", body))
    stopped = record(shop.put(f"recurring_invoices/{made['id']}?stop=true", body))
    assert [made["status_id"], stopped["status_id"]] == ["2", "3"]


def test_the_next_day_may_not_be_long_ago(shop: Shop, client: JSON) -> None:
    """X-150, testDateValidations, R-VAL-6."""
    body = {"client_id": client["id"], "frequency_id": 5, "next_send_date": "0001-01-01"}
    assert list(errors(shop.post("recurring_invoices", body))) == ["next_send_date"]
    assert shop.ids("recurring_invoices") == []


def test_the_day_of_the_template_itself_may(shop: Shop, body: JSON) -> None:
    """testStartDate."""
    days = {"date": "0001-01-01", "due_date": "0001-01-01"}
    assert record(shop.post("recurring_invoices", {**body, **days, "line_items": []}))["date"] == "0001-01-01"


def test_without_a_next_day_it_is_today(shop: Shop, body: JSON) -> None:
    """testNextSendDateCatch."""
    made = record(shop.post("recurring_invoices", {**body, "status_id": 2, "line_items": []}))
    assert made["next_send_date"] == f"{TODAY} 00:00:00"


def test_active_templates(shop: Shop, body: JSON) -> None:
    """testRecurringGetStatus."""
    active = record(shop.post("recurring_invoices?start=true", body))
    record(shop.post("recurring_invoices", body))
    assert shop.ids("recurring_invoices", client_status="active") == [active["id"]]


def test_keywords_stay_in_the_template(shop: Shop, body: JSON) -> None:
    """X-152, R-CALC-22."""
    line: dict[str, Any] = {"quantity": 1, "cost": 10, "notes": "Hello this is the month of :MONTH"}
    made = record(shop.post("recurring_invoices", {**body, "line_items": [line]}))
    assert made["line_items"][0]["notes"] == "Hello this is the month of :MONTH"


def test_prices_follow_the_products_and_rise_by_a_share(shop: Shop, client: JSON) -> None:
    """X-154."""
    lines, products = [], []
    for key, cost in (("a", 20), ("b", 10)):
        products.append(shop.product(product_key=key, price=cost))
        lines.append({"product_key": key, "quantity": 1, "cost": cost})
    made = record(shop.post("recurring_invoices", {"client_id": client["id"], "frequency_id": 5, "line_items": lines}))
    for product in products:
        record(shop.put(f"products/{product['id']}", {**product, "price": product["price"] * 2}))

    def after(action: str, **more: Any) -> float:
        answer = shop.post("recurring_invoices/bulk", {"action": action, "ids": [made["id"]], **more})
        assert answer.json() == {"message": "Update in progress."}
        amount: float = shop.show(f"recurring_invoices/{made['id']}")["amount"]
        return amount

    found = [
        after("update_prices"),
        after("increase_prices", percentage_increase=10),
        after("increase_prices", percentage_increase=1),
    ]
    assert (made["amount"], found) == (30, [60, 66, 66.66])
