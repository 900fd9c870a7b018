"""Which field the heading of a column stands for."""

from __future__ import annotations

import pytest

from mockserver.derive.import_hints import hints

FIELDS = ("client.name", "client.phone", "client.country_id", "contact.email", "contact.phone", "client.vat_number")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Client Name", 0),
        ("client.name", 0),
        ("NAME", 0),
        ("E-Mail", 3),
        ("Country", 2),
        ("VAT-Number (EU)", 5),
        ("Contact Phone", 4),
        ("Contact", 3),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_a_heading_finds_its_field(header: str, wanted: int | None) -> None:
    assert hints([header], FIELDS) == [wanted]


def test_a_field_is_given_away_once() -> None:
    assert hints(["Phone", "Phone", "Phone"], FIELDS) == [1, 4, None]


def test_a_better_match_comes_first() -> None:
    assert hints(["Second name", "Client name"], FIELDS) == [None, 0]


def test_no_headings() -> None:
    assert hints([], FIELDS) == []
