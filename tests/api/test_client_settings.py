"""Settings of a client: completed with the company's currency, checked by type, unknown ones dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

EMPTY = ("website", "address1", "besr_id", "qr_iban", "custom_value1", "invoice_terms", "quote_footer", "credit_terms")
NULLS = dict.fromkeys(EMPTY)


@pytest.mark.parametrize("verb", ["create", "update"])
@pytest.mark.parametrize(
    ("settings", "currency"),
    [
        pytest.param([], "3", id="X-123 none"),
        pytest.param({}, "3", id="X-123 empty"),
        pytest.param({"currency_id": ""}, "3", id="X-123 blank testCurrencyStores2 testCurrencyStores5"),
        pytest.param({"currency_id": "2"}, "2", id="X-123 own testCurrencyStores7"),
        pytest.param({"currency_id": "1"}, "1", id="testCurrencyStores6"),
    ],
)
def test_a_client_without_currency_gets_that_of_the_company(
    shop: Shop, verb: str, settings: Any, currency: str
) -> None:
    """R-VAL-12, testCurrencyStores, testCurrencyStores8, testClientBaseline."""
    shop.settings(currency_id="3")
    if verb == "create":
        client = shop.client(settings=settings)
    else:
        client = record(shop.put(f"clients/{shop.client()['id']}", {"name": "N", "settings": settings}))
    assert client["settings"]["currency_id"] == currency


@pytest.mark.parametrize("verb", ["create", "update"])
@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            {"currency_id": "A"}, id="X-123 testClientIllegalCurrency testCurrencyStores3 testCurrencyStores4"
        ),
        pytest.param({"language_id": "a"}, id="testClientIllegalLanguage"),
        pytest.param({"payment_terms": "a"}, id="testClientIllegalPaymenTerms"),
        pytest.param({"valid_until": "a"}, id="testClientIllegalValidUntil"),
        pytest.param({"send_reminders": "faaalse"}, id="testClientIllegalSendReminderBool"),
    ],
)
def test_a_setting_of_a_wrong_type_is_refused(shop: Shop, verb: str, settings: JSON) -> None:
    """R-VAL-12."""
    body = {"name": "N", "settings": {"currency_id": "1", **settings}}
    answer = shop.post("clients", body) if verb == "create" else shop.put(f"clients/{shop.client()['id']}", body)
    found = errors(answer)
    assert list(found) == ["settings"]
    assert all(next(iter(settings)) in text for text in found["settings"])


def test_valid_settings_are_kept_in_their_types(shop: Shop) -> None:
    """testClientValidSettings; the first four keys are always there (R-VAL-12)."""
    sent = {
        "currency_id": "1",
        "language_id": "1",
        "payment_terms": "1",
        "valid_until": "1",
        "default_task_rate": 10,
        "send_reminders": True,
    }
    kept = shop.client(settings=sent)["settings"]
    assert list(kept)[:4] == ["entity", "industry_id", "size_id", "currency_id"]
    assert {name: kept[name] for name in sent} == sent


@pytest.mark.parametrize("flag", ["true", True, "1"])
def test_words_for_true_are_taken_and_an_odd_task_rate_too(shop: Shop, flag: Any) -> None:
    """testClientSettingBools, testClientIllegalDefaultTaskRate: a task rate that is no number counts as 0."""
    kept = shop.client(settings={"default_task_rate": "a", "send_reminders": flag})["settings"]
    assert (kept["send_reminders"], kept.get("default_task_rate", 0)) == (True, 0)


def test_nulls_and_unknown_settings_are_dropped(shop: Shop) -> None:
    """testIllegalPropertiesInClientSettings, testClientValidSettingsWithBadProps."""
    odd = {"translations": {"email": "x"}, "odd": 1}
    client = shop.client(settings={"currency_id": "43", "name": "frank", **odd, **NULLS})
    assert client["settings"]["name"] == "frank"
    assert odd.keys().isdisjoint(client["settings"])
    for body in ({"name": "white"}, {"name": "white", **NULLS}):
        changed = record(shop.put(f"clients/{client['id']}", {"settings": {"currency_id": "43", **body}}))
        assert changed["settings"]["name"] == "white"


@pytest.mark.parametrize("body", [{"name": "N"}, {"name": "N", "settings": None}])
def test_an_update_without_settings_keeps_them(shop: Shop, body: JSON) -> None:
    client = shop.client(settings={"payment_terms": "7"})
    assert record(shop.put(f"clients/{client['id']}", body))["settings"] == client["settings"]


def test_null_is_no_settings_on_create(shop: Shop) -> None:
    """5.12."""
    assert shop.client(settings=None)["settings"] == shop.client()["settings"]
