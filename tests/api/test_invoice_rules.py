"""What an invoice must be like, and what it is given when it is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import TODAY, errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TOO_MUCH = 99999999999999 + 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": None}, "client_id"),
        ({"client_id": "zzz"}, "client_id"),
        ({"client_id": 1}, "client_id"),
        ({"discount": "much"}, "discount"),
        ({"discount": TOO_MUCH}, "discount"),
        ({"exchange_rate": "x"}, "exchange_rate"),
        ({"tax_rate1": "x"}, "tax_rate1"),
        ({"tax_name1": ["x"]}, "tax_name1"),
        ({"is_amount_discount": "perhaps"}, "is_amount_discount"),
        ({"documents": "x"}, "documents"),
        ({"invitations": "x"}, "invitations"),
        ({"invitations": [{}]}, "invitations.0.client_contact_id"),
        ({"partial": -1}, "partial"),
        ({"partial": "x"}, "partial"),
        ({"date": "not a day"}, "date"),
        ({"custom_surcharge1": "x"}, "custom_surcharge1"),
        ({"custom_surcharge4": TOO_MUCH}, "custom_surcharge4"),
        ({"location_id": "zzz"}, "location_id"),
        ({"line_items": [{"quantity": 1, "cost": TOO_MUCH}]}, "amount"),
        ({"line_items": [{"quantity": 10, "cost": 10**13}]}, "amount"),
    ],
)
def test_a_wrong_property_is_refused_on_create(shop: Shop, body: JSON, field: str) -> None:
    """R-VAL-1, testInvoiceMaxAmount: the sum of cost times quantity counts as the amount."""
    answer = shop.post("invoices", {"client_id": shop.client()["id"], **body})
    assert field in errors(answer)
    assert shop.stored("invoices") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": "Opnel5aKBz"}, "client_id"),
        ({"discount": "much"}, "discount"),
        ({"tax_rate2": "x"}, "tax_rate2"),
        ({"partial": "x"}, "partial"),
        ({"line_items": "x"}, "line_items"),
        ({"line_items": [{"quantity": 1, "cost": TOO_MUCH}]}, "amount"),
        ({"date": "2026-02-01", "due_date": "2026-01-01"}, "due_date"),
        ({"location_id": "zzz"}, "location_id"),
    ],
)
def test_a_wrong_property_is_refused_on_update(shop: Shop, body: JSON, field: str) -> None:
    """R-VAL-3, testInvoiceMaxAmount."""
    client = shop.client()
    invoice = shop.invoice(client)
    assert field in errors(shop.put(f"invoices/{invoice['id']}", body))
    assert shop.show(f"invoices/{invoice['id']}") == invoice


@pytest.mark.parametrize("flag", [True, False, 1, 0, "1", "0", "true", "false"])
def test_a_truth_value_comes_in_many_forms(shop: Shop, flag: Any) -> None:
    """R-VAL-1."""
    invoice = shop.invoice(shop.client(), is_amount_discount=flag)
    assert invoice["is_amount_discount"] is (flag in (True, 1, "1", "true"))


def test_a_project_needs_its_client(shop: Shop) -> None:
    """X-137, R-VAL-4."""
    assert shop.post("invoices", {"project_id": "VolejRejNm"}).status_code == 422
    client = shop.client()
    found = errors(shop.post("invoices", {"client_id": client["id"], "project_id": "VolejRejNm"}))
    assert found == {"project_id": ["Project client does not match entity client"]}


@pytest.mark.parametrize(
    ("dates", "fields"),
    [
        ({"partial_due_date": "2026-02-01", "due_date": "2026-01-20"}, {"partial_due_date", "due_date"}),
        ({"partial_due_date": "2026-01-01", "due_date": "2026-02-01"}, {"partial_due_date"}),
        ({"partial_due_date": "2026-01-20", "due_date": "2026-02-01"}, set()),
        ({"partial_due_date": "2026-01-16"}, set()),
    ],
)
def test_the_part_is_due_between_date_and_due_date(shop: Shop, dates: dict[str, str], fields: set[str]) -> None:
    """R-VAL-2: a due date that is missing follows from the payment terms."""
    client = shop.client(settings={"payment_terms": "30"})
    body = {"client_id": client["id"], "line_items": [{"quantity": 1, "cost": 100}], "partial": 5, **dates}
    answer = shop.post("invoices", body)
    if fields:
        assert fields <= set(errors(answer))
    else:
        wanted = {"due_date": "2026-02-14", **dates}
        assert part(wanted, record(answer)) == wanted


def test_a_plain_invoice_is_filled_in(shop: Shop) -> None:
    """R-VAL-1, R-VAL-8..10, R-CALC-18."""
    shop.settings(inclusive_taxes=True, invoice_design_id="Wpmbk5ezJn")
    client = shop.client(public_notes="Rear gate", settings={"currency_id": "1"})
    invoice = shop.invoice(client, public_notes="Front door", exchange_rate=7)
    wanted: JSON = {
        "date": TODAY,
        "due_date": "",
        "number": "0001",
        "public_notes": "Rear gate",
        "design_id": "Wpmbk5ezJn",
        "exchange_rate": 1,
        "uses_inclusive_taxes": True,
        "entity_type": "invoice",
        "user_id": shop.user()["id"],
    }
    assert part(wanted, invoice) == wanted
    assert shop.invoice(client, uses_inclusive_taxes=False)["uses_inclusive_taxes"] is False


def test_the_client_can_not_be_changed(shop: Shop) -> None:
    """R-VAL-3."""
    one, two = shop.client(), shop.client()
    invoice = shop.invoice(one)
    path = f"invoices/{invoice['id']}"
    assert record(shop.put(path, {"client_id": one["id"], "po_number": "1"}))["po_number"] == "1"
    assert list(errors(shop.put(path, {"client_id": two["id"]}))) == ["client_id"]


def test_a_location_must_be_one_of_the_client(shop: Shop) -> None:
    """5.12."""
    one, two = shop.client(), shop.client()
    location = shop.location(one)
    assert shop.invoice(one, location_id=location["id"])["location_id"] == location["id"]
    answer = shop.post("invoices", {"client_id": two["id"], "location_id": location["id"]})
    assert list(errors(answer)) == ["location_id"]


@pytest.mark.parametrize("text", ["2019/12/12", "12 December 2019", "2019-12-12 10:00:00"])
def test_dates_come_in_many_forms(shop: Shop, text: str) -> None:
    """R-WIRE-42."""
    invoice = shop.invoice(shop.client(), date=text)
    assert shop.show(f"invoices/{invoice['id']}")["date"] == "2019-12-12"


def test_a_part_is_kept_on_a_draft_and_bounded_once_sent(shop: Shop) -> None:
    """R-CALC-16."""
    client = shop.client()
    draft = shop.invoice(client, partial=500)
    assert draft["partial"] == 500
    sent = record(shop.put(f"invoices/{shop.sent(client)['id']}", {"partial": 500}))
    assert sent["partial"] == 100
    cleared = shop.invoice(client, partial=0, partial_due_date="2026-01-20")
    assert cleared["partial_due_date"] == ""
