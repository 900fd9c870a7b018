"""Printed bills follow the settings of company, group and client (R-EP-13, R-CALC-18)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.api.shop import JSON, Shop, record, rows
from tests.derive.test_pdf import PIXEL
from tests.pdf_text import lines_of, pages_of, size_of, text_of

LINE = {"product_key": "W-1", "notes": "Widget", "cost": 1234.5, "quantity": 2.5, "tax_name1": "VAT", "tax_rate1": 7.7}


def pdf(shop: Shop, invoice: JSON) -> bytes:
    answer = shop.get(f"invoices/{invoice['id']}/download")
    assert answer.status_code == 200, answer
    return answer.content


def test_amounts_and_dates_are_written_as_in_the_clients_country(shop: Shop) -> None:
    shop.settings(date_format_id="11")
    german = shop.client(country_id="276", settings={"currency_id": "3"})
    lines = lines_of(pdf(shop, shop.sent(german, LINE)))
    assert "W-1 Widget 1.234,50 € 2,5 7,7% 3.086,25 €" in lines
    assert "VAT 7,7% 237,64 €" in lines
    assert "Invoice date 15.01.2026" in lines


def test_the_code_of_the_currency_replaces_its_sign(shop: Shop) -> None:
    shop.settings(show_currency_code=True)
    assert "Total 107.70 USD" in lines_of(pdf(shop, shop.sent(shop.client(), {**LINE, "cost": 100, "quantity": 1})))


def test_a_group_and_a_client_change_the_paper(shop: Shop) -> None:
    shop.settings(page_size="A4")
    settings = {"page_layout": "landscape", "page_size": "A5"}
    group = record(shop.post("group_settings", {"name": "Wide", "settings": settings}))
    in_group = shop.client(group_settings_id=group["id"], settings={"page_size": "letter", "currency_id": "1"})
    assert size_of(pdf(shop, shop.sent(in_group, LINE))) == (792, 612)
    assert size_of(pdf(shop, shop.sent(shop.client(), LINE))) == (595, 842)


def test_the_design_of_the_invoice_gives_its_look(shop: Shop) -> None:
    stock = {each["name"]: each["id"] for each in rows(shop.get("designs"))}
    made = {name: pdf(shop, shop.sent(shop.client(), LINE, design_id=stock[name])) for name in ("Plain", "Bold")}
    assert text_of(made["Plain"]).split() != []
    assert b"0.16078 0.54118 0.66667 rg" not in made["Plain"].replace(b"0.161 0.541 0.667 rg", b"")
    assert made["Plain"].count(b" re f") < made["Bold"].count(b" re f")


def test_a_design_of_the_company_is_filled_with_the_values_of_the_invoice(shop: Shop) -> None:
    body = "<h1>$entity $number</h1><p>$client.name, $view_link</p><table id='product-table'></table>"
    own = record(shop.post("designs", {"name": "Own", "design": {"body": body, "footer": "<i>$invoice.terms</i>"}}))
    invoice = shop.sent(shop.client(name="Zoë & Söhne"), LINE, number="7", terms="Net 30", design_id=own["id"])
    key = invoice["invitations"][0]["key"]
    text = text_of(shop.get(f"invoice/{key}/download").content)
    for part in ("Invoice 7", "Zoë & Söhne", f"/client/invoice/{key}", "W-1 Widget $1,234.50 2.5", "Net 30"):
        assert part in text.replace("\n", "")


def test_a_delivery_note_has_a_design_of_its_own(shop: Shop) -> None:
    invoice = shop.sent(shop.client(name="Zoe"), LINE, number="7")
    assert "Deliver to" in text_of(shop.get(f"invoices/{invoice['id']}/delivery_note").content)
    body = "<p>Goods of $number</p><table id='delivery-note-table'></table>"
    own = record(shop.post("designs", {"name": "Note", "design": {"body": body}}))
    shop.settings(delivery_note_design_id=own["id"])
    lines = lines_of(shop.get(f"invoices/{invoice['id']}/delivery_note").content)
    assert lines == ["Goods of 7", "Item Description Quantity", "W-1 Widget 2.5"]


def test_attached_pictures_are_printed_when_the_settings_say_so(shop: Shop) -> None:
    invoice = shop.sent(shop.client(), LINE)
    shop.attach(f"invoices/{invoice['id']}", "a.png", "b.txt", content=PIXEL)
    shop.attach(f"invoices/{invoice['id']}", "broken.png")
    assert len(pages_of(pdf(shop, invoice))) == 1
    shop.settings(embed_documents=True)
    assert len(pages_of(pdf(shop, invoice))) == 2


def test_the_electronic_invoice_goes_into_the_pdf_when_the_settings_say_so(shop: Shop) -> None:
    invoice = shop.sent(shop.client(), LINE, number="7")
    assert PdfReader(BytesIO(pdf(shop, invoice))).attachments == {}
    shop.settings(merge_e_invoice_to_pdf=True)
    content = pdf(shop, invoice)
    (found,) = PdfReader(BytesIO(content)).attachments.values()
    assert b"<cbc:ID>7</cbc:ID>" in found[0]
    assert pdf(shop, invoice) == content


def test_prints_of_several_number_the_pages_of_each(shop: Shop) -> None:
    client = shop.client()
    long, short = shop.sent(client, *[LINE] * 60, number="1"), shop.sent(client, LINE, number="2")
    body = {"action": "bulk_print", "ids": [short["id"], long["id"]]}
    found = pages_of(shop.post("invoices/bulk", body).content)
    assert ["Page 1 of 2" in found[0], "Page 2 of 2" in found[1], "Page" in found[2]] == [True, True, False]


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits", "purchase_orders"])
def test_each_kind_is_printed_by_id_by_key_and_in_bulk(shop: Shop, kind: str) -> None:
    vendor = record(shop.post("vendors", {"name": "Paint works"}))
    links: dict[str, Any] = {"vendor_id": vendor["id"]} if kind == "purchase_orders" else {}
    body = {"client_id": shop.client()["id"], **links, "line_items": [{**LINE, "notes": "Ein größeres Gerät №1"}]}
    made = record(shop.post(kind, {**body, "number": "X-1"}))
    key = made["invitations"][0]["key"]
    answers = (
        shop.get(f"{kind}/{made['id']}/download"),
        shop.get(f"{kind.removesuffix('s')}/{key}/download"),
        shop.post(f"{kind}/bulk", {"action": "bulk_print", "ids": [made["id"]]}),
    )
    for answer in answers:
        assert answer.headers["content-type"] == "application/pdf"
        text = text_of(answer.content)
        for part in ("X-1", "Ein größeres Gerät №1", "$3,086.25", "VAT 7.7% $237.64", "Total $3,323.89"):
            assert part in text
    zipped = shop.post(f"{kind}/bulk", {"action": "bulk_download", "ids": [made["id"]]})
    assert zipped.json() == {"message": "Successfully sent message"}


def test_a_bill_that_names_a_location_prints_its_address(shop: Shop) -> None:
    client = shop.client(address1="12 Quay Street", shipping_address1="Dock 3")
    office = shop.location(client, name="Office", address1="1 Tower", city="Oslo", country_id="578")
    store = shop.location(client, name="Store", address1="40 Dock Road", is_shipping_location=True)
    lines = lines_of(pdf(shop, shop.sent(client, LINE, location_id=office["id"])))
    assert {"1 Tower", "Oslo", "Norway"} <= set(lines)
    assert not {"12 Quay Street", "Dock 3", "Ship to"} & set(lines)
    invoice = shop.sent(client, LINE, location_id=store["id"])
    assert {"12 Quay Street", "Ship to", "40 Dock Road"} <= set(lines_of(pdf(shop, invoice)))
    note = lines_of(shop.get(f"invoices/{invoice['id']}/delivery_note").content)
    assert "40 Dock Road" in note
    assert "Dock 3" not in note


def test_a_logo_is_printed_until_it_is_removed(shop: Shop) -> None:
    own = shop.company()
    path = f"companies/{own['id']}"
    shop.call("PUT", path, files=[("company_logo", ("logo.png", PIXEL))])
    invoice = shop.sent(shop.client(), LINE)
    assert b"/Subtype /Image" in pdf(shop, invoice)
    without = {key: value for key, value in shop.company()["settings"].items() if key != "company_logo"}
    shop.put(path, {"settings": without})
    assert b"/Subtype /Image" not in pdf(shop, invoice)
