"""Companies of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import PASSWORD, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"


def change(shop: Shop, **fields: Any) -> JSON:
    return record(shop.put(f"companies/{shop.company()['id']}", fields))


def test_a_new_company_comes_with_a_link_and_a_token(shop: Shop) -> None:
    """R-EP-27."""
    answer = shop.post("companies", {"name": "Quay Ltd"})
    link = rows(answer)[0]
    assert (len(rows(answer)), link["is_owner"], link["is_admin"]) == (1, True, True)
    assert link["company"]["settings"]["name"] == "Quay Ltd"
    theirs = shop.but(X_API_TOKEN=link["token"]["token"])
    assert theirs.company()["id"] == link["company"]["id"] != shop.company()["id"]
    assert len(link["company"]["company_key"]) == 32
    assert rows(shop.post("companies"))[0]["company"]["settings"]["name"] == "Untitled Company"


def test_the_list_holds_all_companies_of_the_account(shop: Shop) -> None:
    """R-EP-27."""
    other = shop.found()
    both = [shop.company()["id"], other.company()["id"]]
    assert shop.ids("companies") == other.ids("companies") == both


def test_an_account_holds_ten_companies(shop: Shop) -> None:
    """5.12."""
    for _ in range(9):
        assert shop.post("companies").status_code == 200
    assert list(errors(shop.post("companies"))) == ["name"]


def test_another_company_can_become_the_default(shop: Shop) -> None:
    """R-EP-27."""
    other = shop.found()
    first, second = shop.company()["id"], other.company()["id"]

    def default() -> str:
        account: JSON = shop.show(f"companies/{first}", include="account")["account"]
        return str(account["default_company_id"])

    assert default() == first
    assert record(other.post(f"companies/{second}/default"))["id"] == second
    assert default() == second


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


def test_a_removed_company_takes_its_token_along(shop: Shop) -> None:
    """R-LIFE-27."""
    other = shop.found()
    other.client()
    path = f"companies/{other.company()['id']}"
    assert other.delete(path).status_code == 412
    answer = other.delete(path, headers=PASSWORD)
    assert (answer.status_code, answer.json()) == (200, {"message": "Success"})
    assert other.get("ping").status_code == 403
    assert len(shop.ids("companies")) == 1
    assert len(rows(shop.post("refresh"))) == 1


def test_a_purge_of_the_records_keeps_the_company(shop: Shop) -> None:
    shop.invoice(shop.client())
    path = f"companies/purge_save_settings/{shop.company()['id']}"
    assert shop.post(path, headers=PASSWORD).status_code == 200
    assert shop.ids("clients") == shop.ids("invoices") == []
    assert (shop.client()["number"], shop.get("ping").status_code) == ("0001", 200)
