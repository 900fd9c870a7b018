"""What a client must be like, and what it is given when it is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_client_needs_nothing(shop: Shop) -> None:
    """testClientPost, testClientGet, testClientNoneValidation, testClientNullValidation.

    R-VAL-11: its name may be that of its first contact.
    """
    client = record(shop.post("clients", {}))
    assert (client["name"], client["display_name"], len(client["client_hash"])) == ("", "", 40)
    named = shop.client(name="", contacts=[{"first_name": "Ines", "last_name": "M", "email": "i@example.com"}])
    reached = shop.client(name="", contacts=[{"email": "j@example.com"}])
    assert [each["display_name"] for each in (named, reached)] == ["Ines M", "j@example.com"]


def test_markup_leaves_the_name(shop: Shop) -> None:
    """R-VAL-11."""
    assert shop.client(name="<b>Har</b>bour")["name"] == "Harbour"


@pytest.mark.parametrize("word", ["individual", "business", "government", "other", "", None])
def test_a_classification_of_the_list_is_kept(shop: Shop, word: str | None) -> None:
    """testClientClassification, testValidation2Classification."""
    client = shop.client(name="Personal Company", classification=word)
    assert client["classification"] == (word or "")
    changed = record(shop.put(f"clients/{client['id']}", {"classification": "business"}))
    assert changed["classification"] == "business"


def test_another_classification_is_refused(shop: Shop) -> None:
    """testValidationClassification, testValidation3Classification."""
    body = {"name": "Personal Company", "classification": "this_is_not_validated"}
    refusal = {"classification": ["The selected classification is invalid."]}
    assert errors(shop.post("clients", body)) == refusal
    assert errors(shop.put(f"clients/{shop.client()['id']}", body)) == refusal


def test_sums_and_state_can_not_be_written(shop: Shop) -> None:
    """R-VAL-26; unknown properties are ignored as well."""
    sent = {"balance": 5, "paid_to_date": 5, "credit_balance": 5, "payment_balance": 5, "is_deleted": True, "nope": 1}
    wanted: JSON = {**dict.fromkeys(sent, 0), "is_deleted": False}
    del wanted["nope"]
    client = shop.client(**sent)
    assert part(wanted, client) == wanted
    assert "nope" not in client
    assert part(wanted, record(shop.put(f"clients/{client['id']}", sent))) == wanted


@pytest.mark.parametrize("field", ["custom_value1", "custom_value4"])
def test_custom_values_are_no_lists(shop: Shop, field: str) -> None:
    """5.12."""
    assert list(errors(shop.post("clients", {field: ["a"]}))) == [field]
    assert list(errors(shop.put(f"clients/{shop.client()['id']}", {field: ["a"]}))) == [field]


def test_text_is_trimmed(shop: Shop) -> None:
    """R-WIRE-49."""
    client = shop.client(name="  Quay  ", city="   ")
    assert (client["name"], client["city"]) == ("Quay", "")
