"""Expenses, their categories and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import TODAY, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def expense(shop: Shop, **fields: object) -> JSON:
    return record(shop.post("expenses", fields))


def category(shop: Shop, name: str = "Travel") -> JSON:
    return record(shop.post("expense_categories", {"name": name}))


def test_an_expense_needs_nothing(shop: Shop) -> None:
    """R-VAL-19; `invoice_id` is ignored since 5.12."""
    client = shop.client()
    made = expense(shop, client_id=client["id"], invoice_id=shop.invoice(client)["id"], currency_id="")
    wanted: JSON = {"number": "0001", "date": TODAY, "currency_id": "1", "invoice_id": "", "exchange_rate": 1}
    assert part(wanted, made) == wanted
    assert part({"id": "", "date": "", "exchange_rate": 1}, shop.show("expenses/create")) == {
        "id": "",
        "date": TODAY,
        "exchange_rate": 0,
    }


def test_an_update_keeps_the_rest(shop: Shop) -> None:
    """R-VAL-19, R-CALC-30: taxes stay as they are sent."""
    made = expense(shop, amount=100, currency_id="3", tax_name1="VAT", tax_rate1=20, payment_date="2026-01-10")
    changed = record(shop.put(f"expenses/{made['id']}", {"amount": 120}))
    assert {**made, "amount": 120, "updated_at": changed["updated_at"]} == changed


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("amount", 1e15, "The amount may not be greater than 99999999999999."),
        ("category_id", "zzzzzzzzzz", "The selected category id is invalid."),
        ("payment_date", "soon", "The payment date is not a valid date."),
        ("assigned_user_id", "zzzzzzzzzz", "User not associated with this account"),
    ],
)
def test_rules(shop: Shop, field: str, value: object, message: str) -> None:
    assert errors(shop.post("expenses", {field: value})) == {field: [message]}


def test_a_deleted_category_is_refused(shop: Shop) -> None:
    gone = category(shop)
    shop.delete(f"expense_categories/{gone['id']}")
    assert "category_id" in errors(shop.post("expenses", {"category_id": gone["id"]}))


def test_bulk(shop: Shop) -> None:
    """R-BULK-12; `bulk_update` since 5.12."""
    made, travel = expense(shop), category(shop)
    ids = [made["id"]]
    body = {"action": "bulk_categorize", "ids": ids, "category_id": travel["id"]}
    assert rows(shop.post("expenses/bulk", body))[0]["category_id"] == travel["id"]
    for column, value, wanted in (
        ("tax2", "Levy||1.5", {"tax_name2": "Levy", "tax_rate2": 1.5}),
        ("should_be_invoiced", "true", {"should_be_invoiced": True}),
        ("custom_value3", "x", {"custom_value3": "x"}),
    ):
        body = {"action": "bulk_update", "ids": ids, "column": column, "new_value": value}
        assert part(wanted, rows(shop.post("expenses/bulk", body))[0]) == wanted
    assert list(errors(shop.post("expenses/bulk", {"action": "pay", "ids": ids}))) == ["action"]


def test_client_status_and_other_filters(shop: Shop) -> None:
    """R-WIRE-30, R-STAT-46: the state is worked out, no field holds it."""
    client = shop.client()
    logged, pending = expense(shop, amount=5), expense(shop, should_be_invoiced=True, category_id=category(shop)["id"])
    paid = expense(shop, payment_date="2026-01-10", should_be_invoiced=True, amount=12.5)
    invoiced = expense(shop, client_id=client["id"])
    shop.put(f"expenses/{invoiced['id']}", {"invoice_id": shop.invoice(client)["id"]})
    every = {"logged": logged, "pending": pending, "paid": paid, "invoiced": invoiced}
    assert "status_id" not in logged
    assert shop.ids("expenses", client_status="logged") == [logged["id"]]
    assert shop.ids("expenses", client_status="pending") == [pending["id"], paid["id"]]
    assert shop.ids("expenses", client_status="invoiced,logged") == [logged["id"], invoiced["id"]]
    assert shop.ids("expenses", client_status="all,paid") == [each["id"] for each in every.values()]
    assert shop.ids("expenses", categories=pending["category_id"]) == [pending["id"]]
    assert shop.ids("expenses", amount="12.50") == [paid["id"]]
    assert shop.ids("expenses", has_invoices=f"client,{client['id']}") == [invoiced["id"]]
    shop.post("clients/bulk", {"action": "archive", "ids": [client["id"]]})
    assert invoiced["id"] not in shop.ids("expenses", match_transactions="true")


def test_orders(shop: Shop) -> None:
    """R-WIRE-23: a short list of columns, the number of files among them since 5.12."""
    one, two = expense(shop, number="a10"), expense(shop, number="b9")
    shop.attach(f"expenses/{two['id']}", "a.pdf")
    assert shop.ids("expenses", sort="number|asc") == [two["id"], one["id"]]
    assert shop.ids("expenses", sort="documents|desc") == [two["id"], one["id"]]
    assert shop.ids("expenses", sort="id|desc") == [one["id"], two["id"]]


def test_category_names_are_unique(shop: Shop) -> None:
    """R-VAL-22, R-LIFE-5."""
    travel, office = category(shop), category(shop, "Office")
    taken = {"name": ["The name has already been taken."]}
    assert errors(shop.post("expense_categories", {"name": "Travel"})) == taken
    assert errors(shop.put(f"expense_categories/{office['id']}", {"name": "Travel"})) == taken
    shop.delete(f"expense_categories/{travel['id']}")
    assert record(shop.put(f"expense_categories/{travel['id']}", {"color": "#123456"}))["color"] == "#123456"


def test_recurring_expenses(shop: Shop) -> None:
    """R-VAL-20, R-TRIG-6, R-STAT-29."""
    assert errors(shop.post("recurring_expenses", {})) == {"frequency_id": ["The frequency id field is required."]}
    made = record(shop.post("recurring_expenses", {"frequency_id": 5, "next_send_date": "2026-02-01"}))
    wanted: JSON = {"status_id": "1", "frequency_id": "5", "next_send_date": "2026-02-01 00:00:00", "currency_id": "1"}
    assert part(wanted, made) == wanted
    assert record(shop.put(f"recurring_expenses/{made['id']}?start=true", {}))["status_id"] == "2"
    stopped = rows(shop.post("recurring_expenses/bulk", {"action": "stop", "ids": [made["id"]]}))
    assert stopped[0]["status_id"] == "3"
    assert rows(shop.post("recurring_expenses/bulk", {"action": "nonsense", "ids": [made["id"]]})) == stopped


def test_the_category_of_a_template_is_searched_but_not_shown(shop: Shop) -> None:
    """R-WIRE-20, R-WIRE-36."""
    travel = category(shop)
    body = {"frequency_id": "5", "category_id": travel["id"]}
    made = record(shop.post("recurring_expenses?include=category", body))
    assert "category" not in made
    assert shop.ids("recurring_expenses", filter="trav") == [made["id"]]


def test_days_to_come(shop: Shop) -> None:
    """R-TRIG-8."""
    body = {"frequency_id": "5", "next_send_date": "2026-01-31", "remaining_cycles": 2}
    made = record(shop.post("recurring_expenses", body))
    assert made["recurring_dates"] == []
    shown = shop.show(f"recurring_expenses/{made['id']}", show_dates="true")["recurring_dates"]
    assert shown == [{"send_date": "2026-01-31"}, {"send_date": "2026-02-28"}]


@pytest.mark.parametrize("kind", ["task", "expense"])
def test_lines_of_an_invoice_take_work_along(shop: Shop, kind: str) -> None:
    """R-STAT-15, R-LIFE-15."""
    client = shop.client()
    work = record(shop.post(f"{kind}s", {"client_id": client["id"]}))
    line = {"quantity": 1, "cost": 10, f"{kind}_id": work["id"]}
    invoice = shop.invoice(client, line)
    assert shop.show(f"{kind}s/{work['id']}")["invoice_id"] == invoice["id"]
    shop.put(f"invoices/{invoice['id']}", {"line_items": [{"quantity": 1, "cost": 10}]})
    assert shop.show(f"{kind}s/{work['id']}")["invoice_id"] == ""
    shop.put(f"invoices/{invoice['id']}", {"line_items": [line]})
    shop.delete(f"invoices/{invoice['id']}")
    assert shop.show(f"{kind}s/{work['id']}")["invoice_id"] == ""


@pytest.mark.parametrize(("rights", "seen"), [("create_expense", 1), ("create_client", 0)])
def test_who_sees_categories(shop: Shop, rights: str, seen: int) -> None:
    """R-WIRE-52."""
    category(shop)
    assert len(shop.hire(rights).ids("expense_categories")) == seen
