"""Recurring invoices and quotes: dates, cycles, starting and stopping, what they produce, and bulk changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import TODAY, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

LINE = {"quantity": 1, "cost": 10, "product_key": "HOST", "notes": "Hosting of :MONTH"}


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client(contacts=[{"email": "a@b.co"}, {"email": "c@d.co"}])


def template(shop: Shop, client: JSON, query: str = "", **fields: object) -> JSON:
    body = {"client_id": client["id"], "frequency_id": 5, "line_items": [LINE], **fields}
    return record(shop.post(f"recurring_invoices{query}", body))


def bulk(shop: Shop, template: JSON, **body: object) -> JSON:
    (found,) = rows(shop.post("recurring_invoices/bulk", {"ids": [template["id"]], **body}))
    return found


def test_a_template_that_is_emailed_stays_what_it_was(shop: Shop, client: JSON) -> None:
    """R-EP-21."""
    made = template(shop, client)
    body = {"entity": "recurring_invoice", "entity_id": made["id"], "template": "email_template_invoice"}
    sent = record(shop.post("emails", body))
    assert (sent["id"], sent["status_id"], sent["last_sent_date"][:10]) == (made["id"], "1", TODAY)


def test_a_new_template_is_a_draft_that_goes_out_today(shop: Shop, client: JSON) -> None:
    """R-VAL-6, R-STAT-29, R-STAT-30, R-CALC-17, R-CALC-22 (keywords stay), R-SIDE-1."""
    wanted = {
        "status_id": "1",
        "number": "0001",
        "amount": 10,
        "balance": 10,
        "frequency_id": "5",
        "remaining_cycles": -1,
        "due_date_days": "terms",
        "auto_bill": "off",
        "auto_bill_enabled": False,
        "next_send_date": f"{TODAY} 00:00:00",
        "next_send_datetime": f"{TODAY} 06:00:00",
        "last_sent_date": "",
        "date": "",
        "recurring_dates": [],
        "entity_type": "recurringInvoice",
    }
    made = template(shop, client, status_id=2)
    assert part(wanted, made) == wanted
    assert made["line_items"][0]["notes"] == "Hosting of :MONTH"
    assert [each["client_contact_id"] for each in made["invitations"]] == [client["contacts"][0]["id"]]


def test_the_blank_form(shop: Shop) -> None:
    """R-EP-2."""
    wanted = {
        "id": "",
        "status_id": "1",
        "date": "",
        "due_date_days": "terms",
        "frequency_id": "5",
        "remaining_cycles": -1,
    }
    assert part(wanted, shop.show("recurring_invoices/create")) == wanted


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"client_id": None}, "client_id", "The client id field is required."),
        ({"frequency_id": None}, "frequency_id", "The frequency id field is required."),
        ({"frequency_id": 13}, "frequency_id", "The selected frequency id is invalid."),
        (
            {"next_send_date": "2026-01-13"},
            "next_send_date",
            "The next send date must be a date after or equal to yesterday.",
        ),
        ({"next_send_date": "soon"}, "next_send_date", "The next send date is not a valid date."),
        ({"vendor_id": "Opnel5aKBz"}, "vendor_id", "The selected vendor id is invalid."),
        ({"number": "0001"}, "number", "The number has already been taken."),
    ],
)
def test_what_is_sent_is_checked(shop: Shop, client: JSON, sent: JSON, field: str, message: str) -> None:
    """R-VAL-6, R-NUM-10; yesterday will do since 5.12."""
    template(shop, client, next_send_date="2026-01-14")
    body = {"client_id": client["id"], "frequency_id": 5, **sent}
    assert errors(shop.post("recurring_invoices", body)) == {field: [message]}


def test_an_update_moves_the_next_date_or_leaves_it(shop: Shop, client: JSON) -> None:
    """R-VAL-6; the stored date stands in since 5.12."""
    path = f"recurring_invoices/{template(shop, client, next_send_date='2026-03-01')['id']}"
    kept = record(shop.put(path, {"po_number": "7"}))
    assert (kept["next_send_date"], kept["po_number"]) == ("2026-03-01 00:00:00", "7")
    moved = record(shop.put(path, {"next_send_date": "2026-04-01"}))
    assert moved["next_send_datetime"] == "2026-04-01 06:00:00"


@pytest.mark.parametrize(("value", "enabled"), [("always", True), ("optout", True), ("optin", False), ("off", False)])
def test_charging_follows_auto_bill(shop: Shop, client: JSON, value: str, *, enabled: bool) -> None:
    """R-VAL-6: from the input, else from the settings."""
    assert template(shop, client, auto_bill=value)["auto_bill_enabled"] is enabled
    shop.settings(auto_bill=value)
    made = template(shop, client)
    assert (made["auto_bill"], made["auto_bill_enabled"]) == (value, enabled)
    switched = record(shop.put(f"recurring_invoices/{made['id']}", {"auto_bill_enabled": not enabled}))
    assert (switched["auto_bill"], switched["auto_bill_enabled"]) == (value, not enabled)


def test_start_and_stop(shop: Shop, client: JSON) -> None:
    """R-STAT-29, R-TRIG-6."""
    made = template(shop, client, "?start=true")
    assert made["status_id"] == "2"
    path = f"recurring_invoices/{made['id']}"
    assert record(shop.put(f"{path}?stop=true", {}))["status_id"] == "3"
    shop.post("recurring_invoices/bulk", {"action": "archive", "ids": [made["id"]]})
    started = bulk(shop, made, action="start")
    assert (started["status_id"], started["archived_at"]) == ("2", 0)
    assert bulk(shop, made, action="stop")["status_id"] == "3"


def test_cycles_complete_a_template_and_wake_it_up(shop: Shop, client: JSON) -> None:
    """R-STAT-29, R-STAT-30."""
    path = f"recurring_invoices/{template(shop, client)['id']}"
    done = record(shop.put(path, {"remaining_cycles": 0}))
    assert done["status_id"] == "4"
    assert bulk(shop, done, action="start")["status_id"] == "4"
    assert record(shop.put(path, {"remaining_cycles": 2}))["status_id"] == "2"


def test_send_now_produces_an_invoice(shop: Shop, client: JSON) -> None:
    """R-STAT-31, R-STAT-32, R-NUM-9."""
    shop.settings(recurring_number_prefix="R-", payment_terms="14")
    made = template(shop, client, "?send_now=true", remaining_cycles=2, po_number="7", next_send_date="2026-01-31")
    wanted = {"status_id": "2", "remaining_cycles": 1, "next_send_date": "2026-02-28 00:00:00"}
    assert part(wanted, made) == wanted
    assert made["last_sent_date"].startswith(TODAY)
    (invoice,) = rows(shop.get("invoices"))
    wanted = {
        "number": "R-0001",
        "recurring_id": made["id"],
        "status_id": "2",
        "amount": 10,
        "balance": 10,
        "date": TODAY,
        "due_date": "2026-01-29",
        "po_number": "7",
    }
    assert part(wanted, invoice) == wanted
    assert invoice["line_items"][0]["notes"] == "Hosting of January"
    assert shop.show(f"clients/{client['id']}")["balance"] == 10
    shop.post("recurring_invoices/bulk", {"action": "send_now", "ids": [made["id"]]})
    assert len(rows(shop.get("invoices"))) == 1


def test_the_last_cycle_completes(shop: Shop, client: JSON) -> None:
    """R-STAT-30."""
    made = template(shop, client, "?send_now=true", remaining_cycles=1)
    assert (made["status_id"], made["remaining_cycles"]) == ("4", 0)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ("terms", ["2026-02-14", "2026-03-14"]),
        ("20", ["2026-02-20", "2026-03-20"]),
        ("31", ["2026-02-28", "2026-02-28"]),
    ],
)
def test_coming_dates_are_told_on_request(shop: Shop, client: JSON, days: str, due: list[str]) -> None:
    """R-TRIG-8, R-WIRE-57."""
    shop.settings(payment_terms="14")
    made = template(shop, client, next_send_date="2026-01-31", remaining_cycles=2, due_date_days=days)
    path = f"recurring_invoices/{made['id']}"
    assert shop.show(path)["recurring_dates"] == []
    shown = shop.show(path, show_dates="true")["recurring_dates"]
    assert [each["send_date"] for each in shown] == ["2026-01-31", "2026-02-28"]
    assert [each["due_date"] for each in shown] == due
    endless = template(shop, client)
    (listed,) = [
        each for each in rows(shop.get("recurring_invoices", show_dates="true")) if each["id"] == endless["id"]
    ]
    assert len(listed["recurring_dates"]) == 10


def test_prices_are_raised_and_brought_up_to_date(shop: Shop, client: JSON) -> None:
    """R-STAT-33, R-BULK-11."""
    made = template(shop, client)
    path, call = f"recurring_invoices/{made['id']}", {"ids": [made["id"]]}
    answer = shop.post("recurring_invoices/bulk", {**call, "action": "increase_prices", "percentage_increase": 10})
    assert answer.json() == {"message": "Update in progress."}
    assert shop.show(path)["amount"] == 11
    (host,) = (each for each in shop.stored("products") if each["product_key"] == "HOST")
    shop.put(f"products/{host['id']}", {"price": 30})
    shop.post("recurring_invoices/bulk", {**call, "action": "update_prices"})
    assert shop.show(path)["amount"] == 30
    clerk = shop.hire("edit_all,view_all")
    clerk.post("recurring_invoices/bulk", {**call, "action": "increase_prices", "percentage_increase": 10})
    assert shop.show(path)["amount"] == 30


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("tax1", "VAT||20", {"tax_name1": "VAT", "tax_rate1": 20, "amount": 12}),
        ("tax1", "none", {"tax_name1": "", "tax_rate1": 0, "amount": 10.5}),
        ("tax1", "VAT||much", {"tax_name1": "GST", "tax_rate1": 5, "amount": 10.5}),
        ("uses_inclusive_taxes", True, {"uses_inclusive_taxes": True, "amount": 10}),
        ("footer", "Thanks", {"footer": "Thanks"}),
        ("remaining_cycles", "0", {"remaining_cycles": 0, "status_id": "4"}),
    ],
)
def test_one_column_of_many_templates(shop: Shop, client: JSON, column: str, value: object, wanted: JSON) -> None:
    """Since 5.12."""
    made = template(shop, client, tax_name1="GST", tax_rate1=5)
    if wanted.get("tax_name1") == "":
        wanted = {**wanted, "amount": 10}
    changed = bulk(shop, made, action="bulk_update", column=column, new_value=value)
    assert part(wanted, changed) == wanted


def test_a_completed_template_gets_cycles_by_a_bulk_update(shop: Shop, client: JSON) -> None:
    made = template(shop, client, next_send_date="2026-01-31")
    shop.put(f"recurring_invoices/{made['id']}", {"remaining_cycles": 0})
    changed = bulk(shop, made, action="bulk_update", column="remaining_cycles", new_value="3")
    wanted = {"remaining_cycles": 3, "status_id": "3", "next_send_date": "2026-02-28 00:00:00"}
    assert part(wanted, changed) == wanted


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"action": "zap"}, "action"),
        ({"action": "increase_prices"}, "percentage_increase"),
        ({"action": "increase_prices", "percentage_increase": 101}, "percentage_increase"),
        ({"action": "bulk_update"}, "column"),
        ({"action": "bulk_update", "column": "amount", "new_value": "1"}, "column"),
        ({"action": "bulk_update", "column": "remaining_cycles"}, "new_value"),
        ({"action": "bulk_update", "column": "uses_inclusive_taxes", "new_value": "maybe"}, "new_value"),
        ({"action": "start", "ids": ["Opnel5aKBz"]}, "ids"),
    ],
)
def test_bulk_calls_are_checked(shop: Shop, client: JSON, sent: JSON, field: str) -> None:
    """R-BULK-2, R-BULK-3, R-BULK-11."""
    made = template(shop, client)
    assert field in errors(shop.post("recurring_invoices/bulk", {"ids": [made["id"]], **sent}))


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"client_status": "draft"}, ["a"]),
        ({"client_status": "active,draft"}, ["a", "b"]),
        ({"product_key": "HOST,X"}, ["a"]),
        ({"frequency_id": "1,7"}, ["b"]),
        ({"next_send_between": "2026-02-01|2026-02-28"}, ["b"]),
        ({"next_send_between": "2026-01-01,2026-01-31"}, ["a"]),
        ({"next_send_between": "2026-01-01"}, ["a", "b"]),
        ({"sort": "next_send_datetime|desc"}, ["b", "a"]),
        ({"filter": "host"}, ["a"]),
    ],
)
def test_the_list_is_filtered(shop: Shop, client: JSON, params: JSON, numbers: list[str]) -> None:
    """R-WIRE-31, R-WIRE-20."""
    template(shop, client, number="a")
    lines = [{"quantity": 1, "cost": 5, "product_key": "OTHER"}]
    template(shop, client, "?start=true", number="b", frequency_id=1, next_send_date="2026-02-10", line_items=lines)
    assert [each["number"] for each in rows(shop.get("recurring_invoices", **params))] == numbers


def test_a_recurring_quote_is_kept_but_never_sent(shop: Shop, client: JSON) -> None:
    """R-EP-24."""
    body = {"client_id": client["id"], "frequency_id": 2, "line_items": [LINE]}
    made = record(shop.post("recurring_quotes", body))
    wanted = {"number": "0001", "amount": 10, "status_id": "1", "entity_type": "recurringQuote", "remaining_cycles": 0}
    assert part(wanted, made) == wanted
    assert errors(shop.post("recurring_quotes", {})).keys() == {"client_id", "frequency_id"}
    changed = record(shop.put(f"recurring_quotes/{made['id']}", {"frequency_id": 5, "custom_value1": "Blue"}))
    assert changed["frequency_id"] == "5"
    assert [each["id"] for each in rows(shop.get("recurring_quotes", filter="blue"))] == [made["id"]]
    (gone,) = rows(shop.post("recurring_quotes/bulk", {"action": "delete", "ids": [made["id"]]}))
    assert gone["is_deleted"] is True


def test_the_send_time_is_told_in_utc(shop: Shop, client: JSON) -> None:
    """The hour of the settings in the time zone of the company, without regard to summer time."""
    shop.settings(timezone_id="5", entity_send_time=7)
    assert template(shop, client, next_send_date="2026-07-01")["next_send_datetime"] == "2026-07-01 15:00:00"


def test_due_days_fall_back_to_the_terms(shop: Shop, client: JSON) -> None:
    """R-VAL-6; a due date is kept with a time."""
    made = template(shop, client, due_date_days="15", due_date="2026-02-01")
    assert (made["due_date_days"], made["due_date"]) == ("15", "2026-02-01 00:00:00")
    assert record(shop.put(f"recurring_invoices/{made['id']}", {"due_date_days": None}))["due_date_days"] == "terms"


def test_nothing_is_produced_without_a_cycle(shop: Shop, client: JSON) -> None:
    """R-STAT-31."""
    path = f"recurring_invoices/{template(shop, client, remaining_cycles=0)['id']}?send_now=true"
    assert record(shop.put(path, {}))["status_id"] == "1"
    assert rows(shop.get("invoices")) == []
    assert record(shop.put(path, {"remaining_cycles": 5}))["remaining_cycles"] == 4
    shop.put(path, {})
    assert len(rows(shop.get("invoices"))) == 1


def test_users_without_mail_cannot_send_now(shop: Shop, client: JSON) -> None:
    """Since 5.12."""
    made = template(shop, client)
    clerk = shop.hire("edit_all,view_all,disable_emails")
    sent = {"action": "send_now", "ids": [made["id"]]}
    assert clerk.post("recurring_invoices/bulk", sent).status_code == 400
    assert shop.show(f"recurring_invoices/{made['id']}")["status_id"] == "1"
