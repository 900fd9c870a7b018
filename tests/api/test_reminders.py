"""When a bill reminds its client next: planned on sending, kept up to date, nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.passing import advance, told
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

FIRST = {"enable_reminder1": True, "num_days_reminder1": 7, "schedule_reminder1": "after_invoice_date"}
SECOND = {"enable_reminder2": True, "num_days_reminder2": 3, "schedule_reminder2": "before_due_date"}


def next_of(shop: Shop, path: str) -> str:
    moment: str = shop.show(path)["next_send_date"]
    return moment


@pytest.mark.parametrize(
    ("settings", "moment"),
    [
        ({}, ""),
        (FIRST, "2026-01-22"),
        ({**FIRST, "enable_reminder1": False}, ""),
        ({**FIRST, "num_days_reminder1": 0}, ""),
        ({**FIRST, "schedule_reminder1": ""}, ""),
        (SECOND, "2026-02-11"),
        ({**FIRST, **SECOND}, "2026-01-22"),
        ({"enable_reminder3": True, "num_days_reminder3": 30, "schedule_reminder3": "after_due_date"}, "2026-03-16"),
        ({"enable_reminder_endless": True, "endless_reminder_frequency_id": 2}, ""),
    ],
)
def test_the_next_day_of_all_that_are_planned(shop: Shop, settings: JSON, moment: str) -> None:
    """A day that is today or past does not count."""
    shop.settings(**settings)
    invoice = shop.invoice(shop.client(), due_date="2026-02-14")
    assert invoice["next_send_date"] == ""
    shop.get(f"invoices/{invoice['id']}/mark_sent")
    assert next_of(shop, f"invoices/{invoice['id']}")[:10] == moment


def test_it_goes_out_at_the_hour_of_the_company(shop: Shop) -> None:
    shop.settings(**FIRST, entity_send_time=6, timezone_id="1")
    offset = next(each for each in shop.get("statics").json()["timezones"] if each["id"] == "1")["utc_offset"]
    assert offset == -39600
    invoice = shop.sent(shop.client())
    assert (invoice["date"], invoice["next_send_date"]) == ("2026-01-14", "2026-01-21 17:00:00")


def test_the_plan_follows_the_dates_and_ends_with_the_debt(shop: Shop) -> None:
    shop.settings(**FIRST)
    invoice = shop.sent(shop.client())
    path = f"invoices/{invoice['id']}"
    record(shop.put(path, {"date": "2026-01-20", "client_id": invoice["client_id"]}))
    assert next_of(shop, path)[:10] == "2026-01-27"
    shop.get(f"{path}/mark_paid")
    assert next_of(shop, path) == ""


def test_a_client_has_settings_of_its_own(shop: Shop) -> None:
    shop.settings(**FIRST)
    late = shop.client(settings={"num_days_reminder1": 20})
    assert shop.sent(late)["next_send_date"][:10] == "2026-02-04"


def test_a_group_has_an_hour_of_its_own(shop: Shop) -> None:
    """The hour at which the plan is carried out is that of the plan: else nothing would go out."""
    shop.settings(**FIRST, entity_send_time=6)
    group = record(shop.post("group_settings", {"name": "Late risers", "settings": {"entity_send_time": 11}}))
    invoice = shop.sent(shop.client(group_settings_id=group["id"]))
    assert invoice["next_send_date"] == "2026-01-22 11:00:00"
    happened = [each for each in advance(shop, "8 days") if each["id"] == invoice["id"]]
    assert told(happened, "reminder") == [("2026-01-22T11:00:00Z", "reminder", "reminder1")]


@pytest.mark.parametrize(
    ("reference", "moment"),
    [
        ("after_quote_date", "2026-01-20"),
        ("before_valid_until_date", "2026-01-26"),
        ("after_valid_until_date", "2026-02-05"),
    ],
)
def test_quotes_are_planned_too(shop: Shop, reference: str, moment: str) -> None:
    """5.12: on mark sent."""
    shop.settings(enable_quote_reminder1=True, quote_num_days_reminder1=5, quote_schedule_reminder1=reference)
    made = record(shop.post("quotes", {"client_id": shop.client()["id"], "due_date": "2026-01-31"}))
    assert made["next_send_date"] == ""
    shop.get(f"quotes/{made['id']}/mark_sent")
    assert next_of(shop, f"quotes/{made['id']}")[:10] == moment


def test_a_company_has_its_send_dates_worked_out_again(shop: Shop) -> None:
    """R-EP-27, 5.12: sync_send_time."""
    invoice = shop.sent(shop.client())
    template = {"client_id": invoice["client_id"], "frequency_id": "5", "next_send_date": "2026-02-01"}
    running = record(shop.post("recurring_invoices", template))
    shop.post("recurring_invoices/bulk", {"action": "start", "ids": [running["id"]]})
    before = shop.show(f"recurring_invoices/{running['id']}")["next_send_datetime"]
    company = shop.company()
    settings = {**company["settings"], **FIRST, "entity_send_time": 9}
    record(shop.put(f"companies/{company['id']}", {"settings": settings}))
    assert next_of(shop, f"invoices/{invoice['id']}") == ""
    record(shop.put(f"companies/{company['id']}?sync_send_time=true", {"settings": settings}))
    assert next_of(shop, f"invoices/{invoice['id']}")[:10] == "2026-01-22"
    after = shop.show(f"recurring_invoices/{running['id']}")["next_send_datetime"]
    assert (after[:10], before[:10]) == ("2026-02-01", "2026-02-01")
    assert int(after[11:13]) - int(before[11:13]) == 3
