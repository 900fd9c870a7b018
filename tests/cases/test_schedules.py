"""Planned jobs: what each template needs, which days a range may have, which clients it may name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import TODAY, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TOMORROW = "2026-01-16"
STATEMENT: JSON = {"show_payments_table": True, "show_aging_table": True, "status": "paid", "clients": []}


def statement(**parameters: Any) -> JSON:
    """A monthly statement of last month for all clients."""
    return {
        "name": "A test statement scheduler",
        "frequency_id": 5,
        "next_run": TODAY,
        "template": "client_statement",
        "parameters": {"date_range": "last_month", **STATEMENT, **parameters},
    }


def test_a_statement_for_all_clients(shop: Shop) -> None:
    """testClientStatementGeneration."""
    made = record(shop.post("task_schedulers", statement()))
    assert (made["template"], made["next_run"], made["parameters"]["clients"]) == ("client_statement", TODAY, [])


def test_a_statement_over_days_of_ones_own(shop: Shop) -> None:
    """testCustomDateRanges."""
    body = statement(date_range="custom", start_date="2026-01-15", end_date="2026-01-19")
    found = record(shop.post("task_schedulers", body))["parameters"]
    assert (found["start_date"], found["end_date"]) == ("2026-01-15", "2026-01-19")


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01-15", "2026-01-11"), ("2026-01-15", None), (None, "2026-01-15"), ("", "")]
)
def test_days_of_ones_own_are_two_in_their_order(shop: Shop, first: str | None, last: str | None) -> None:
    """testCustomDateRangesFails."""
    found = errors(shop.post("task_schedulers", statement(date_range="custom", start_date=first, end_date=last)))
    assert set(found) <= {"parameters.start_date", "parameters.end_date"}
    assert shop.ids("task_schedulers") == []


def test_clients_of_a_statement_exist(shop: Shop, client: JSON) -> None:
    """testClientsValidationInScheduledTask."""
    other = shop.client()
    for chosen in ([other["id"], client["id"]], [other["id"]]):
        assert record(shop.post("task_schedulers", statement(clients=chosen)))["parameters"]["clients"] == chosen
    assert list(errors(shop.post("task_schedulers", statement(clients=["xx33434"])))) == ["parameters.clients"]


def test_a_range_of_ones_own_needs_days(shop: Shop, client: JSON) -> None:
    """testReportValidationRulesForStartAndEndDate."""
    parameters = {"date_range": "custom", "clients": [], "report_keys": [], "client_id": client["id"]}
    body = {"name": "Sales", "frequency_id": 5, "next_run": TODAY, "template": "email_statement"}
    assert {"parameters.start_date", "parameters.end_date"} >= set(
        errors(shop.post("task_schedulers", {**body, "parameters": parameters}))
    )


def test_a_report_needs_its_name(shop: Shop, client: JSON) -> None:
    """testReportValidationRules, testProductSalesReportStore."""
    body: JSON = {"name": "Sales", "frequency_id": 5, "next_run": TODAY, "template": "email_report"}
    parameters = {"date_range": "this_month", "clients": [], "report_keys": [], "client_id": client["id"]}
    nameless = {**body, "parameters": {**parameters, "report_name": ""}}
    assert list(errors(shop.post("task_schedulers", nameless))) == ["parameters.report_name"]
    kept = {"date_range": "this_month", "clients": [], "report_name": "product_sales"}
    assert record(shop.post("task_schedulers", {**body, "parameters": kept}))["parameters"]["report_name"] == (
        "product_sales"
    )


@pytest.mark.parametrize(
    "often",
    [
        pytest.param({"frequency_id": 5}, id="testSchedulerStore"),
        pytest.param({"frequency_id": 0}, id="testSchedulerStore2"),
        pytest.param({}, id="testSchedulerStore4"),
    ],
)
def test_an_invoice_is_sent_on_a_day(shop: Shop, client: JSON, often: JSON) -> None:
    """Once, monthly, or without a word about it."""
    invoice = shop.invoice(client)
    parameters = {"entity": "invoice", "entity_id": invoice["id"]}
    body = {"name": "Later", "next_run": TOMORROW, "template": "email_record", "parameters": parameters, **often}
    made = record(shop.post("task_schedulers", body))
    assert made["parameters"] == {**parameters, "clients": []}
    assert made["frequency_id"] == str(often.get("frequency_id", 0))


def test_a_job_may_have_no_parameters(shop: Shop) -> None:
    """testSchedulerPost."""
    body = {"name": "A different Name", "frequency_id": 5, "next_run": "2026-01-17", "template": "client_statement"}
    made = record(shop.post("task_schedulers", {**body, "parameters": []}))
    assert (made["frequency_id"], made["next_run"]) == ("5", "2026-01-17")


def test_jobs_are_found_by_their_name(shop: Shop) -> None:
    """testSchedulerGet3."""
    for name in ("hello", "other"):
        record(shop.post("task_schedulers", {**statement(), "name": name}))
    assert [each["name"] for each in rows(shop.get("task_schedulers", filter="hello"))] == ["hello"]


def test_a_blank_job(shop: Shop) -> None:
    """testSchedulerCreate."""
    blank = shop.show("task_schedulers/create")
    assert (blank["id"], blank["next_run"]) == ("", TODAY)
