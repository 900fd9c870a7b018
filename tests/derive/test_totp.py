"""One-time codes against the vectors of RFC 6238, cut to six digits."""

from __future__ import annotations

import pytest

from mockserver.derive import totp

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("now", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_of_the_standard(now: int, code: str) -> None:
    assert totp.code(SECRET, now) == code


def test_a_code_counts_one_step_before_and_after() -> None:
    assert [totp.fits(SECRET, "081804", 1111111109 + late) for late in (-60, -30, 0, 30, 60)] == [
        False, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("secret", ["", "not base32!", "A"])
def test_an_unreadable_secret_fits_nothing(secret: str) -> None:
    assert totp.code(secret, 0) == ""
    assert not totp.fits(secret, "", 0)


def test_secrets_are_base32() -> None:
    assert set(totp.base32("abcXYZ019")) <= set(totp.LETTERS)


def test_the_address_escapes_what_it_holds() -> None:
    found = totp.address("ABC", "ada+1@example.com", "Invoice Ninja")
    assert found.startswith("otpauth://totp/Invoice%20Ninja:ada%2B1%40example.com?secret=ABC&issuer=Invoice%20Ninja")
