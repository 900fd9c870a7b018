"""One number of the dashboard (R-EP-48, 5.12). Today is 2026-01-15."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TOTAL = {"calculation": "sum", "period": "total"}
LOG = '[[1768460400,1768467600,"dig",true],[1768467600,1768469400,"",false]]'
"""Two billed hours, and half an hour that is not billed, on 2026-01-15."""


def number(shop: Shop, field: str, **body: Any) -> Any:
    answer = shop.post("charts/calculated_fields", {**TOTAL, "field": field, **body})
    assert answer.status_code == 200, answer
    return answer.json()


def three(shop: Shop, field: str, **body: Any) -> list[Any]:
    """Sum, average and count."""
    return [number(shop, field, calculation=each, **body) for each in ("sum", "avg", "count")]


def pay(shop: Shop, client: JSON, amount: float, invoice: JSON) -> JSON:
    shares = [{"invoice_id": invoice["id"], "amount": amount}]
    payment: JSON = shop.post("payments", {"client_id": client["id"], "amount": amount, "invoices": shares}).json()[
        "data"
    ]
    return payment


def test_invoices(shop: Shop) -> None:
    """Sent, partly paid and paid ones are active; what is open is outstanding. Drafts and deleted ones are neither."""
    client = shop.client()
    shop.invoice(client)
    shop.invoice(client, {"quantity": 1, "cost": 40.5}, query="?paid=true")
    part = shop.sent(client, {"quantity": 1, "cost": 60})
    pay(shop, client, 20, part)
    shop.sent(client, {"quantity": 1, "cost": 10})
    shop.delete(f"invoices/{shop.sent(client)['id']}")
    assert three(shop, "active_invoices") == [110.5, 36.833333, 3]
    assert three(shop, "outstanding_invoices") == [50, 25, 2]


def test_payments(shop: Shop) -> None:
    """Completed ones by their amount; of refunded ones what went back."""
    client = shop.client()
    first, second = (pay(shop, client, amount, shop.sent(client)) for amount in (100, 80))
    invoice = first["paymentables"][0]["invoice_id"] if "paymentables" in first else first["invoices"][0]["invoice_id"]
    refund = {
        "id": first["id"],
        "date": "2026-01-15",
        "amount": 30,
        "invoices": [{"invoice_id": invoice, "amount": 30}],
    }
    assert shop.post("payments/refund", refund).status_code == 200
    assert second["amount"] == 80
    assert three(shop, "completed_payments") == [80, 80, 1]
    assert three(shop, "refunded_payments") == [30, 30, 1]


def test_quotes(shop: Shop) -> None:
    """Sent and approved ones that are still good."""
    client = shop.client()

    def quote(cost: float, query: str, **fields: Any) -> JSON:
        lines = [{"quantity": 1, "cost": cost}]
        answer = shop.post(f"quotes{query}", {"client_id": client["id"], "line_items": lines, **fields})
        assert answer.status_code == 200, answer
        made: JSON = answer.json()["data"]
        return made

    quote(1, "")
    quote(20, "?mark_sent=true", due_date="2026-01-15")
    quote(300, "?mark_sent=true", date="2026-01-01", due_date="2026-01-14")
    approved = quote(4000, "?mark_sent=true", due_date="2026-02-01")
    shop.post("quotes/bulk", {"action": "approve", "ids": [approved["id"]]})
    assert three(shop, "active_quotes") == [4020, 2010, 2]


@pytest.fixture
def worked(shop: Shop) -> Shop:
    """Two tasks at 50 and 25 an hour, of which the first is on a paid invoice, and one that is not invoiced."""
    client = shop.client(name="Ada")
    made = [
        shop.post("tasks", {"client_id": client["id"], "rate": rate, "time_log": LOG}).json()["data"]
        for rate in (50, 25, 10)
    ]
    for task, query in zip(made, ("?paid=true", "?mark_sent=true"), strict=False):
        shop.invoice(client, {"quantity": 2, "cost": 1, "type_id": "2", "task_id": task["id"]}, query=query)
    return shop


def test_tasks_are_worth_their_billed_time(worked: Shop) -> None:
    """Two hours each; the same tasks as time count all that was logged, in seconds."""
    assert three(worked, "invoiced_tasks", format="money") == [150, 75, 2]
    assert three(worked, "paid_tasks", format="money") == [100, 100, 1]
    assert three(worked, "invoiced_tasks", format="time") == [18000, 9000, 2]
    assert three(worked, "paid_tasks", format="time") == [9000, 9000, 1]
    assert number(worked, "invoiced_tasks") == 150


def test_a_task_of_a_deleted_invoice_is_not_invoiced(worked: Shop) -> None:
    for invoice in worked.get("invoices").json()["data"]:
        worked.delete(f"invoices/{invoice['id']}")
    assert three(worked, "invoiced_tasks", format="time") == [0, 0, 0]


def test_expenses(shop: Shop) -> None:
    """All, those to be invoiced, those on an invoice, and of these the ones that are paid. Without taxes."""
    client = shop.client()
    made = [
        shop.post("expenses", {"client_id": client["id"], **body}).json()["data"]
        for body in (
            {"amount": 1, "tax_name1": "VAT", "tax_rate1": 20},
            {"amount": 10, "should_be_invoiced": True},
            {"amount": 100, "should_be_invoiced": True},
            {"amount": 1000, "payment_date": "2026-01-02"},
            {"amount": 10000, "payment_date": "2026-01-02"},
        )
    ]
    shop.sent(client, *({"quantity": 1, "cost": 1, "type_id": "6", "expense_id": each["id"]} for each in made[2:4]))
    wanted = {"logged": 11111, "pending": 10, "invoiced": 1100, "invoice_paid": 1000}
    assert {name: number(shop, f"{name}_expenses") for name in wanted} == wanted


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ({"period": "total"}, 5),
        ({"period": "current"}, 2),
        ({"period": "previous"}, 2),
        ({"period": "current", "date_range": "this_month"}, 2),
        ({"period": "previous", "date_range": "this_month"}, 1),
        ({"period": "current", "date_range": "last_month"}, 1),
        ({"period": "previous", "date_range": "last_month"}, 1),
        ({"period": "current", "date_range": "this_year"}, 2),
        ({"period": "previous", "date_range": "this_year"}, 3),
        ({"period": "previous", "date_range": "last_year"}, 0),
        ({"period": "current", "start_date": "2025-11-01", "end_date": "2025-12-31"}, 2),
        ({"period": "previous", "date_range": "custom", "start_date": "2025-11-01", "end_date": "2025-12-31"}, 2),
        ({"period": "total", "start_date": "2025-11-01", "end_date": "2025-12-31"}, 5),
    ],
)
def test_periods(shop: Shop, body: JSON, count: int) -> None:
    """Without a period it is the last twenty days. Two days have no days before them: the same ones count again."""
    client = shop.client()
    for day in ("2025-02-01", "2025-11-30", "2025-12-01", "2026-01-01", "2026-01-15"):
        shop.sent(client, date=day)
    assert number(shop, "active_invoices", **{**body, "calculation": "count"}) == count


def test_one_currency_or_all_of_them(shop: Shop) -> None:
    """Under 999, as without a currency, amounts are converted: invoices by division, expenses by multiplication."""
    shop.sent(shop.client())
    euro = shop.sent(shop.client(settings={"currency_id": "3"}))
    shop.put(f"invoices/{euro['id']}", {"exchange_rate": 2})
    shop.post("expenses", {"amount": 10, "currency_id": "3", "exchange_rate": 3})
    for field, wanted in (("active_invoices", [100, 100, 150, 150]), ("logged_expenses", [0, 10, 30, 30])):
        asked: tuple[JSON, ...] = ({"currency_id": "1"}, {"currency_id": "3"}, {"currency_id": "999"}, {})
        assert [number(shop, field, **each) for each in asked] == wanted
    assert number(shop, "active_invoices", calculation="count", currency_id="3") == 1


def test_tasks_are_converted_by_the_rates_of_the_currencies(shop: Shop) -> None:
    rates = {each["id"]: each["exchange_rate"] for each in shop.get("statics").json()["currencies"]}
    client = shop.client(settings={"currency_id": "3"})
    task = shop.post("tasks", {"client_id": client["id"], "rate": 50, "time_log": LOG}).json()["data"]
    shop.sent(client, {"quantity": 2, "cost": 50, "type_id": "2", "task_id": task["id"]})
    assert number(shop, "invoiced_tasks", currency_id="3") == 100
    assert number(shop, "invoiced_tasks", currency_id="1") == 0
    assert number(shop, "invoiced_tasks", currency_id="999") == pytest.approx(100 / rates["3"], abs=1e-3)


def test_who_may_ask(shop: Shop) -> None:
    """Without view_dashboard 401, before anything else; without view_all only own records count."""
    shop.sent(shop.client())
    asked = {**TOTAL, "field": "active_invoices"}
    assert shop.hire("view_invoice").post("charts/calculated_fields", {}).status_code == 401
    assert shop.hire("view_dashboard", "own@example.com").post("charts/calculated_fields", asked).json() == 0
    assert shop.found().post("charts/calculated_fields", asked).json() == 0
    assert number(shop, "active_invoices") == 100


@pytest.mark.parametrize("field", ["unapproved_quotes", "logged_tasks", "profit"])
def test_fields_that_the_service_turns_away(shop: Shop, field: str) -> None:
    """Two are refused by a slip of the service (5.12)."""
    refused = errors(shop.post("charts/calculated_fields", {**TOTAL, "field": field}))
    assert refused == {"field": ["The selected field is invalid."]}


def test_what_is_needed(shop: Shop) -> None:
    assert sorted(errors(shop.post("charts/calculated_fields", {}))) == ["calculation", "field", "period"]
    body = {"field": "active_quotes", "calculation": "max", "period": "next", "format": "text", "date_range": "soon"}
    assert sorted(errors(shop.post("charts/calculated_fields", body))) == [
        "calculation",
        "date_range",
        "format",
        "period",
    ]
