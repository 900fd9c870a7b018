"""Errors as a browser gets them: without X-Requested-With and without a wish for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


HTML = "text/html; charset=UTF-8"


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
