"""What a vendor is: one of the kinds that the service knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_vendor_may_be_an_individual(shop: Shop) -> None:
    """testVendorClassification."""
    made = record(shop.post("vendors", {"name": "Personal Company", "classification": "individual"}))
    assert made["classification"] == "individual"


def test_a_vendor_of_an_unknown_kind_is_refused(shop: Shop) -> None:
    """testVendorValidationClassification."""
    body = {"name": "Personal Company", "classification": "this_is_not_validated"}
    assert list(errors(shop.post("vendors", body))) == ["classification"]
    assert shop.ids("vendors") == []


def test_a_vendor_becomes_a_company(shop: Shop, vendor: JSON) -> None:
    """testVendorValidation2Classification."""
    assert record(shop.put(f"vendors/{vendor['id']}", {**vendor, "classification": "company"}))["classification"] == (
        "company"
    )


def test_a_vendor_does_not_become_what_is_unknown(shop: Shop, vendor: JSON) -> None:
    """testVendorValidation3Classification."""
    body = {**vendor, "classification": "this_is_not_validated"}
    assert list(errors(shop.put(f"vendors/{vendor['id']}", body))) == ["classification"]
    assert shop.show(f"vendors/{vendor['id']}") == vendor
