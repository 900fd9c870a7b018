"""Previews of designs and of documents that are not stored (R-EP-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import JSON, Shop, errors, record
from tests.pdf_text import lines_of, text_of

if TYPE_CHECKING:
    from mockserver.inprocess import Response

LINE = {"product_key": "PAINT", "notes": "Blue paint", "cost": 12.5, "quantity": 2, "tax_name1": "VAT", "tax_rate1": 20}
DESIGN = {"name": "Draft", "design": {"body": "<h1>No $invoice.number</h1><p>$client.name pays $amount</p>"}}
KINDS = ("invoice", "quote", "credit", "recurring_invoice")


def lines(response: Response) -> list[str]:
    assert response.status_code == 200, response
    assert response.headers["content-type"] == "application/pdf"
    return lines_of(response.content)


def everything(shop: Shop) -> list[list[JSON]]:
    names = ("invoices", "quotes", "credits", "purchase_orders", "recurring_invoices", "activities", "designs")
    return [shop.stored(name) for name in names]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_shown_with_its_totals_and_not_stored(shop: Shop, kind: str) -> None:
    client = shop.client(name="Harbour & Sons")
    before = everything(shop)
    body = {"entity": kind, "client_id": client["id"], "line_items": [LINE], "discount": 5, "is_amount_discount": True}
    shown = lines(shop.post("live_preview", body))
    for line in ("Harbour & Sons", "PAINT Blue paint $12.50 2 20% $25.00", "Discount -$5.00", "VAT 20% $4.00"):
        assert line in shown
    assert "Total $24.00" in shown
    assert everything(shop) == before


def test_number_is_that_of_the_body_or_made_up(shop: Shop) -> None:
    body = {"client_id": shop.client()["id"], "line_items": [LINE]}
    assert "Invoice number Live Preview #1" in lines(shop.post("live_preview", body))
    assert "Invoice number X-7" in lines(shop.post("live_preview", {**body, "number": "X-7"}))


def test_stored_document_is_changed_for_the_preview_only(shop: Shop) -> None:
    client = shop.client()
    invoice = shop.sent(client, {"quantity": 1, "cost": 100}, number="INV-1", public_notes="Old")
    body = {"entity": "invoice", "entity_id": invoice["id"], "client_id": client["id"]}
    assert "Total $100.00" in lines(shop.post("live_preview", body))
    shown = lines(shop.post("live_preview", {**body, "line_items": [LINE], "public_notes": "New"}))
    assert {"Invoice number INV-1", "Total $30.00", "New"} <= set(shown)
    assert shop.show(f"invoices/{invoice['id']}")["amount"] == 100


def test_defaults_of_a_new_document_are_filled(shop: Shop) -> None:
    shop.settings(invoice_terms="Pay soon", quote_terms="Think soon", invoice_footer="Bank")
    client = shop.client()
    assert {"Pay soon", "Bank"} <= set(lines(shop.post("live_preview", {"client_id": client["id"]})))
    assert "Think soon" in lines(shop.post("live_preview", {"entity": "quote", "client_id": client["id"]}))


def test_html_is_answered_when_it_is_asked_for(shop: Shop) -> None:
    body = {"client_id": shop.client(name="A <b>& C")["id"], "line_items": [LINE]}
    answer = shop.post("live_preview?html=true", body)
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "$25.00" in answer.text
    assert "<td>Total</td><td class=R>$30.00</td>" in answer.text


def test_preview_goes_to_the_contact_of_the_invitation(shop: Shop) -> None:
    people = [{"first_name": "Ann", "email": "ann@example.com"}, {"first_name": "Ben", "email": "ben@example.com"}]
    client = shop.client(contacts=people)
    body = {"client_id": client["id"], "invitations": [{"client_contact_id": client["contacts"][1]["id"]}]}
    shown = lines(shop.post("live_preview", body))
    assert "ben@example.com" in shown
    assert "ann@example.com" not in shown


def test_design_of_the_body_is_used(shop: Shop) -> None:
    own = record(shop.post("designs", DESIGN))
    body = {"client_id": shop.client(name="Zoe")["id"], "line_items": [LINE], "number": "7", "design_id": own["id"]}
    shown = lines(shop.post("live_preview", body))
    assert shown == ["No 7", "Zoe pays $30.00"]


def test_wrong_input_for_a_document_is_refused(shop: Shop) -> None:
    client = shop.client()
    assert errors(shop.post("live_preview", {"entity": "zebra"})) == {
        "entity": ["The selected entity is invalid."],
        "client_id": ["The client id field is required."],
    }
    gone = shop.invoice(client)
    shop.delete(f"invoices/{gone['id']}")
    for hashed in (gone["id"], "nothing", shop.client()["id"] + "x"):
        body = {"client_id": client["id"], "entity_id": hashed}
        assert errors(shop.post("live_preview", body)) == {"entity_id": ["The selected entity id is invalid."]}
    shop.delete(f"clients/{client['id']}")
    wanted = {"client_id": ["The selected client id is invalid."]}
    assert errors(shop.post("live_preview", {"client_id": client["id"]})) == wanted
    assert errors(shop.found().post("live_preview", {"client_id": shop.client()["id"]})) == wanted


@pytest.mark.parametrize(
    "fields",
    [
        {"discount": "x", "partial": [1], "date": "soon", "due_date": 7},
        {"exchange_rate": {}, "terms": 5, "public_notes": ["a"], "uses_inclusive_taxes": "maybe"},
        {"custom_surcharge1": 1e300, "tax_rate1": "1e999", "tax_name1": 3, "po_number": True, "number": None},
        {"invitations": "x", "design_id": "nothing", "assigned_user_id": 7, "custom_value1": {}, "location_id": "x"},
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_fields_that_can_not_be_read_count_as_not_sent(shop: Shop, fields: dict[str, Any], kind: str) -> None:
    body = {"client_id": shop.client()["id"], "entity": kind, "line_items": [LINE], **fields}
    assert any(line.startswith("Subtotal $25.00") for line in lines(shop.post("live_preview", body)))


def test_preview_needs_the_right_to_create(shop: Shop) -> None:
    body = {"client_id": shop.client()["id"], "line_items": "x"}
    clerk = shop.hire("create_quote,view_client")
    assert clerk.post("live_preview", {**body, "line_items": []}).status_code == 401
    assert clerk.post("live_preview", {**body, "line_items": [], "entity": "quote"}).status_code == 200
    assert clerk.post("live_design", {"entity_type": "invoice", "settings_type": "company"}).status_code == 401


def test_purchase_order_is_shown(shop: Shop) -> None:
    vendor = record(shop.post("vendors", {"name": "Paint works", "currency_id": "3"}))
    body = {"vendor_id": vendor["id"], "line_items": [LINE], "public_notes": "Ring"}
    shown = lines(shop.post("live_preview/purchase_order", body))
    for line in ("Purchase order number Live Preview #1", "Vendor", "Paint works", "Total €30.00", "Ring"):
        assert line in shown
    assert errors(shop.post("live_preview/purchase_order", {})) == {"vendor_id": ["The vendor id field is required."]}
    shop.post("vendors/bulk", {"action": "delete", "ids": [vendor["id"]]})
    wanted = {"vendor_id": ["The selected vendor id is invalid."]}
    assert errors(shop.post("live_preview/purchase_order", body)) == wanted


# designs -------------------------------------------------------------------------------------------------------------


def test_design_is_shown_with_samples_or_with_the_record(shop: Shop) -> None:
    invoice = shop.sent(shop.client(name="Zoe"), {"quantity": 1, "cost": 40}, number="INV-9")
    named = {"design": DESIGN, "entity": "invoice", "entity_id": invoice["id"]}
    assert lines(shop.post("preview", {"design": DESIGN})) == ["No 0001", "Sample & Sons pays $462.50"]
    assert lines(shop.post("preview", {**named, "body": ""})) == ["No INV-9", "Zoe pays $40.00"]
    assert lines(shop.post("preview", named))[0] == "No 0001"  # without `body` the record is not taken
    assert lines(shop.post("preview", {**named, "body": "", "entity_id": "nothing"}))[0] == "No 0001"


def test_parts_stand_in_the_order_of_the_page_and_places_are_filled(shop: Shop) -> None:
    parts = {
        "includes": "<style>p { color: red }</style>",
        "header": "<h1>$company.name</h1><div id='client-details'></div>",
        "body": '<table id="product-table"></table><div id="table-totals"></div>$unknown $invoice.due_date_label',
        "footer": "<p>$entity_footer</p>",
    }
    shop.settings(name="Acme Works")
    html = shop.post("preview?html=true", {"design": {"design": parts}}).text
    assert html.index("<style>") < html.index("Acme Works") < html.index("SAMPLE-1") < html.index("A line at the foot.")
    shown = lines(shop.post("preview", {"design": {"design": parts}}))
    assert shown[:2] == ["Acme Works", "Sample & Sons"]
    assert "SAMPLE-1 A sample product $100.00 2 $200.00" in shown
    assert "Balance due $462.50" in shown
    assert "$unknown" in " ".join(shown)
    assert "color" not in " ".join(shown)


def test_values_can_not_break_the_page(shop: Shop) -> None:
    invoice = shop.sent(shop.client(name="<script>alert</script> & Sons"))
    named = {"design": DESIGN, "entity": "invoice", "entity_id": invoice["id"], "body": ""}
    html = shop.post("preview?html=true", named).text
    assert "<script>" not in html
    assert "& Sons" in "\n".join(lines(shop.post("preview", named)))


@pytest.mark.parametrize(
    "design", [None, "x", [], {}, {"name": "x"}, {"design": "x"}, {"design": ["x"]}, {"design": None}]
)
@pytest.mark.parametrize("path", ["preview", "preview/purchase_order"])
def test_broken_design_is_refused(shop: Shop, path: str, design: Any) -> None:
    answer = shop.post(path, {"design": design})
    assert (answer.status_code, answer.json()) == (400, {"message": "Invalid custom design object"})


def test_template_code_is_checked(shop: Shop) -> None:
    field = "design.design.body"
    broken = errors(shop.post("preview", {"design": {"design": {"body": "{% for x in %}", "is_template": True}}}))
    assert broken[field][0].startswith(f"The {field} is not a template that can be read: ")
    missing = errors(shop.post("preview", {"design": {"design": {"is_template": True}}}))
    assert missing == {field: [f"The {field} field is required when design.design.is_template is true."]}
    wrong = errors(shop.post("preview", {"design": {"design": {"body": ["x"], "header": 5}}}))
    assert field in wrong


@pytest.mark.parametrize(
    "text",
    ["<", "<![x", "<table><tr><td", "</table></p>", "<p " * 3000, "<td>x<tr>y", "&#xD800;&#0;", "<!--"],
    ids=range(8),
)
def test_odd_html_is_no_error(shop: Shop, text: str) -> None:
    assert shop.post("preview", {"design": {"design": {"body": text}}}).status_code == 200


def test_design_of_purchase_orders_is_shown(shop: Shop) -> None:
    vendor = record(shop.post("vendors", {"name": "Paint works"}))
    order = record(shop.post("purchase_orders", {"vendor_id": vendor["id"], "line_items": [LINE], "number": "PO-5"}))
    design = {"design": {"body": "<p>$purchase_order.number to $vendor.name: $total</p>"}}
    body = {"design": design, "entity": "purchase_order", "_id": 1, "": "", "body": "", "entity_id": order["id"]}
    assert lines(shop.post("preview/purchase_order", body)) == ["PO-5 to Paint works: $30.00"]


# settings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("invoice", "Invoice"),
        ("quote", "Quote"),
        ("credit", "Credit"),
        ("purchase_order", "Purchase order"),
        ("statement", "Statement"),
        ("payment_receipt", "Payment receipt"),
        ("payment_refund", "Refund receipt"),
        ("delivery_note", "Delivery note"),
    ],
)
def test_settings_are_tried_on_a_sample_of_each_kind(shop: Shop, kind: str, title: str) -> None:
    settings = {"name": "Neu GmbH", "currency_id": "3", "country_id": "276", "date_format_id": "11"}
    before = everything(shop)
    body = {"entity_type": kind, "settings_type": "company", "settings": settings}
    answer = shop.post("live_design", body)
    text = text_of(answer.content)
    assert title in text
    assert "Neu GmbH" in text
    assert "15.01.2026" in text
    assert ("€" in text) == (kind != "delivery_note")
    assert everything(shop) == before
    assert shop.company()["settings"]["name"] != "Neu GmbH"
    assert shop.post("live_design?html=true", body).text.startswith("<!DOCTYPE html>")


def test_settings_of_a_client_and_group_are_the_start(shop: Shop) -> None:
    client = shop.client(settings={"currency_id": "3"})
    group = record(shop.post("group_settings", {"name": "G", "settings": {"currency_id": "2"}}))
    body = {"entity_type": "invoice", "settings_type": "client", "client_id": client["id"]}
    assert "€" in text_of(shop.post("live_design", body).content)
    body = {"entity_type": "invoice", "settings_type": "group", "group_id": group["id"]}
    assert "£" in text_of(shop.post("live_design", body).content)
    body["group_id"] = "nothing"
    assert errors(shop.post("live_design", body)) == {"group_id": ["The selected group id is invalid."]}


def test_wrong_input_for_settings_is_refused(shop: Shop) -> None:
    assert errors(shop.post("live_design", {})) == {
        "entity_type": ["The entity type field is required."],
        "settings_type": ["The settings type field is required."],
    }
    body = {"entity_type": "invoice", "settings_type": "company", "settings": {"page_numbering": "maybe"}}
    assert errors(shop.post("live_design", body)) == {"settings": ["page_numbering is not a valid boolean"]}
    body = {"entity_type": "invoice", "settings_type": "company", "design": {"design": 5}}
    assert shop.post("live_design", body).status_code == 400


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("statement", "<p>$client.name owes $closing_balance</p>"),
        ("payment_receipt", "<p>$client.name paid $payment.amount for $invoices</p>"),
        ("quote", "<p>$client.name, quote $quote.number</p>"),
    ],
)
def test_design_is_tried_on_a_sample_of_each_kind(shop: Shop, kind: str, text: str) -> None:
    body = {"entity_type": kind, "settings_type": "company", "design": {"design": {"body": text}}}
    (line,) = lines(shop.post("live_design", body))
    assert line.startswith("Sample & Sons")
    assert "$" not in line.replace("$362.50", "").replace("$100.00", "")
