"""Countries, currencies and languages of a client, as ids and as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def american(shop: Shop) -> Shop:
    """The company is in the United States and counts in US dollars."""
    shop.settings(country_id="840", currency_id="1")
    return shop


@pytest.mark.parametrize(
    ("body", "country", "currency"),
    [
        pytest.param({"country_code": "US", "currency_code": "USD"}, "840", "1", id="X-121 two letters"),
        pytest.param({"country_code": "USA", "currency_code": "USD"}, "840", "1", id="X-121 three letters"),
        pytest.param({"country_code": "AU", "currency_code": "AUD"}, "36", "12", id="X-121 other"),
        pytest.param({"country_code": "AM"}, "51", "1", id="testClientCountryCodeValidationTrue"),
        pytest.param({"country_code": "ARM"}, "51", "1", id="testClientCountryCodeValidationTrueIso3"),
        pytest.param({"country_code": "AdfdfdfM"}, "840", "1", id="testClientCountryCodeValidationFalse"),
        pytest.param({"currency_code": "USD"}, "840", "1", id="testClientCurrencyCodeValidationTrue"),
        pytest.param({"currency_code": "R"}, "840", "1", id="testClientCurrencyCodeValidationFalse"),
        pytest.param({"country_id": "8"}, "8", "1", id="testCountryStore"),
    ],
)
def test_codes_become_ids_and_unknown_ones_those_of_the_company(
    american: Shop, body: JSON, country: str, currency: str
) -> None:
    """R-VAL-11."""
    client = american.client(id_number="Coolio", **body)
    assert (client["country_id"], client["settings"]["currency_id"]) == (country, currency)


def test_a_code_on_update_works_alike(american: Shop) -> None:
    """testCountryCodeValidation, testCountryStore4."""
    client = american.client(country_code="AU", id_number="x-1-11a")
    path = f"clients/{client['id']}"
    assert record(american.put(path, {"country_id": "36"}))["country_id"] == "36"
    assert record(american.put(path, {"name": "N", "country_code": "aaaaaaaaaa"}))["country_id"] == "840"
    refused = american.post("clients", {"name": "N", "country_code": "aaaaaaaaaa", "id_number": "x-1-11a"})
    assert list(errors(refused)) == ["id_number"]


@pytest.mark.parametrize("field", ["country_id", "shipping_country_id"])
def test_a_country_must_be_a_known_number(shop: Shop, field: str) -> None:
    """testCountryStore2, testCountryStore3."""
    client = shop.client()
    for value in ("A", "100000"):
        assert list(errors(shop.post("clients", {field: value}))) == [field]
        assert list(errors(shop.put(f"clients/{client['id']}", {field: value}))) == [field]


def test_the_shipping_country_has_a_code_too(shop: Shop) -> None:
    """R-VAL-11."""
    assert shop.client(shipping_country_code="AUS")["shipping_country_id"] == "36"


@pytest.mark.parametrize(("code", "language"), [("de", "3"), ("not_really_a_VALID-locale", None)])
def test_a_language_comes_by_its_locale(shop: Shop, code: str, language: str | None) -> None:
    """testClientLanguageCodeValidationTrue, testClientLanguageCodeIllegal."""
    assert shop.client(language_code=code)["settings"].get("language_id") == language
