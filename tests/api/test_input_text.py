"""How texts, numbers and ids in a request are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_ids_are_hashed_and_count_for_each_kind(shop: Shop) -> None:
    """R-WIRE-45, R-WIRE-46."""
    first = ["VolejRejNm", "Wpmbk5ezJn", "Opnel5aKBz"]
    assert [shop.product()["id"] for _ in range(3)] == first
    assert [shop.client()["id"] for _ in range(3)] == first


def test_absent_links_and_texts_are_empty_and_objects_stay_objects(shop: Shop) -> None:
    """R-WIRE-41, R-WIRE-43, R-WIRE-44."""
    client = shop.client()
    wanted: JSON = {"assigned_user_id": "", "group_settings_id": "", "phone": "", "size_id": "", "archived_at": 0}
    assert part(wanted, client) == wanted
    assert (client["tax_info"], client["e_invoice"]) == ({}, {})
    invoice = record(shop.post("invoices", {"client_id": client["id"]}))
    wanted = {"project_id": "", "recurring_id": "", "due_date": "", "line_items": [], "documents": [], "tax_info": {}}
    assert part(wanted, invoice) == wanted
    assert not [name for name, value in {**client, **invoice}.items() if value is None]


def test_texts_are_trimmed_and_empty_ones_count_as_none(shop: Shop) -> None:
    """R-WIRE-49."""
    product = shop.product(product_key="  W 1\n", notes=" \t ", custom_value1="\u00a0x")
    assert (product["product_key"], product["notes"]) == ("W 1", "")
    changed = record(shop.put(f"products/{product['id']}", {"product_key": ""}))
    assert changed["product_key"] == ""


@pytest.mark.parametrize(
    ("text", "paid"),
    [("10", 10), ("10.5", 10.5), ("10,5", 10.5), ("1.000,50", 1000.5), ("1,000.50", 1000.5), ("$12", 12)],
)
def test_amounts_in_words_of_several_countries(shop: Shop, text: str, paid: float) -> None:
    """R-WIRE-54."""
    client = shop.client()
    body = {"client_id": client["id"], "line_items": [{"quantity": 1, "cost": 5000}], "amount_paid": text}
    assert record(shop.post("invoices", body))["paid_to_date"] == paid


def test_numbers_stand_in_for_texts_and_flags(shop: Shop) -> None:
    """testCloneItemSanityInvoice: what older clients send."""
    body = {
        "client_id": shop.client()["id"],
        "status_id": 1,
        "number": "",
        "discount": 0,
        "is_amount_discount": 1,
        "po_number": 3434343,
        "public_notes": "notes",
        "is_deleted": 0,
        "custom_value1": 0,
        "custom_value4": 7.5,
        "line_items": [{"cost": 10, "quantity": 1}, {"cost": 10, "quantity": 1}],
    }
    invoice = record(shop.post("invoices?mark_sent=true", body))
    wanted: JSON = {"po_number": "3434343", "custom_value1": "0", "custom_value4": "7.5", "is_amount_discount": True}
    assert part(wanted, invoice) == wanted
    assert (len(invoice["line_items"]), invoice["balance"]) == (2, 20)


def test_secrets_of_a_company_are_masked_and_a_mask_keeps_them(shop: Shop) -> None:
    """R-WIRE-51."""
    path = f"companies/{shop.company()['id']}"
    company = record(shop.put(path, {"smtp_password": "s3cret", "settings": {"postmark_secret": "abc-123"}}))
    for answer in (company, record(shop.put(path, company)), shop.company()):
        assert (answer["smtp_password"], answer["settings"]["postmark_secret"]) == ("********", "********")
    kept = shop.stored("companies")[0]
    assert (kept["smtp_password"], kept["settings"]["postmark_secret"]) == ("s3cret", "abc-123")
