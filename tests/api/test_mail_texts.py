"""E-mail templates filled from a record (R-EP-23)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.shop import JSON, Shop, errors, record


def filled(shop: Shop, **body: Any) -> JSON:
    answer = shop.post("templates", body)
    assert answer.status_code == 200, answer
    found: JSON = answer.json()
    assert sorted(found) == ["body", "raw_body", "raw_subject", "subject", "wrapper"]
    return found


@pytest.fixture
def invoice(shop: Shop) -> JSON:
    shop.settings(name="Acme Works", date_format_id="8")
    person = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com"}
    client = shop.client(name="Bright & Sons", contacts=[person])
    return shop.sent(client, {"quantity": 2, "cost": 50}, number="INV-7", due_date="2026-02-14")


def test_subject_and_body_hold_the_values_of_the_record(shop: Shop, invoice: JSON) -> None:
    body = "<p>$contact.first_name, $client owes $balance of $amount until $due_date. $number.</p>"
    sent = {"entity": "invoice", "entity_id": invoice["id"], "subject": "$invoice.number of $company", "body": body}
    found = filled(shop, **sent, template="email_template_invoice")
    assert found["subject"] == "INV-7 of Acme Works"
    assert found["body"] == "<p>Ines, Bright &amp; Sons owes $100.00 of $100.00 until 2026-02-14. INV-7.</p>"
    assert (found["raw_subject"], found["raw_body"]) == ("$invoice.number of $company", body)
    assert found["wrapper"].count("$body") == 1


def test_left_out_texts_are_those_of_the_settings_or_built_in(shop: Shop, invoice: JSON) -> None:
    sent = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_reminder1"}
    assert filled(shop, **sent)["subject"] == "First reminder for invoice INV-7"
    assert "$100.00 was due on 2026-02-14" in filled(shop, **sent)["body"].replace("invoice INV-7 over ", "")
    shop.settings(email_subject_reminder1="Hey $client", email_template_reminder1="<b>$number</b>")
    found = filled(shop, **sent)
    assert (found["subject"], found["body"]) == ("Hey Bright & Sons", "<b>INV-7</b>")
    assert filled(shop, template="email_subject_reminder1")["raw_body"] == "<b>$number</b>"
    assert filled(shop, template="nothing") | {"wrapper": ""} == dict.fromkeys(
        ("body", "raw_body", "raw_subject", "subject", "wrapper"), ""
    )


def test_the_button_leads_to_the_document(shop: Shop, invoice: JSON) -> None:
    key = invoice["invitations"][0]["key"]
    found = filled(shop, entity="invoice", entity_id=invoice["id"], body="$view_button $view_link", subject="x")
    assert found["body"].count(f"/client/invoice/{key}") == 2
    assert found["body"].startswith('<a href="http')


@pytest.mark.parametrize("template", ["invoice", "quote", "payment", "statement", "purchase_order", "custom1"])
def test_without_a_record_samples_are_taken(shop: Shop, template: str) -> None:
    found = filled(shop, template=f"email_template_{template}", body="$company.name $contact.first_name", subject="a")
    assert found["body"].endswith(" Sam")


def test_payment_has_its_own_values(shop: Shop, invoice: JSON) -> None:
    shares = [{"invoice_id": invoice["id"], "amount": 30}]
    body = {"client_id": invoice["client_id"], "amount": 30, "invoices": shares, "number": "P-1", "type_id": "1"}
    payment = record(shop.post("payments", body))
    text = "$amount $payment.number $method $invoices $client"
    found = filled(shop, entity="payment", entity_id=payment["id"], subject=text, body="x")
    assert found["subject"] == "$30.00 P-1 Bank Transfer INV-7 Bright & Sons"


def test_each_kind_of_bill_can_be_named(shop: Shop, invoice: JSON) -> None:
    vendor = record(shop.post("vendors", {"name": "Paint works"}))
    order = record(shop.post("purchase_orders", {"vendor_id": vendor["id"], "number": "PO-1"}))
    for name in ("purchaseOrder", "purchase_order"):
        found = filled(shop, entity=name, entity_id=order["id"], subject="$number to $vendor", body="x")
        assert found["subject"] == "PO-1 to Paint works"
    client = filled(shop, entity="client", entity_id=invoice["client_id"], subject="$client.balance", body="x")
    assert client["subject"] == "$100.00"


def test_the_wrapper_follows_the_style_of_the_settings(shop: Shop) -> None:
    assert "#ffffff" in filled(shop, template="x")["wrapper"]
    shop.settings(email_style="dark", primary_color="#112233")
    found = filled(shop, template="x")["wrapper"]
    assert "#1b1b1b" in found
    assert "#112233" in found
    shop.settings(email_style="custom", email_style_custom="<main>$body</main>")
    assert filled(shop, template="x")["wrapper"] == "<main>$body</main>"


def test_a_record_that_is_not_there_is_refused(shop: Shop, invoice: JSON) -> None:
    gone = {"entity_id": ["The selected entity id is invalid."]}
    assert errors(shop.post("templates", {"entity": "invoice", "entity_id": "nothing"})) == gone
    assert errors(shop.found().post("templates", {"entity": "invoice", "entity_id": invoice["id"]})) == gone
    unknown = {"entity": ["The selected entity is invalid."]}
    assert errors(shop.post("templates", {"entity": "zebra", "entity_id": invoice["id"]})) == unknown


def test_record_that_the_user_may_not_see_is_refused(shop: Shop, invoice: JSON) -> None:
    body = {"entity": "invoice", "entity_id": invoice["id"]}
    assert shop.hire("view_quote").post("templates", body).status_code == 401
