"""Operations that need another service answer as an installation does that none is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.api.shop import PASSWORD

if TYPE_CHECKING:
    from tests.api.shop import Shop

IBAN = "DE89370400440532013000"
UPDATE_REFUSED = "There was a problem reaching the update server, please try again in a little while."


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


def test_there_is_no_update_to_install(shop: Shop) -> None:
    """R-EP-52; the password is asked for (R-AUTH-20)."""
    assert shop.post("self-update").status_code == 412
    refused = shop.post("self-update", headers=PASSWORD)
    assert (refused.status_code, refused.json()) == (410, {"message": UPDATE_REFUSED})


CONFIRM = {
    "Type": "SubscriptionConfirmation",
    "TopicArn": "arn:aws:sns:eu:1:t",
    "Token": "t",
    "SubscribeURL": "https://sns",
}
NOTE = {
    "Type": "Notification",
    "MessageId": "1",
    "TopicArn": "arn",
    "Message": "{}",
    "Timestamp": "t",
    "SigningCertURL": "u",
}


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({}, 400, "Unknown message type"),
        ({"Type": "Greeting"}, 400, "Unknown message type"),
        ({"Type": ["Notification"]}, 400, "Unknown message type"),
        ({**CONFIRM, "SubscribeURL": ""}, 400, "Missing SubscribeURL"),
        (CONFIRM, 400, "Failed to confirm subscription"),
        (NOTE, 400, "Missing Signature"),
        ({**NOTE, "Signature": "c2lnbmVk"}, 401, "Invalid signature"),
    ],
)
def test_amazon_can_not_be_asked_whether_a_message_is_its_own(
    shop: Shop, body: dict[str, Any], status: int, error: str
) -> None:
    refused = shop.but(X_API_TOKEN=None).post("sns_webhook", body)
    assert (refused.status_code, refused.json()) == (status, {"error": error})


@pytest.mark.parametrize(
    "text", ["bitcoin:bc1qexample?amount=0.0012", "Größe 漢字", pytest.param("x" * 2000, id="long")]
)
def test_a_text_is_drawn_as_a_qr_code(shop: Shop, text: str) -> None:
    """A square of 150 pixels; the three corners of each code are in it."""
    answer = shop.but(X_API_TOKEN=None).get("get-blockonomics-qr-code", qr_string=text)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    picture = ET.fromstring(answer.content)
    assert (picture.tag.rpartition("}")[2], picture.get("width"), picture.get("height")) == ("svg", "150", "150")
    other = shop.get("get-blockonomics-qr-code", qr_string=f"{text}.").content
    assert answer.content not in (other, b"")


@pytest.mark.parametrize("params", [{}, {"qr_string": ""}, pytest.param({"qr_string": "x" * 3000}, id="long")])
def test_a_text_that_fits_no_qr_code_is_refused(shop: Shop, params: dict[str, str]) -> None:
    refused = shop.get("get-blockonomics-qr-code", **params)
    assert (refused.status_code, refused.json()) == (400, {"message": "The text can't be shown as a QR code."})


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
