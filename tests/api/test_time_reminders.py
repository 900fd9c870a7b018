"""Reminders with their late fees, late invoices and expired quotes, as time passes (R-SIDE-4, R-SIDE-9, R-STAT-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.passing import advance, clock, entries, told
from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

NEW_YORK = "15"
FIRST = {
    "enable_reminder1": True,
    "schedule_reminder1": "after_due_date",
    "num_days_reminder1": 3,
    "late_fee_amount1": 5,
    "late_fee_percent1": 10,
}


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client(contacts=[{"email": "a@b.co"}])


def reminders(happened: list[JSON]) -> list[JSON]:
    return [each for each in happened if each["what"] == "reminder"]


def test_a_reminder_is_planned_when_the_invoice_is_sent(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST)
    draft = shop.invoice(client, due_date="2026-01-31")
    assert draft["next_send_date"] == ""
    sent = shop.show(f"invoices/{draft['id']}/mark_sent")
    assert sent["next_send_date"] == "2026-02-03 06:00:00"


def test_a_reminder_notes_its_day_and_adds_its_fee(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST, date_format_id="1")
    made = shop.sent(client, due_date="2026-01-31")
    (reminder,) = reminders(advance(shop, "30 days"))
    wanted = {
        "iso": "2026-02-03T06:00:00Z",
        "entity": "invoice",
        "id": made["id"],
        "reminder": "reminder1",
        "late_fee": 15,
        "emailed": True,
        "amount": 115,
        "balance": 115,
        "next_send_date": "",
    }
    assert part(wanted, reminder) == wanted
    now = shop.show(f"invoices/{made['id']}")
    stored = {
        "status_id": "2",
        "amount": 115,
        "balance": 115,
        "reminder1_sent": "2026-02-03",
        "reminder2_sent": "",
        "reminder_last_sent": "2026-02-03",
        "last_sent_date": "2026-02-03",
        "next_send_date": "",
        "line_items": [
            {"line_total": 100},
            {"type_id": "5", "product_key": "Fee", "notes": "Late fee added on 03/Feb/2026", "line_total": 15},
        ],
    }
    assert part(stored, now) == stored
    assert now["updated_at"] == reminder["at"]
    assert shop.show(f"clients/{client['id']}")["balance"] == 115
    rows = [(each["adjustment"], each["balance"], each["notes"]) for each in shop.stored("company_ledger")]
    assert rows[-1] == (15, 115, "Late Fee Adjustment for invoice 0001")


def test_three_reminders_and_then_the_repeated_one(shop: Shop, client: JSON) -> None:
    """Types 63 to 66 of the event log; the repeated one comes again and again until the invoice is paid."""
    shop.settings(
        **FIRST,
        enable_reminder2=True,
        schedule_reminder2="before_due_date",
        num_days_reminder2=5,
        enable_reminder3=True,
        schedule_reminder3="after_invoice_date",
        num_days_reminder3=30,
        enable_reminder_endless=True,
        endless_reminder_frequency_id=2,
        late_fee_endless_amount=1,
    )
    made = shop.sent(client, due_date="2026-01-31")
    happened = reminders(advance(shop, "40 days"))
    assert told(happened, "reminder", "late_fee", "balance", "next_send_date") == [
        ("2026-01-26T06:00:00Z", "reminder", "reminder2", 0, 100, "2026-02-03 06:00:00"),
        ("2026-02-03T06:00:00Z", "reminder", "reminder1", 15, 115, "2026-02-14 06:00:00"),
        ("2026-02-14T06:00:00Z", "reminder", "reminder3", 0, 115, "2026-02-21 06:00:00"),
        ("2026-02-21T06:00:00Z", "reminder", "reminder_endless", 1, 116, "2026-02-28 06:00:00"),
    ]
    assert entries(shop, invoice_id=made["id"]) == ["4", "64", "63", "65", "66"]
    shop.put(f"invoices/{made['id']}?paid=true", {})
    assert advance(shop, "1 year") == []


@pytest.mark.parametrize("why", ["send_reminders", "address"])
def test_a_reminder_that_reaches_nobody(shop: Shop, client: JSON, why: str) -> None:
    shop.settings(**FIRST, send_reminders=why != "send_reminders")
    made = shop.sent(client if why == "send_reminders" else shop.client(), due_date="2026-01-31")
    (reminder,) = reminders(advance(shop, "30 days"))
    assert reminder["emailed"] is False
    assert entries(shop, invoice_id=made["id"]) == ["4"]


def test_a_percentage_is_of_the_partial_while_one_is_asked_for(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST)
    shop.sent(client, due_date="2026-02-28", partial=30, partial_due_date="2026-01-20")
    (reminder,) = reminders(advance(shop, "2 months"))
    assert (reminder["iso"], reminder["late_fee"], reminder["balance"]) == ("2026-03-03T06:00:00Z", 8, 108)


def test_taxes_of_the_invoice_hold_for_the_fee(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST)
    shop.sent(client, due_date="2026-01-31", tax_name1="VAT", tax_rate1=20)
    (reminder,) = reminders(advance(shop, "30 days"))
    assert (reminder["late_fee"], reminder["balance"]) == (17, 140.4)


def test_a_locked_invoice_gets_an_invoice_over_the_fee_beside_it(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST, lock_invoices="when_sent")
    made = shop.sent(client, due_date="2026-01-31")
    (reminder,) = reminders(advance(shop, "20 days"))
    assert (reminder["balance"], shop.show(f"invoices/{made['id']}")["amount"]) == (100, 100)
    fee = shop.show(f"invoices/{reminder['fee_invoice']}")
    wanted = {
        "number": "0002",
        "status_id": "2",
        "date": "2026-02-03",
        "due_date": "2026-02-03",
        "balance": 15,
        "line_items": [{"notes": "Late fee for invoice 0001 added on 2026-02-03", "type_id": "5"}],
    }
    assert part(wanted, fee) == wanted
    assert shop.show(f"clients/{client['id']}")["balance"] == 115


def test_an_update_of_the_due_date_plans_anew(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST)
    made = shop.sent(client, due_date="2026-01-31")
    moved = record(shop.put(f"invoices/{made['id']}", {"due_date": "2026-02-28"}))
    assert moved["next_send_date"] == "2026-03-03 06:00:00"


def test_settings_that_change_later_hold_after_a_call(shop: Shop, client: JSON) -> None:
    """R-EP-19: invoices/update_reminders plans the reminders of all open invoices anew."""
    made, draft = shop.sent(client, due_date="2026-01-31"), shop.invoice(client, due_date="2026-01-31")
    shop.settings(**FIRST)
    assert shop.show(f"invoices/{made['id']}")["next_send_date"] == ""
    assert shop.post("invoices/update_reminders").json() == {"message": "Updating reminders"}
    assert shop.show(f"invoices/{made['id']}")["next_send_date"] == "2026-02-03 06:00:00"
    assert shop.show(f"invoices/{draft['id']}")["next_send_date"] == ""


def test_a_reminder_that_was_switched_off_does_not_go_out(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST)
    made = shop.sent(client, due_date="2026-01-31")
    shop.settings(enable_reminder1=False)
    (reminder,) = reminders(advance(shop, "30 days"))
    assert (reminder["reminder"], reminder["balance"], reminder["next_send_date"]) == ("", 100, "")
    assert shop.show(f"invoices/{made['id']}")["reminder1_sent"] == ""


def test_settings_of_the_client_win(shop: Shop) -> None:
    shop.settings(**FIRST)
    own = shop.client(contacts=[{"email": "a@b.co"}], settings={"num_days_reminder1": 1, "late_fee_amount1": 2})
    shop.sent(own, due_date="2026-01-31")
    (reminder,) = reminders(advance(shop, "30 days"))
    assert (reminder["iso"], reminder["late_fee"]) == ("2026-02-01T06:00:00Z", 12)


def test_settings_of_the_group_hold_too(shop: Shop) -> None:
    group = record(shop.post("group_settings", {"name": "Slow payers", "settings": {**FIRST, "late_fee_amount1": 8}}))
    member = shop.client(contacts=[{"email": "a@b.co"}], group_settings_id=group["id"])
    other = shop.client(contacts=[{"email": "c@d.co"}])
    made = shop.sent(member, due_date="2026-01-31")
    shop.sent(other, due_date="2026-01-31")
    assert [(each["id"], each["late_fee"]) for each in reminders(advance(shop, "30 days"))] == [(made["id"], 18)]


def test_the_hour_is_that_of_the_company(shop: Shop, client: JSON) -> None:
    shop.settings(**FIRST, timezone_id=NEW_YORK, entity_send_time=8)
    shop.sent(client, due_date="2026-01-31")
    (reminder,) = reminders(advance(shop, "30 days"))
    assert reminder["iso"] == "2026-02-03T13:00:00Z"


@pytest.mark.parametrize("how", ["paid", "cancelled", "archived", "deleted", "no client"])
def test_what_nobody_is_reminded_of(shop: Shop, client: JSON, how: str) -> None:
    shop.settings(**FIRST)
    made = shop.sent(client, due_date="2026-01-31")
    if how == "paid":
        shop.post("payments", {"client_id": client["id"], "invoices": [{"invoice_id": made["id"], "amount": 100}]})
    elif how == "no client":
        shop.delete(f"clients/{client['id']}")
    else:
        action = {"cancelled": "cancel", "archived": "archive", "deleted": "delete"}[how]
        shop.post("invoices/bulk", {"action": action, "ids": [made["id"]]})
    assert advance(shop, "2 months") == []


def test_an_invoice_is_late_on_the_morning_after_its_due_date(shop: Shop, client: JSON) -> None:
    made = shop.sent(client, due_date="2026-01-31")
    assert told(advance(shop, "30 days"), "id", "number", "balance") == [
        ("2026-02-01T07:00:00Z", "late_invoice", made["id"], "0001", 100)
    ]
    assert advance(shop, "1 year") == []
    assert (shop.show(f"invoices/{made['id']}")["status_id"], shop.ids("invoices", client_status="overdue")) == (
        "2", [made["id"]]
    )  # fmt: skip


def test_a_quote_expires_on_the_morning_after_its_last_day(shop: Shop, client: JSON) -> None:
    """R-STAT-20: it stays sent, the list of the expired ones finds it."""
    body = {"client_id": client["id"], "due_date": "2026-01-31", "line_items": [{"quantity": 1, "cost": 5}]}
    made = record(shop.post("quotes?mark_sent=true", body))
    shop.post("quotes", body)
    assert shop.ids("quotes", client_status="expired") == []
    assert told(advance(shop, "30 days"), "id", "status_id") == [
        ("2026-02-01T05:10:00Z", "expired_quote", made["id"], "2")
    ]
    assert shop.ids("quotes", client_status="expired") == [made["id"]]


def test_a_quote_has_a_reminder_too(shop: Shop, client: JSON) -> None:
    shop.settings(
        enable_quote_reminder1=True, quote_schedule_reminder1="before_valid_until_date", quote_num_days_reminder1=2
    )
    body = {"client_id": client["id"], "due_date": "2026-01-31", "line_items": [{"quantity": 1, "cost": 5}]}
    made = record(shop.post("quotes?mark_sent=true", body))
    assert made["next_send_date"] == "2026-01-29 06:00:00"
    assert told(advance(shop, "15 days"), "reminder", "emailed") == [
        ("2026-01-29T06:00:00Z", "quote_reminder", "reminder1", True)
    ]
    now = shop.show(f"quotes/{made['id']}")
    assert (now["reminder1_sent"], now["next_send_date"], now["status_id"]) == ("2026-01-29", "", "2")
    assert entries(shop, quote_id=made["id"]) == ["18", "142"]


def test_a_reminder_of_a_quote_may_cost_something(shop: Shop, client: JSON) -> None:
    """It is added to the quote; the client owes nothing on it."""
    shop.settings(
        enable_quote_reminder1=True,
        quote_schedule_reminder1="after_quote_date",
        quote_num_days_reminder1=2,
        quote_late_fee_amount1=3,
        quote_late_fee_percent1=0,
    )
    body = {"client_id": client["id"], "due_date": "2026-01-31", "line_items": [{"quantity": 1, "cost": 5}]}
    made = record(shop.post("quotes?mark_sent=true", body))
    assert told(advance(shop, "5 days"), "late_fee", "emailed", "amount") == [
        ("2026-01-17T06:00:00Z", "quote_reminder", 3, True, 8)
    ]
    assert shop.show(f"quotes/{made['id']}")["amount"] == 8
    assert shop.show(f"clients/{client['id']}")["balance"] == 0


def test_events_say_what_happened(shop: Shop, client: JSON) -> None:
    """R-SIDE-9: 22 late invoice, 23 expired quote, 24 invoice reminder, each at its moment."""
    shop.settings(**FIRST)
    shop.sent(client, due_date="2026-01-31")
    quote = {"client_id": client["id"], "due_date": "2026-01-31", "line_items": [{"quantity": 1, "cost": 5}]}
    shop.post("quotes?mark_sent=true", quote)
    last = shop.mock.get("/__mock__/events?limit=1000").json()["last"]
    clock(shop, advance="30 days")
    found = shop.mock.get(f"/__mock__/events?after={last}").json()["data"]
    assert [(each["event_id"], each["at"]) for each in found if each["event_id"]] == [
        (23, 1769922600),
        (22, 1769929200),
        (24, 1770098400),
    ]
