"""Templates as time passes: recurring invoices and expenses make what is due, at its moment (R-STAT-30, R-STAT-32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.passing import advance, clock, entries, told
from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

LINE = {"quantity": 2, "cost": 10, "product_key": "HOST", "notes": "Hosting of :MONTH :YEAR"}
TOKYO, NEW_YORK = "100", "15"


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client(contacts=[{"email": "a@b.co"}])


def template(shop: Shop, client: JSON, query: str = "?start=true", **fields: object) -> JSON:
    body = {"client_id": client["id"], "frequency_id": 5, "line_items": [LINE], **fields}
    return record(shop.post(f"recurring_invoices{query}", body))


def invoices(shop: Shop) -> list[JSON]:
    return [shop.show(f"invoices/{hashed}") for hashed in shop.ids("invoices", sort="number|asc")]


def test_a_month_makes_an_invoice_at_the_hour_of_sending(shop: Shop, client: JSON) -> None:
    shop.settings(payment_terms="14")
    made = template(shop, client, next_send_date="2026-01-20", terms="Due for :MONTH", private_notes="x :MONTH")
    (happened,) = advance(shop, "10 days")
    assert part({"iso": 0, "what": 0, "entity": 0, "id": 0}, happened) == {
        "iso": "2026-01-20T06:00:00Z", "what": "recurring_invoice", "entity": "recurring_invoice", "id": made["id"]
    }  # fmt: skip
    (invoice,) = invoices(shop)
    moment = 1768888800
    wanted = {
        "id": happened["made"]["id"],
        "number": "0001",
        "status_id": "2",
        "date": "2026-01-20",
        "due_date": "2026-02-03",
        "last_sent_date": "2026-01-20",
        "amount": 20,
        "balance": 20,
        "terms": "Due for January",
        "private_notes": "x :MONTH",
        "recurring_id": made["id"],
        "created_at": moment,
        "updated_at": moment,
        "line_items": [{"notes": "Hosting of January 2026"}],
        "invitations": [{"sent_date": "2026-01-20 06:00:00"}],
    }
    assert part(wanted, invoice) == wanted
    after = {
        "status_id": "2",
        "remaining_cycles": -1,
        "last_sent_date": "2026-01-20 06:00:00",
        "next_send_date": "2026-02-20 00:00:00",
        "next_send_datetime": "2026-02-20 06:00:00",
    }
    assert part(after, shop.show(f"recurring_invoices/{made['id']}")) == after
    assert shop.show(f"clients/{client['id']}")["balance"] == 20


def test_the_service_itself_is_behind_the_entries_of_the_event_log(shop: Shop, client: JSON) -> None:
    template(shop, client, next_send_date="2026-01-20")
    (happened,) = advance(shop, "10 days")
    mine = [each for each in shop.stored("activities") if each["invoice_id"] == happened["made"]["id"]]
    seen = [(each["activity_type_id"], each["is_system"], each["token_id"], each["created_at"]) for each in mine]
    assert sorted(seen) == [("4", True, "", 1768888800), ("6", True, "", 1768888800)]
    assert {each["user_id"] for each in mine} == {shop.user()["id"]}


def test_month_ends_and_the_last_cycle(shop: Shop, client: JSON) -> None:
    """No month overflows, and the day of the last one is where the next one counts from."""
    made = template(shop, client, next_send_date="2026-01-31", remaining_cycles=3)
    happened = advance(shop, "1 year")
    assert told(happened, "remaining_cycles", "status_id", "next_send_date") == [
        ("2026-01-31T06:00:00Z", "recurring_invoice", 2, "2", "2026-02-28 00:00:00"),
        ("2026-02-28T06:00:00Z", "recurring_invoice", 1, "2", "2026-03-28 00:00:00"),
        ("2026-03-28T06:00:00Z", "recurring_invoice", 0, "4", "2026-04-28 00:00:00"),
    ]
    assert [each["line_items"][0]["notes"][11:] for each in invoices(shop)] == [
        "January 2026", "February 2026", "March 2026"
    ]  # fmt: skip
    assert shop.show(f"recurring_invoices/{made['id']}")["status_id"] == "4"
    assert advance(shop, "1 year") == []


def test_a_leap_day(shop: Shop, client: JSON) -> None:
    template(shop, client, next_send_date="2028-01-31")
    clock(shop, set="2028-01-30T12:00:00Z")
    assert told(advance(shop, "2 months")) == [
        ("2028-01-31T06:00:00Z", "recurring_invoice"),
        ("2028-02-29T06:00:00Z", "recurring_invoice"),
        ("2028-03-29T06:00:00Z", "recurring_invoice"),
    ]


@pytest.mark.parametrize(
    ("frequency", "second"),
    [
        (1, "2026-01-21"), (2, "2026-01-27"), (3, "2026-02-03"), (4, "2026-02-17"), (5, "2026-02-20"),
        (6, "2026-03-20"), (7, "2026-04-20"), (8, "2026-05-20"), (9, "2026-07-20"), (10, "2027-01-20"),
        (11, "2028-01-20"), (12, "2029-01-20"),
    ],
)  # fmt: skip
def test_each_frequency(shop: Shop, client: JSON, frequency: int, second: str) -> None:
    template(shop, client, next_send_date="2026-01-20", frequency_id=frequency, remaining_cycles=2)
    assert [each["iso"] for each in advance(shop, "4 years")] == ["2026-01-20T06:00:00Z", f"{second}T06:00:00Z"]


@pytest.mark.parametrize(
    ("zone", "hour", "moment"),
    [
        (TOKYO, 6, "2026-01-19T21:00:00Z"),
        (NEW_YORK, 6, "2026-01-20T11:00:00Z"),
        (NEW_YORK, 0, "2026-01-20T00:00:00Z"),
    ],
)
def test_the_hour_is_that_of_the_company(shop: Shop, client: JSON, zone: str, hour: int, moment: str) -> None:
    """The invoice has the date of the template, though it is still the day before in New York at midnight in UTC."""
    shop.settings(timezone_id=zone, entity_send_time=hour)
    template(shop, client, next_send_date="2026-01-20")
    (happened,) = advance(shop, "10 days")
    assert (happened["iso"], happened["made"]["date"]) == (moment, "2026-01-20")


def test_without_auto_email_the_invoice_stays_a_draft(shop: Shop, client: JSON) -> None:
    shop.settings(auto_email_invoice=False)
    template(shop, client, next_send_date="2026-01-20")
    (happened,) = advance(shop, "10 days")
    made = shop.show(f"invoices/{happened['made']['id']}")
    assert (made["status_id"], made["balance"], made["number"]) == ("1", 0, "0001")
    assert entries(shop, invoice_id=made["id"]) == ["4"]


def test_a_client_without_an_address_gets_no_mail(shop: Shop) -> None:
    template(shop, shop.client(), next_send_date="2026-01-20")
    (happened,) = advance(shop, "10 days")
    assert happened["made"]["status_id"] == "2"
    assert entries(shop, invoice_id=happened["made"]["id"]) == ["4"]


def test_a_template_that_is_behind_makes_one_a_day(shop: Shop, client: JSON) -> None:
    template(shop, client, next_send_date="2026-01-20")
    shop.later(days=70)
    assert told(advance(shop, "3 days"), "next_send_date") == [
        ("2026-03-26T10:00:00Z", "recurring_invoice", "2026-02-20 00:00:00"),
        ("2026-03-27T00:00:00Z", "recurring_invoice", "2026-03-20 00:00:00"),
        ("2026-03-28T00:00:00Z", "recurring_invoice", "2026-04-20 00:00:00"),
    ]


@pytest.mark.parametrize("how", ["draft", "stop", "archive", "delete", "no client", "disabled"])
def test_what_makes_nothing(shop: Shop, client: JSON, how: str) -> None:
    made = template(shop, client, "" if how == "draft" else "?start=true", next_send_date="2026-01-20")
    if how in ("stop", "archive", "delete"):
        shop.post("recurring_invoices/bulk", {"action": how, "ids": [made["id"]]})
    elif how == "no client":
        shop.delete(f"clients/{client['id']}")
    elif how == "disabled":
        company = shop.company()
        shop.put(f"companies/{company['id']}", {"is_disabled": True, "settings": company["settings"]})
    assert advance(shop, "2 months") == []


def test_a_company_may_wait_until_the_last_invoice_is_paid(shop: Shop, client: JSON) -> None:
    company = shop.company()
    shop.put(f"companies/{company['id']}", {"stop_on_unpaid_recurring": True, "settings": company["settings"]})
    template(shop, client, next_send_date="2026-01-20")
    (first,) = advance(shop, "2 months")
    shop.put(f"invoices/{first['made']['id']}?paid=true", {})
    assert told(advance(shop, "1 day"), "next_send_date") == [
        ("2026-03-15T10:00:00Z", "recurring_invoice", "2026-04-15 00:00:00")
    ]


def test_a_template_that_charges_on_sending_tries_at_once(shop: Shop, client: JSON) -> None:
    """Without a stored payment method it is only sent (R-STAT-16)."""
    shop.settings(auto_bill_date="on_send_date")
    template(shop, client, next_send_date="2026-01-20", auto_bill="always")
    (happened,) = advance(shop, "10 days")
    made = shop.show(f"invoices/{happened['made']['id']}")
    assert (made["status_id"], made["balance"], made["auto_bill_enabled"]) == ("2", 20, True)


def test_a_draft_is_not_charged(shop: Shop, client: JSON) -> None:
    """R-STAT-32: neither sent nor paid where the settings send nothing."""
    shop.settings(auto_bill_date="on_send_date", auto_email_invoice=False, use_unapplied_payment="always")
    record(shop.post("payments", {"client_id": client["id"], "amount": 50}))
    template(shop, client, next_send_date="2026-01-20", auto_bill="always")
    (happened,) = advance(shop, "10 days")
    made = shop.show(f"invoices/{happened['made']['id']}")
    assert (made["status_id"], made["balance"], made["paid_to_date"]) == ("1", 0, 0)


def test_charging_is_tried_on_three_mornings(shop: Shop, client: JSON) -> None:
    shop.settings(payment_terms="2")
    template(shop, client, next_send_date="2026-01-20", auto_bill="always")
    happened = advance(shop, "10 days")
    assert [each for each in told(happened) if each[1] != "late_invoice"] == [
        ("2026-01-20T06:00:00Z", "recurring_invoice"),
        ("2026-01-22T06:20:00Z", "auto_bill"),
        ("2026-01-23T06:20:00Z", "auto_bill"),
        ("2026-01-24T06:20:00Z", "auto_bill"),
    ]
    tries = [each for each in happened if each["what"] == "auto_bill"]
    assert [(each["tries"], each["paid"], each["auto_bill_enabled"]) for each in tries] == [
        (1, 0, True), (2, 0, True), (3, 0, False)
    ]  # fmt: skip
    assert invoices(shop)[0]["auto_bill_enabled"] is False


def test_a_recurring_expense_makes_expenses(shop: Shop) -> None:
    vendor = record(shop.post("vendors", {"name": "Mill"}))
    body = {
        "frequency_id": 5, "next_send_date": "2026-01-31", "remaining_cycles": 2, "amount": 29,
        "vendor_id": vendor["id"], "public_notes": "Hosting of :MONTH", "tax_name1": "VAT", "tax_rate1": 20,
        "transaction_reference": "SUB-1",
    }  # fmt: skip
    made = record(shop.post("recurring_expenses?start=true", body))
    happened = advance(shop, "1 year")
    assert told(happened, "remaining_cycles", "status_id", "next_send_date") == [
        ("2026-01-31T00:10:00Z", "recurring_expense", 1, "2", "2026-02-28 00:00:00"),
        ("2026-02-28T00:10:00Z", "recurring_expense", 0, "4", "2026-03-28 00:00:00"),
    ]
    first = shop.show(f"expenses/{happened[0]['made']['id']}")
    wanted = {
        "number": "0001",
        "date": "2026-01-31",
        "amount": 29,
        "vendor_id": vendor["id"],
        "public_notes": "Hosting of January",
        "tax_name1": "VAT",
        "tax_rate1": 20,
        "transaction_reference": "SUB-1",
        "payment_date": "",
        "created_at": 1769818200,
    }
    assert part(wanted, first) == wanted
    assert entries(shop, expense_id=first["id"]) == ["34"]
    after = {"status_id": "4", "last_sent_date": "2026-02-28 00:00:00", "remaining_cycles": 0}
    assert part(after, shop.show(f"recurring_expenses/{made['id']}")) == after


def test_a_paused_recurring_expense_makes_nothing(shop: Shop) -> None:
    made = record(shop.post("recurring_expenses?start=true", {"frequency_id": 1, "amount": 5}))
    shop.put(f"recurring_expenses/{made['id']}?stop=true", {"frequency_id": 1, "amount": 5})
    assert advance(shop, "1 month") == []


@pytest.mark.parametrize("frequency", range(1, 13))
def test_recurring_quotes_are_only_kept(shop: Shop, client: JSON, frequency: int) -> None:
    """R-EP-24, R-TRIG-6, R-BULK-3: nothing starts one, so no day of any frequency makes a quote of it."""
    body = {
        "client_id": client["id"], "frequency_id": frequency, "next_send_date": "2026-01-31", "remaining_cycles": 3,
        "status_id": "2", "auto_bill": "always", "line_items": [LINE],
    }  # fmt: skip
    made = record(shop.post("recurring_quotes?start=true&send_now=true", body))
    kept = {
        "status_id": "1",
        "frequency_id": str(frequency),
        "next_send_date": "2026-01-31 00:00:00",
        "remaining_cycles": 3,
        "last_sent_date": "",
        "auto_bill": "always",
        "auto_bill_enabled": True,
        "line_items": [{"notes": LINE["notes"]}],
    }
    assert part(kept, made) == kept
    assert shop.post("recurring_quotes/bulk", {"action": "start", "ids": [made["id"]]}).status_code == 422
    record(shop.put(f"recurring_quotes/{made['id']}?start=true", {"status_id": "2"}))
    assert advance(shop, "4 years") == []
    assert part(kept, shop.show(f"recurring_quotes/{made['id']}")) == kept
    assert shop.ids("quotes") == []
