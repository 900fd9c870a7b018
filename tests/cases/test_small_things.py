"""Cases of one call: who is there, mails of templates that do not exist, tax rates that go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_ping_names_company_and_user(shop: Shop) -> None:
    """X-163."""
    answer = shop.get("ping")
    assert answer.status_code == 200
    assert set(answer.json()) == {"company_name", "user_name"}


def test_a_template_that_does_not_exist_is_refused(shop: Shop, client: JSON) -> None:
    """X-161, R-EP-21."""
    body = {"template": "not_a_template", "entity": "invoice", "entity_id": shop.invoice(client)["id"]}
    assert list(errors(shop.post("emails", body))) == ["template"]


def test_stored_payment_methods_are_for_administrators(shop: Shop) -> None:
    """The last call of testRestrictedUserRoute: a browser gets 403, a program 401 (R-EP-18)."""
    clerk = shop.hire("nothing_at_all")
    statuses = [each.get("client_gateway_tokens").status_code for each in (clerk.but(X_Requested_With=None), clerk)]
    assert statuses == [403, 401]


def test_archiving_a_default_tax_takes_it_from_the_company(shop: Shop) -> None:
    """X-155, R-LIFE-24."""
    made = record(shop.post("tax_rates", {"name": "nastytax1", "rate": 10}))
    shop.settings(tax_name1="nastytax1", tax_rate1=10)
    rows(shop.post("tax_rates/bulk?action=archive", {"ids": [made["id"]]}))
    settings = shop.company()["settings"]
    assert (settings["tax_name1"], settings["tax_rate1"]) == ("", 0)
