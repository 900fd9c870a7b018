"""Computed and masked fields."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.computed import COMPUTED, computed, is_mask
from mockserver.derive.text import as_text, clean_text

BASE = "http://localhost:8080"


def shown(name: str, record: dict[str, Any], **related: Any) -> Any:
    return COMPUTED[name](record, related, BASE)


@pytest.mark.parametrize(
    ("name", "contacts", "display"),
    [
        ("Bright Harbour", [{"first_name": "Ann"}], "Bright Harbour"),
        ("", [{"first_name": "Ann", "last_name": "Lee", "email": "a@b.test"}], "Ann Lee"),
        ("", [{"first_name": "Ann", "last_name": ""}, {"first_name": "Bob"}], "Ann"),
        (" ", [{"first_name": "", "last_name": "", "email": "a@b.test"}], "a@b.test"),
        ("", [{"first_name": "", "last_name": "", "email": " "}], ""),
        ("", [], ""),
    ],
)
def test_a_nameless_client_is_shown_as_its_first_contact(name: str, contacts: list[Any], display: str) -> None:
    """R-VAL-11."""
    assert shown("client_display_name", {"name": name}, contacts=contacts) == display
    assert shown("vendor_display_name", {"name": name}, contacts=contacts) == display


@pytest.mark.parametrize(
    ("name", "record", "link"),
    [
        ("client_contact_link", {"contact_key": "ck"}, "/client/key_login/ck"),
        ("vendor_contact_link", {"contact_key": "ck"}, "/vendor/key_login/ck"),
        ("invoice_invitation_link", {"key": "k"}, "/client/invoice/k"),
        ("quote_invitation_link", {"key": "k"}, "/client/quote/k"),
        ("credit_invitation_link", {"key": "k"}, "/client/credit/k"),
        ("recurring_invoice_invitation_link", {"key": "k"}, "/client/recurring_invoice/k"),
        ("recurring_quote_invitation_link", {"key": "k"}, "/client/recurring_quote/k"),
        ("purchase_order_invitation_link", {"key": "k"}, "/vendor/purchase_order/k"),
        ("document_url", {"id": "Wpmbk5ezJn"}, "/api/v1/documents/Wpmbk5ezJn/download"),
        ("purchase_page", {"id": "Wpmbk5ezJn"}, "/client/subscriptions/Wpmbk5ezJn/purchase"),
        ("default_url", {}, ""),
    ],
)
def test_links_lead_to_this_server(name: str, record: dict[str, str], link: str) -> None:
    """R-EP-6, R-SIDE-1."""
    assert shown(name, record) == BASE + link


def test_without_a_key_there_is_no_link() -> None:
    assert shown("invoice_invitation_link", {"key": ""}) == ""
    assert shown("client_contact_link", {}) == ""


@pytest.mark.parametrize(
    ("name", "field", "mask"),
    [
        ("password", "password", "**********"),
        ("smtp_username", "smtp_username", "********"),
        ("smtp_password", "smtp_password", "********"),
        ("oauth_user_token", "oauth_user_token", "***"),
        ("token", "token", "0123456789xxxxxxxxxxx"),
    ],
)
def test_secrets_are_masked_and_absent_ones_are_empty(name: str, field: str, mask: str) -> None:
    """R-WIRE-51."""
    assert shown(name, {field: "0123456789-and-more"}) == mask
    assert shown(name, {field: ""}) == ""


def test_company_settings_hide_the_secrets_of_mail_services() -> None:
    """R-WIRE-51."""
    settings = {"postmark_secret": "s", "mailgun_secret": "", "mailgun_domain": "d.test"}
    masked = {"postmark_secret": "********", "mailgun_secret": "", "mailgun_domain": "d.test"}
    assert shown("settings", {"settings": settings}) == masked
    assert settings["postmark_secret"] == "s"


@pytest.mark.parametrize(("text", "mask"), [("*", True), ("**********", True), ("", False), ("a*", False)])
def test_a_text_of_stars_is_a_mask(text: str, *, mask: bool) -> None:
    """R-WIRE-51: such a password leaves the stored one."""
    assert is_mask(text) is mask


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("has_password", "password"),
        ("google_2fa_secret", "google_2fa_secret"),
        ("has_e_invoice_certificate", "e_invoice_certificate"),
        ("has_e_invoice_certificate_passphrase", "e_invoice_certificate_passphrase"),
        ("has_quickbooks_token", "quickbooks"),
    ],
)
def test_flags_tell_that_a_secret_exists(name: str, field: str) -> None:
    assert [shown(name, {field: "secret"}), shown(name, {field: ""}), shown(name, {})] == [True, False, False]


@pytest.mark.parametrize(("setting", "locked"), [("when_sent", True), ("off", False), (None, False)])
def test_an_invoice_tells_whether_it_is_locked(setting: str | None, *, locked: bool) -> None:
    """R-STAT-13."""
    invoice = {"status_id": "2", "date": "2026-01-05"}
    settings = {"lock_invoices": setting}
    assert shown("invoice_is_locked", invoice, settings=settings, today="2026-01-10") is locked


REMINDED = {"date": "2026-01-05", "due_date": "2026-02-05", **{f"reminder{n}_sent": "" for n in (1, 2, 3)}}
REMINDERS = {
    **{f"enable_reminder{n}": True for n in (1, 2, 3)},
    **{f"num_days_reminder{n}": 7 for n in (1, 2, 3)},
    "schedule_reminder1": "after_due_date",
    "schedule_reminder2": "before_due_date",
    "schedule_reminder3": "after_invoice_date",
}


@pytest.mark.parametrize(
    ("invoice", "settings", "today", "text"),
    [
        ({}, {}, "2026-01-05", "2026-01-12 reminder3<br>2026-01-29 reminder2<br>2026-02-12 reminder1"),
        ({}, {}, "2026-01-30", "2026-02-12 reminder1"),
        ({"due_date": ""}, {}, "2026-01-05", "2026-01-12 reminder3"),
        ({"reminder3_sent": "2026-01-12"}, {"enable_reminder1": False}, "2026-01-05", "2026-01-29 reminder2"),
        ({}, {"schedule_reminder2": "", "enable_reminder1": False}, "2026-01-05", "2026-01-12 reminder3"),
        ({}, {"schedule_reminder2": "", "enable_reminder1": False}, "2026-01-13", ""),
    ],
)
def test_planned_reminders_are_listed_by_date(invoice: Any, settings: Any, today: str, text: str) -> None:
    """R-TRIG-8."""
    assert shown("reminder_schedule", REMINDED | invoice, settings=REMINDERS | settings, today=today) == text


def test_instalments_are_written_for_people() -> None:
    parts = [
        {"date": "2026-03-14", "amount": 1059.935, "is_amount": True, "auto_bill": True},
        {"date": "2026-04-14", "amount": 25, "is_amount": False},
    ]
    euro = {"symbol": "€", "precision": 2, "thousand_separator": ".", "decimal_separator": ","}
    settings = {"date_format": "d/M/Y"}
    assert shown("payment_schedule_parts", {}, schedule=parts, settings=settings, currency=euro) == [
        {"date": "14/Mar/2026", "amount": "€1.059,94", "auto_bill": True},
        {"date": "14/Apr/2026", "amount": "25%", "auto_bill": False},
    ]
    assert shown("payment_schedule_parts", {}, settings={}, currency=euro) == []


def test_the_analytics_address_is_the_key_under_its_old_name() -> None:
    assert shown("google_analytics_url", {"google_analytics_key": "G-1"}) == "G-1"


def test_a_payment_term_is_named_by_its_days() -> None:
    """R-WIRE-56."""
    assert shown("payment_term_name", {"num_days": 30, "name": "posted"}) == "Net 30"


def test_two_functions_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="second computed function 'token'"):
        computed(COMPUTED["password"], "token")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Thanks!", "Thanks!"),
        ("<script>alert(1)</script>", "<script><-1)<-ript>"),
        ("onerror prompt(", "<- <-"),
        ("ALERT(1)", "ALERT(1)"),
    ],
)
def test_script_fragments_are_replaced(text: str, cleaned: str) -> None:
    """R-WIRE-50."""
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (1, "1"),
        (1.0, "1"),
        (1.5, "1.5"),
        (True, "1"),
        (False, ""),
        (None, ""),
        ([1], ""),
        (1e300, "1e+300"),
    ],
)
def test_values_become_texts_as_the_service_casts_them(value: object, text: str) -> None:
    assert as_text(value) == text
