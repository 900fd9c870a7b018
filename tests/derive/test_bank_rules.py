"""Which movements fit which rule."""

from __future__ import annotations

import pytest

from mockserver.derive.bank_rules import fits, invoice_named

MOVEMENT = {"description": "FUEL Station 12", "amount": 40}


@pytest.mark.parametrize(
    ("key", "operator", "value", "held"),
    [
        ("description", "is", "fuel station 12", True),
        ("description", "contains", "STATION", True),
        ("description", "contains", "", False),
        ("description", "starts_with", "fuels", True),
        ("description", "starts_with", "station", False),
        ("description", "is_empty", "", False),
        ("description", ">", "1", False),
        ("amount", "=", "40.00", True),
        ("amount", ">=", "40", True),
        ("amount", ">", "40", False),
        ("amount", "<=", "39.99", False),
        ("amount", "<", "41", True),
        ("participant", "is", "x", False),
    ],
)
def test_one_test_of_a_rule(key: str, operator: str, value: str, *, held: bool) -> None:
    test = {"search_key": key, "operator": operator, "value": value}
    assert fits({"rules": [test], "matches_on_all": True}, MOVEMENT) is held


def test_a_rule_without_tests_fits_nothing() -> None:
    assert not fits({"rules": [], "matches_on_all": True}, MOVEMENT)


def test_an_invoice_without_a_number_is_never_named() -> None:
    invoices = [{"number": ""}, {"number": "0012"}, {"number": "0013"}]
    assert invoice_named("for\n0013", invoices) == {"number": "0013"}
    assert invoice_named("thanks", invoices) is None
