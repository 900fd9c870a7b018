"""Whether a record has what an electronic invoice needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import errors, record

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

COMPANY = {
    "address1": "1 Quay", "city": "Bremen", "state": "HB", "postal_code": "28195", "country_id": "276",
    "vat_number": "DE123456788", "classification": "business",
}  # fmt: skip
CLIENT: JSON = {
    "address1": "2 Quay", "city": "Ulm", "country_id": "276", "vat_number": "DE129273398",
    "contacts": [{"email": "ines@example.com"}],
}  # fmt: skip


def check(shop: Shop, entity: str, hashed: str) -> Response:
    return shop.post("einvoice/validateEntity", {"entity": entity, "entity_id": hashed})


def missing(answer: Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert body.pop("passes") is (answer.status_code == 200)
    return {kind: [each["field"] for each in listed] for kind, listed in body.items()}


def test_a_complete_company_passes(shop: Shop) -> None:
    """testEinvoiceValidationEndpoint."""
    hashed = shop.company()["id"]
    shop.settings(**COMPANY)
    assert (check(shop, "companies", hashed).json()) == {"passes": True, "company": []}
    shop.settings(**{**COMPANY, "classification": "individual", "id_number": "7", "vat_number": ""})
    assert check(shop, "companies", hashed).status_code == 200


def test_what_a_company_lacks_is_named(shop: Shop) -> None:
    shop.settings(**{**COMPANY, "state": " ", "vat_number": ""})
    answer = check(shop, "companies", shop.company()["id"])
    assert answer.status_code == 422
    assert answer.json()["company"] == [
        {"field": "state", "label": "State/Province"},
        {"field": "vat_number", "label": "VAT Number"},
    ]


def test_clients_need_an_address_a_tax_number_and_somebody_to_write_to(shop: Shop) -> None:
    good, bare = shop.client(**CLIENT), shop.client(country_id="276")
    person = shop.client(**{**CLIENT, "vat_number": "", "classification": "individual"})
    assert [check(shop, "clients", each["id"]).status_code for each in (good, person, bare)] == [200, 200, 422]
    assert missing(check(shop, "clients", bare["id"])) == {"client": ["address1", "city", "vat_number", "email"]}


def test_an_invoice_is_as_good_as_its_client_and_company(shop: Shop) -> None:
    """testEinvoiceValidationEndpointInvoice."""
    shop.settings(**COMPANY)
    good, bare = shop.invoice(shop.client(**CLIENT)), shop.invoice(shop.client(**{**CLIENT, "city": ""}))
    assert missing(check(shop, "invoices", good["id"])) == {"invoice": [], "client": [], "company": []}
    assert missing(check(shop, "invoices", bare["id"])) == {"invoice": [], "client": ["city"], "company": []}
    empty = shop.post("invoices", {"client_id": good["client_id"]}).json()["data"]
    assert missing(check(shop, "invoices", empty["id"]))["invoice"] == ["line_items"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["entity", "entity_id"]),
        ({"entity": "vendors", "entity_id": "VolejRejNm"}, ["entity"]),
        ({"entity": "clients", "entity_id": "Opnel5aKBz"}, ["entity_id"]),
        ({"entity": "clients", "entity_id": 7}, ["entity_id"]),
        ({"entity": ["clients"], "entity_id": "VolejRejNm"}, ["entity"]),
    ],
)
def test_the_record_must_exist(shop: Shop, body: JSON, fields: list[str]) -> None:
    assert list(errors(shop.post("einvoice/validateEntity", body))) == fields


def test_a_record_that_may_not_be_seen_is_refused(shop: Shop) -> None:
    client = shop.client(**CLIENT)
    assert check(shop.hire("create_all"), "clients", client["id"]).status_code == 401
    assert check(shop.found(), "clients", client["id"]).status_code == 401


PERIOD = {"Invoice": {"InvoicePeriod": [{"Description": "first day of this month|last day of this month"}]}}


@pytest.mark.parametrize("kind", ["invoices", "clients", "companies", "recurring_invoices"])
@pytest.mark.parametrize(
    ("section", "good"),
    [
        (PERIOD, True),
        ({}, True),
        (None, True),
        ({"Invoice": {"BuyerReference": "B-1", "InvoicePeriod": [{"StartDate": "2026-01-01"}]}}, True),
        ({"Invoice": "text"}, False),
        ({"Invoice": {"InvoicePeriod": [{"Description": "this month"}]}}, False),
        ({"Invoice": {"InvoicePeriod": [{"Description": "a|b|c"}]}}, False),
        ({"Invoice": {"InvoicePeriod": [{"Description": "a|"}]}}, False),
    ],
)
def test_the_section_of_a_record_is_checked_on_update(shop: Shop, kind: str, section: JSON | None, good: bool) -> None:
    """5.12."""
    client = shop.client()
    body: JSON = {"client_id": client["id"], "frequency_id": "5"} if "invoices" in kind else {}
    if kind == "companies":
        path = f"companies/{shop.company()['id']}"
    else:
        path = f"{kind}/{client['id'] if kind == 'clients' else record(shop.post(kind, body))['id']}"
    answer = shop.put(path, {**body, "e_invoice": section})
    assert answer.status_code == (200 if good else 422), answer
    if not good:
        assert list(errors(answer)) == ["e_invoice"]
