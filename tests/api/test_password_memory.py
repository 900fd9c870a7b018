"""A correct password is remembered for a while."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD

if TYPE_CHECKING:
    from tests.api.shop import Shop

WRONG = {"X-API-PASSWORD": "wrong"}


def asked(shop: Shop, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.post("tokens", {"name": "T"}, headers=named).status_code


def test_after_a_correct_password_none_is_asked_for(shop: Shop) -> None:
    """R-AUTH-21: a wrong one is refused even then."""
    assert asked(shop) == 412
    assert asked(shop, **PASSWORD) == 200
    assert asked(shop) == 200
    assert asked(shop, **WRONG) == 412
    assert asked(shop) == 200


def test_the_encoded_password_wins(shop: Shop) -> None:
    """R-AUTH-21."""
    good, bad = b64encode(b"password").decode(), b64encode(b"wrong").decode()
    assert asked(shop, **WRONG, X_API_PASSWORD_BASE64=good) == 200
    assert asked(shop, **PASSWORD, X_API_PASSWORD_BASE64=bad) == 412
    assert asked(shop, X_API_PASSWORD_BASE64="no base64!") == 412


def test_a_login_counts_as_a_correct_password(shop: Shop) -> None:
    """R-AUTH-21."""
    assert shop.post("login", {"email": "user@example.com", "password": "wrong"}).status_code == 401
    assert asked(shop) == 412
    assert shop.post("login", {"email": "user@example.com", "password": "password"}).status_code == 200
    assert asked(shop) == 200


def test_others_are_not_meant(shop: Shop) -> None:
    """R-AUTH-21: the password of one user opens nothing for another."""
    boss = shop.hire(is_admin=True)
    assert asked(shop) == 200  # hiring sent the password
    assert asked(boss) == 412
    assert asked(boss, **PASSWORD) == 412
