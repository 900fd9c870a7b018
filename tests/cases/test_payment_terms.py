"""Payment terms: the days until which an invoice is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_the_name_of_a_term_tells_its_days(shop: Shop) -> None:
    """testPostPaymentTerm, testPaymentTermsGet."""
    made = record(shop.post("payment_terms", {"num_days": 50}))
    assert (made["num_days"], made["name"]) == (50, "Net 50")
    assert 50 in [each["num_days"] for each in rows(shop.get("payment_terms", per_page=100))]
