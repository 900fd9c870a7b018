"""Calls that a client seldom makes: what they answer on an installation that is connected to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import PASSWORD, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

SUCCESS = {"message": "Success"}
SPAN = {"start_date": "2026-01-01", "end_date": "2026-12-31"}
NO_ROUTE = {"message": "Method not supported for this route"}


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "signup/protect", 200, {}),
        ("GET", "scheduler", 200, {"message": "Scheduler has run"}),
        ("GET", "last_error", 200, {"last_error": ""}),
        ("POST", "yodlee/data_updates", 200, SUCCESS),
        ("POST", "yodlee/refresh_updates", 200, SUCCESS),
        ("POST", "yodlee/status/1", 400, {"message": "Not yet authenticated with Bank Integration service"}),
        ("POST", "connected_account/gmail", 400, {"message": "Provider not supported"}),
        ("POST", "passkeys/login/options", 404, NO_ROUTE),
        ("POST", "settings/passkeys", 404, NO_ROUTE),
        ("POST", "settings/passkeys/options", 404, NO_ROUTE),
        ("DELETE", "settings/passkeys/abc", 404, NO_ROUTE),
        ("POST", "mailgun_inbound_webhook", 403, {"message": "Unauthorized"}),
        ("POST", "brevo_inbound_webhook", 403, {"message": "Unauthorized"}),
        ("POST", "einvoice/peppol/disconnect", 401, {"message": "This action is unauthorized."}),
        ("POST", "einvoice/peppol/add_additional_legal_identifier", 401, {"message": "This action is unauthorized."}),
        ("POST", "einvoice/peppol/send", 401, {"message": "This action is unauthorized."}),
        ("PATCH", "system_logs/VolejRejNm", 400, {"message": "Cannot update system log", "errors": {}}),
    ],
)
def test_what_is_answered(shop: Shop, method: str, path: str, status: int, body: JSON) -> None:
    answer = shop.call(method, path, {} if method != "GET" else None, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (status, body)


@pytest.mark.parametrize("path", ["process_webhook", "confirm_purchase", "get_migration_account", "confirm_forwarding"])
def test_calls_of_the_hosted_service_are_taken_without_a_word(shop: Shop, path: str) -> None:
    answer = shop.post(path, {})
    assert (answer.status_code, answer.content) == (200, b"")


def test_charts_of_a_company_without_bills_have_no_points(shop: Shop) -> None:
    found = shop.post("charts/totals_v2", SPAN).json()
    assert (found["currencies"], found["1"]["invoices"], found["999"]["revenue"]) == ({"1": "USD"}, {}, {})
    assert shop.post("charts/chart_summary", SPAN).json()["1"]["payments"] == []


def test_a_company_is_changed_by_patch(shop: Shop) -> None:
    company = shop.company()
    changed = record(shop.call("PATCH", f"companies/{company['id']}", {"settings": {"name": "Other"}}))
    assert changed["settings"]["name"] == "Other"
    assert shop.company() == changed


def test_a_token_is_renamed_by_patch(shop: Shop) -> None:
    made = record(shop.post("tokens", {"name": "Robot"}, headers=PASSWORD))
    changed = record(shop.call("PATCH", f"tokens/{made['id']}", {"name": "Machine"}, headers=PASSWORD))
    assert (changed["id"], changed["name"]) == (made["id"], "Machine")


def test_a_row_of_the_system_log_that_is_not_there(shop: Shop) -> None:
    """R-WIRE-47."""
    answer = shop.get("system_logs/VolejRejNm")
    wanted = {"message": "No query results for model [App\\Models\\SystemLog]."}
    assert (answer.status_code, answer.json()) == (400, wanted)


def test_tax_data_of_the_origin_is_asked_for_and_nothing_changes(shop: Shop) -> None:
    company = shop.company()
    assert record(shop.post(f"companies/updateOriginTaxData/{company['id']}", {})) == company


@pytest.mark.parametrize(
    ("path", "message"), [("purge_save_settings", "Company purged"), ("purge", "Success")], ids=["records", "all"]
)
def test_a_company_is_emptied_or_removed_before_a_migration(shop: Shop, path: str, message: str) -> None:
    """With the settings kept the company stays, without its records; else it is gone with its tokens."""
    shop.client()
    hashed = shop.company()["id"]
    answer = shop.post(f"migration/{path}/{hashed}", {}, headers=PASSWORD)
    assert (answer.status_code, answer.json()["message"]) == (200, message)
    assert shop.stored("clients") == []
    assert shop.get("clients").status_code == (200 if path == "purge_save_settings" else 403)


def test_a_credit_is_downloaded_by_the_key_of_its_invitation(shop: Shop) -> None:
    body = {"client_id": shop.client()["id"], "line_items": [{"quantity": 1, "cost": 10}]}
    credit = record(shop.post("credits", body))
    answer = shop.get(f"credit/{credit['invitations'][0]['key']}/download")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
