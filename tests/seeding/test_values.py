"""A value is a function of seed, resource, row and field, and of nothing else."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.content import fixtures_dir
from mockserver.errors import StartError
from mockserver.seeding.hints import Hints
from mockserver.seeding.values import SIZE, Values

RESERVED = re.compile(r"^[^@]+@([a-z0-9-]+\.)*example\.(com|org)$")


@cache
def hints(locale: str = "en_US") -> Hints:
    return Hints(fixtures_dir() / "hints.yaml", locale)


def values(seed: int = 1, locale: str = "en_US") -> Values:
    return Values(seed, hints(locale))


def names(made: Values, rows: range = range(1, 9)) -> list[str]:
    return [made.pool("clients", "name", "name").at(row) for row in rows]


def test_the_same_seed_gives_the_same_names() -> None:
    assert names(values()) == names(values())


def test_another_seed_gives_other_names() -> None:
    assert names(values()) != names(values(seed=2))


def test_another_locale_gives_other_names() -> None:
    assert names(values()) != names(values(locale="de_DE"))


def test_rows_can_be_asked_for_in_any_order() -> None:
    forwards = names(values())
    pool = values().pool("clients", "name", "name")
    assert [pool.at(row) for row in range(8, 0, -1)] == forwards[::-1]


def test_another_field_in_between_moves_nothing() -> None:
    mixed = values()
    found = []
    for row in range(1, 9):
        mixed.pool("products", "notes", "service").at(row)
        mixed.pool("clients", "city", "city").at(row * 3)
        found.append(mixed.pool("clients", "name", "name").at(row))
    assert found == names(values())


def test_fields_of_one_hint_have_pools_of_their_own() -> None:
    made = values()
    billing = [made.pool("clients", "city", "city").at(row) for row in range(1, 9)]
    shipping = [made.pool("clients", "shipping_city", "city").at(row) for row in range(1, 9)]
    assert billing != shipping


def test_names_do_not_repeat_before_the_pool_is_through() -> None:
    many = names(values(), range(1, SIZE + 1))
    assert len(set(many)) == SIZE
    assert names(values(), range(SIZE + 1, SIZE + 4)) == many[:3]


def test_a_field_with_few_values_repeats_instead_of_waiting() -> None:
    pool = values().pool("clients", "state", "state")
    assert len({pool.at(row) for row in range(200)}) <= 60


@given(seed=st.integers(0, 2**40), row=st.integers(1, 2**40), item=st.integers(0, 100))
def test_a_number_is_64_bits_and_depends_on_nothing_before(seed: int, row: int, item: int) -> None:
    made = Values(seed, hints())
    drawn = made.draw("invoices", "discount")(row, item)
    made.draw("invoices", "date")(row)
    assert 0 <= drawn < 1 << 64
    assert made.draw("invoices", "discount")(row, item) == drawn
    assert made.draw("invoices", "date")(row, item) != drawn
    assert made.draw("clients", "discount")(row, item) != drawn
    assert made.draw("invoices", "discount")(row + 1, item) != drawn


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ja_JP", "ar_AA", "en_PH"])
def test_every_hint_makes_text(locale: str) -> None:
    made = values(locale=locale)
    for hint in (*made.hints.fields, *made.hints.kinds):
        assert made.pool("clients", hint, hint).at(3).strip()


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ja_JP", "ru_RU"])
def test_e_mail_addresses_lie_in_reserved_domains(locale: str) -> None:
    pool = values(locale=locale).pool("clients", "email", "email")
    for row in range(40):
        assert RESERVED.match(pool.at(row))


@pytest.mark.parametrize("spelled", ["de-DE", "DE_de", " de_DE "])
def test_a_locale_may_be_spelled_freely(spelled: str) -> None:
    assert hints(spelled).locale == "de_DE"


@pytest.mark.parametrize(
    ("locale", "message"),
    [
        ("de_XX", "locale: got `de_XX`, wanted a locale of Faker; did you mean de, de_AT, de_CH, de_DE, de_LI, de_LU?"),
        ("nl_NX", "locale: got `nl_NX`, wanted a locale of Faker; did you mean nl_BE, nl_NL?"),
    ],
)
def test_an_unknown_locale_is_refused(locale: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        hints(locale)
    assert str(caught.value) == message


def test_a_locale_of_no_known_language_lists_some() -> None:
    with pytest.raises(StartError, match=r"^locale: got `klingon`, wanted a locale of Faker; known: am_ET, .*in all"):
        hints("klingon")
