"""Errors as a browser gets them: without X-Requested-With and without a wish for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

HTML = "text/html; charset=UTF-8"


def test_a_good_request_needs_no_such_header(shop: Shop) -> None:
    """R-AUTH-8."""
    browser = shop.but(X_Requested_With=None)
    assert browser.post("clients", {"name": "N"}).headers["content-type"] == "application/json"
    assert browser.get("clients").status_code == 200


def test_a_failed_validation_leads_back(shop: Shop) -> None:
    """R-AUTH-7."""
    browser = shop.but(X_Requested_With=None)
    answer = browser.post("invoices", {})
    assert (answer.status_code, answer.headers["location"]) == (302, "http://localhost")
    assert answer.headers["content-type"] == HTML
    answer = browser.post("invoices", {}, headers={"Referer": "http://localhost/form"})
    assert answer.headers["location"] == "http://localhost/form"
    assert shop.stored("invoices") == []


def test_a_deleted_client_gets_no_invoice(shop: Shop) -> None:
    """testClientedDeletedAttemptingToCreateInvoice; archived ones still do (R-VAL-1)."""
    client = shop.client()
    shop.post("clients/bulk", {"action": "archive", "ids": [client["id"]]})
    assert shop.invoice(client, number="dude")["number"] == "dude"
    shop.delete(f"clients/{client['id']}")
    body = {"client_id": client["id"], "number": "dude2"}
    assert shop.but(X_Requested_With=None).post("invoices", body).status_code == 302
    assert shop.post("invoices", body).status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "clients/zzz", 404),
        ("GET", "clients/123", 404),
        ("PUT", "invoices/zzz", 404),
        ("GET", "clientz", 404),
        ("POST", "clientz", 404),
        ("DELETE", "clients", 404),
    ],
)
def test_what_is_not_there_is_a_page(shop: Shop, method: str, path: str, status: int) -> None:
    """R-AUTH-7."""
    answer = shop.but(X_Requested_With=None).call(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, HTML)
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "Not Found" in answer.text


def test_what_is_not_allowed_is_a_page(shop: Shop) -> None:
    """R-AUTH-7: 403 as a page, 401 as JSON."""
    client = shop.client()
    other = shop.found()
    answer = other.but(X_Requested_With=None).get(f"clients/{client['id']}")
    assert (answer.status_code, answer.headers["content-type"]) == (403, HTML)
    assert other.get(f"clients/{client['id']}").status_code == 401


def test_token_and_password_are_refused_in_json_all_the_same(shop: Shop) -> None:
    """R-AUTH-1, R-AUTH-21: these checks come before the page is made."""
    browser = shop.but(X_Requested_With=None)
    answer = browser.but(X_API_TOKEN="nope").get("clients")
    assert (answer.status_code, answer.json()) == (403, {"message": "Invalid token"})
    answer = browser.post("tokens", {"name": "T"})
    assert (answer.status_code, answer.json()) == (412, {"message": "Invalid Password", "errors": {}})


@pytest.mark.parametrize(
    ("accept", "requested", "json"),
    [
        ("application/json", None, True),
        ("application/json, text/plain, */*", None, True),
        ("application/vnd.api+json", None, True),
        ("*/*", "XMLHttpRequest", True),
        (None, "XMLHttpRequest", True),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "XMLHttpRequest", False),
        ("text/html", None, False),
        ("*/*", None, False),
        (None, None, False),
        (None, "fetch", False),
    ],
)
def test_who_counts_as_asking_for_json(shop: Shop, accept: str | None, requested: str | None, json: bool) -> None:  # noqa: FBT001 - a column of the table
    """R-AUTH-7."""
    answer = shop.but(Accept=accept, X_Requested_With=requested).post("invoices", {})
    assert answer.status_code == (422 if json else 302)
