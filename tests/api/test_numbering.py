"""Numbers come from patterns and counters, and are unique within a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def take(shop: Shop, client: JSON, count: int = 1) -> list[str]:
    return [shop.invoice(client)["number"] for _ in range(count)]


@pytest.mark.parametrize(
    ("settings", "numbers"),
    [
        pytest.param({"invoice_number_pattern": "test-{$counter}"}, ["test-0001", "test-0002"], id="X-107"),
        pytest.param({"counter_padding": 5, "invoice_number_counter": 7}, ["00007", "00008"], id="X-109 five"),
        pytest.param({"counter_padding": 10, "invoice_number_counter": 7}, ["0000000007"], id="X-109 ten"),
        pytest.param({"invoice_number_pattern": "test-", "invoice_number_counter": 100}, ["test-0100"], id="R-NUM-2"),
        pytest.param({"invoice_number_pattern": "{$year}-{$counter}"}, ["2026-0001"], id="R-NUM-3 year"),
        pytest.param({"invoice_number_pattern": "{$date:Y.m}/{$counter}"}, ["2026.01/0001"], id="R-NUM-3 date"),
        pytest.param({"invoice_number_pattern": "{$user_id}-{$counter}"}, ["01-0001"], id="R-NUM-3 user"),
        pytest.param({"invoice_number_pattern": "{$client_number}-{$counter}"}, ["0001-0001"], id="R-NUM-3 client"),
    ],
)
def test_a_number_follows_pattern_padding_and_counter(shop: Shop, settings: JSON, numbers: list[str]) -> None:
    shop.settings(**settings)
    assert take(shop, shop.client(), len(numbers)) == numbers


def test_clients_count_from_one(shop: Shop) -> None:
    """X-113; the stored counter is one ahead of the last number (R-NUM-4)."""
    assert [shop.client()["number"] for _ in range(2)] == ["0001", "0002"]
    assert shop.company()["settings"]["client_number_counter"] == 3


def test_daily_reset_starts_over_on_a_new_day(shop: Shop) -> None:
    """X-115, R-NUM-12: clients go on counting."""
    client = shop.client()
    shop.settings(invoice_number_pattern="{$date:Ymd}-{$counter}")
    assert take(shop, client, 4) == [f"20260115-000{n}" for n in (1, 2, 3, 4)]
    shop.settings(reset_counter_date="2026-01-15", reset_counter_frequency_id=1)
    shop.later(days=5)
    assert take(shop, client) == ["20260120-0001"]
    assert shop.company()["settings"]["reset_counter_date"] == "2026-01-16"
    assert shop.client()["number"] == "0002"


def test_a_counter_of_the_client_counts_for_each_client(shop: Shop) -> None:
    """R-NUM-3."""
    shop.settings(invoice_number_pattern="{$client_number}/{$client_counter}")
    one, two = shop.client(), shop.client()
    assert [take(shop, each)[0] for each in (one, one, two)] == ["0001/0001", "0001/0002", "0002/0001"]
    assert shop.company()["settings"]["invoice_number_counter"] == 1


@pytest.mark.parametrize("number", ["", None])
def test_an_empty_number_is_as_good_as_none(shop: Shop, number: str | None) -> None:
    """R-NUM-8."""
    assert shop.client(number=number)["number"] == "0001"
    assert shop.invoice(shop.client(), number=number)["number"] == "0001"


def test_a_number_can_wait_for_the_sending(shop: Shop) -> None:
    """R-NUM-7."""
    shop.settings(counter_number_applied="when_sent")
    client = shop.client()
    draft = shop.invoice(client)
    assert (draft["number"], shop.sent(client)["number"]) == ("", "0001")
    assert record(shop.get(f"invoices/{draft['id']}/mark_sent"))["number"] == "0002"


def test_a_client_may_have_its_own_pattern(shop: Shop) -> None:
    """R-NUM-6."""
    client = shop.client(settings={"invoice_number_pattern": "H-{$counter}", "counter_padding": 2})
    assert (take(shop, client), take(shop, shop.client())) == (["H-01"], ["0002"])
