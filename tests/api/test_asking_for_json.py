"""Who counts as asking for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_good_request_needs_no_such_header(shop: Shop) -> None:
    """R-AUTH-8."""
    browser = shop.but(X_Requested_With=None)
    assert browser.post("clients", {"name": "N"}).headers["content-type"] == "application/json"
    assert browser.get("clients").status_code == 200


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
def test_who_counts_as_asking_for_json(shop: Shop, accept: str | None, requested: str | None, json: bool) -> None:
    """R-AUTH-7."""
    answer = shop.but(Accept=accept, X_Requested_With=requested).post("invoices", {})
    assert answer.status_code == (422 if json else 302)
