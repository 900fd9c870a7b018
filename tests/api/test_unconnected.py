"""Operations that need another service answer as an installation does that none is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

IBAN = "DE89370400440532013000"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "einvoice/quota"),
        ("GET", "einvoice/health_check"),
        ("POST", "einvoice/token/update"),
        ("POST", "einvoice/peppol/legal_entity"),
        ("POST", "einvoice/peppol/setup"),
        ("PUT", "einvoice/peppol/update"),
        ("DELETE", "einvoice/peppol/remove_additional_legal_identifier?country=AT&vat_number=ATU1"),
    ],
)
def test_the_e_invoice_network_wants_a_licence(shop: Shop, method: str, path: str) -> None:
    refused = shop.call(method, path, {} if method != "GET" else None)
    assert (refused.status_code, refused.json()["message"]) == (401, "This action is unauthorized.")


@pytest.mark.parametrize("path", ["postmark_webhook", "postmark_inbound_webhook", "brevo_webhook"])
def test_a_mail_service_without_the_secret_is_refused(shop: Shop, path: str) -> None:
    refused = shop.but(X_API_TOKEN=None).post(path, {"RecordType": "Delivery"})
    assert (refused.status_code, refused.json()) == (403, {"message": "Unauthorized"})


@pytest.mark.parametrize("path", ["yodlee/refresh", "yodlee/balance", "mailgun_webhook"])
def test_an_event_that_proves_nothing_is_taken_and_dropped(shop: Shop, path: str) -> None:
    assert shop.but(X_API_TOKEN=None).post(path, {"event": {}}).json() == {"message": "Success"}


def test_banks_are_listed_by_a_connected_provider_only(shop: Shop) -> None:
    refused = shop.get("nordigen/institutions")
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        "Not yet authenticated with Bank Integration service",
    )


def test_an_export_that_nobody_made_is_gone(shop: Shop) -> None:
    refused = shop.but(X_API_TOKEN=None).get("protected_download/9c1f0b52")
    assert (refused.status_code, refused.json()["message"]) == (404, "File no longer available")


def test_the_newest_version_is_a_plain_text(shop: Shop) -> None:
    answer = shop.post("self-update/check_version")
    assert (answer.status_code, answer.text) == (200, "5.12.28")


def test_payment_means_are_kept_in_the_company(shop: Shop) -> None:
    means = [{"code": "30", "iban": IBAN, "bic_swift": "COBADEFFXXX"}, {"code": "48", "card_type": "VISA"}]
    done = shop.post("einvoice/configurations", {"entity": "company", "payment_means": means})
    assert (done.status_code, done.text) == (200, "")
    branch = {"ID": {"value": "COBADEFFXXX"}}
    assert shop.post("companies/current").json()["data"]["e_invoice"]["Invoice"]["PaymentMeans"] == [
        {
            "PaymentMeansCode": {"value": "30"},
            "PayeeFinancialAccount": {"ID": {"value": IBAN}, "FinancialInstitutionBranch": branch},
        },
        {"PaymentMeansCode": {"value": "48"}, "CardAccount": {"NetworkID": {"value": "VISA"}}},
    ]


def test_a_wrong_means_of_payment_is_named(shop: Shop) -> None:
    means = [{"code": "30", "iban": "DE89"}, {"code": "73"}, {}]
    refused = shop.post("einvoice/configurations", {"payment_means": means})
    assert refused.json()["errors"] == {
        "entity": ["The entity field is required."],
        "payment_means.0.iban": ["The payment means.0.iban must be at least 15 characters."],
        "payment_means.1.code": ["The selected payment means.1.code is invalid."],
        "payment_means.2.code": ["The payment means.2.code field is required."],
    }
