"""Properties and settings of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"


def change(shop: Shop, **fields: Any) -> JSON:
    return record(shop.put(f"companies/{shop.company()['id']}", fields))


def test_properties_and_settings_are_changed(shop: Shop) -> None:
    """R-EP-27."""
    own = shop.company()
    changed = change(shop, default_password_timeout=60000, settings={**own["settings"], "payment_terms": "14"})
    assert (changed["default_password_timeout"], changed["settings"]["payment_terms"]) == (60000, "14")
    assert changed["settings"]["name"] == own["settings"]["name"]
    assert change(shop, session_timeout=-5)["session_timeout"] == 0


@pytest.mark.parametrize("settings", ["x", {"currency_id": "A"}, {"send_reminders": "x"}, {"classification": ["x"]}])
def test_wrong_settings_are_refused(shop: Shop, settings: Any) -> None:
    """R-EP-27, testCompanyValidationClassification."""
    company = shop.company()
    assert list(errors(shop.put(f"companies/{company['id']}", {"settings": settings}))) == ["settings"]
    assert list(errors(shop.post("companies", {"settings": settings}))) == ["settings"]
    assert shop.company() == company


@pytest.mark.parametrize(("sent", "kept"), [("company", "company"), ("", ""), (None, "")])
def test_a_company_has_a_classification(shop: Shop, sent: str | None, kept: str) -> None:
    """testCompanyClassification, testCompanyValidation2Classification."""
    assert shop.settings(classification=sent)["classification"] == kept


def test_automatic_taxes_clear_the_default_ones(shop: Shop) -> None:
    """5.12."""
    shop.settings(tax_name1="VAT", tax_rate1=20)
    changed = change(shop, calculate_taxes=True)
    assert (changed["settings"]["tax_name1"], changed["settings"]["tax_rate1"]) == ("", 0)
    assert (changed["enabled_tax_rates"], changed["enabled_item_tax_rates"]) == (0, 1)


def test_a_logo_is_kept_until_settings_come_without_it(shop: Shop) -> None:
    """R-EP-27."""
    own = shop.company()
    path = f"companies/{own['id']}"
    answer = shop.call("POST", path, data={"_method": "PUT"}, files=[("company_logo", ("logo.png", PNG))])
    assert record(answer)["settings"]["company_logo"].endswith(f"/{path}/logo")
    logo = shop.get(f"{path}/logo")
    assert (logo.content, logo.headers["content-type"]) == (PNG, "image/png")
    kept = change(shop, settings=shop.company()["settings"])
    assert kept["settings"]["company_logo"]
    assert change(shop, settings={"name": "N"})["settings"]["company_logo"] == ""
