"""E-mails go into the outbox: who gets one, in which words, with which files, and when there is none."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.api.shop import PASSWORD, record
from tests.pdf_text import text_of

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

INES = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@harbour.example", "send_email": True}
JON = {"first_name": "Jon", "email": "jon@harbour.example", "send_email": True}


def outbox(shop: Shop, query: str = "") -> list[JSON]:
    found: list[JSON] = shop.mock.get(f"/__mock__/outbox{query}").json()["data"]
    return found


def fetched(shop: Shop, mail: JSON, index: int = 0) -> bytes:
    path = mail["attachments"][index]["url"].partition("/__mock__/")[2]
    answer = shop.mock.get(f"/__mock__/{path}")
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.fixture
def harbour(shop: Shop) -> JSON:
    return shop.client(name="Harbour", contacts=[INES, JON, {"first_name": "Mute", "email": "", "send_email": True}])


def test_an_invoice_goes_to_each_contact_with_an_address(shop: Shop, harbour: JSON) -> None:
    invoice = shop.invoice(harbour, query="?send_email=true", number="0042")
    ines, jon = outbox(shop)
    assert (ines["to"], jon["to"]) == (["ines@harbour.example"], ["jon@harbour.example"])
    assert (ines["kind"], ines["entity"], ines["id"]) == ("email_template_invoice", "invoice", invoice["id"])
    assert "0042" in ines["subject"]
    assert "Dear Ines," in ines["body"]
    assert "Dear Jon," in jon["body"]
    keys = {each["client_contact_id"]: each["key"] for each in invoice["invitations"]}
    assert f"/client/invoice/{keys[harbour['contacts'][0]['id']]}" in ines["body"]
    assert f"/client/invoice/{keys[harbour['contacts'][1]['id']]}" in jon["body"]


def test_nothing_is_written_when_nothing_is_sent(shop: Shop, harbour: JSON) -> None:
    shop.sent(harbour)
    shop.post("invoices?send_email=true", {"client_id": "nope"})
    assert outbox(shop) == []


def test_the_words_are_those_of_the_settings(shop: Shop, harbour: JSON) -> None:
    shop.settings(
        email_subject_invoice="Rechnung $number",
        email_template_invoice="<p>Hallo $contact, $amount bitte.</p>",
        email_from_name="Books",
        reply_to_email="office@shop.example",
        reply_to_name="Office",
        bcc_email="archive@shop.example",
    )
    shop.invoice(harbour, query="?send_email=true", number="7")
    mail = outbox(shop)[0]
    assert mail["subject"] == "Rechnung 7"
    assert "<p>Hallo Ines, $100.00 bitte.</p>" in mail["body"]
    assert mail["from"] == {"name": "Books", "email": "no-reply@localhost"}
    assert mail["reply_to"] == {"name": "Office", "email": "office@shop.example"}
    assert mail["bcc"] == ["archive@shop.example"]


def test_a_client_may_have_words_of_its_own(shop: Shop) -> None:
    """R-CALC-18."""
    client = shop.client(contacts=[INES], settings={"email_subject_invoice": "Chez vous: $number", "currency_id": "1"})
    shop.invoice(client, query="?send_email=true", number="7")
    assert outbox(shop)[0]["subject"] == "Chez vous: 7"


def test_a_call_may_bring_its_own_words_and_copies(shop: Shop, harbour: JSON) -> None:
    """R-EP-21."""
    invoice = shop.invoice(harbour, number="7")
    own = {"subject": "About $number", "body": "Please look, $first_name", "cc_email": "a@b.example,nope,c@d.example"}
    asked = {"entity": "invoice", "entity_id": invoice["id"], "template": "email_template_reminder1", **own}
    assert shop.post("emails", asked).status_code == 200
    mail = outbox(shop)[0]
    assert (mail["kind"], mail["subject"]) == ("email_template_reminder1", "About 7")
    assert "Please look, Ines" in mail["body"]
    assert mail["cc"] == ["a@b.example", "c@d.example"]


def test_names_of_contacts_are_no_markup(shop: Shop) -> None:
    client = shop.client(contacts=[{**INES, "first_name": "<b>Ines</b>"}])
    shop.invoice(client, query="?send_email=true")
    assert "<b>Ines</b>" not in outbox(shop)[0]["body"]


def test_the_pdf_shows_the_invoice_as_it_was(shop: Shop, harbour: JSON) -> None:
    shop.settings(pdf_email_attachment=True)
    invoice = shop.invoice(
        harbour, {"quantity": 3, "cost": 41, "notes": "Blue paint"}, query="?send_email=true", number="9"
    )
    shop.put(f"invoices/{invoice['id']}", {"line_items": [{"quantity": 1, "cost": 5, "notes": "Red paint"}]})
    mail = outbox(shop)[0]
    assert [(each["name"], each["type"]) for each in mail["attachments"]] == [("9.pdf", "application/pdf")]
    shown = text_of(fetched(shop, mail))
    assert "Blue paint" in shown
    assert "123.00" in shown
    assert "Red paint" not in shown


def test_files_of_the_record_go_along_byte_for_byte(shop: Shop, harbour: JSON) -> None:
    shop.settings(document_email_attachment=True, pdf_email_attachment=False)
    invoice = shop.invoice(harbour)
    shop.attach(f"invoices/{invoice['id']}", "plan.txt", content=b"the plan")
    shop.post("invoices/bulk", {"action": "email", "ids": [invoice["id"]]})
    mail = outbox(shop)[0]
    assert [(each["name"], each["type"]) for each in mail["attachments"]] == [("plan.txt", "text/plain")]
    assert fetched(shop, mail) == b"the plan"


def test_a_receipt_of_a_payment(shop: Shop, harbour: JSON) -> None:
    invoice = shop.sent(harbour)
    paid = {"client_id": harbour["id"], "amount": 40, "invoices": [{"invoice_id": invoice["id"], "amount": 40}]}
    payment = record(shop.post("payments?email_receipt=true", paid))
    ines, jon = outbox(shop)
    assert (ines["kind"], ines["id"]) == ("email_template_payment_partial", payment["id"])
    assert (ines["to"], jon["to"]) == (["ines@harbour.example"], ["jon@harbour.example"])


def test_a_payment_in_full_has_words_of_its_own(shop: Shop, harbour: JSON) -> None:
    invoice = shop.sent(harbour)
    paid = {"client_id": harbour["id"], "amount": 100, "invoices": [{"invoice_id": invoice["id"], "amount": 100}]}
    shop.post("payments?email_receipt=true", paid)
    assert outbox(shop)[0]["kind"] == "email_template_payment"


def test_a_statement_is_sent_with_its_pdf(shop: Shop, harbour: JSON) -> None:
    shop.sent(harbour, number="0042")
    asked = {"client_id": harbour["id"], "start_date": "2026-01-01", "end_date": "2026-01-31"}
    assert shop.post("client_statement?send_email=true", asked).json() == {"message": "Email queued"}
    mail = outbox(shop)[0]
    assert (mail["kind"], mail["entity"]) == ("email_template_statement", "client")
    assert "0042" in text_of(fetched(shop, mail))


def test_a_new_user_is_asked_to_confirm_and_asked_again(shop: Shop) -> None:
    user = record(
        shop.post("users", {"email": "kai@shop.example", "first_name": "Kai", "last_name": "Lind"}, headers=PASSWORD)
    )
    shop.post(f"users/{user['id']}/invite", headers=PASSWORD)
    first, again = outbox(shop)
    assert (first["kind"], first["to"]) == ("user_confirmation", ["kai@shop.example"])
    assert "/user/confirm/" in first["body"]
    assert first["body"] == again["body"]


def test_a_forgotten_password(shop: Shop) -> None:
    assert shop.post("reset_password", {"email": "user@example.com"}).status_code == 201
    (mail,) = outbox(shop)
    assert (mail["kind"], mail["to"]) == ("password_reset", ["user@example.com"])


def test_a_report_by_e_mail_has_the_file(shop: Shop) -> None:
    shop.client(name="Harbour")
    asked = {"date_range": "all", "report_keys": ["client.name"], "send_email": True}
    assert shop.post("reports/clients", asked).json() == {"message": "working..."}
    (mail,) = outbox(shop)
    assert (mail["kind"], mail["to"]) == ("report", ["user@example.com"])
    assert "Harbour" in fetched(shop, mail).decode()


def test_a_bulk_download_is_one_zip_of_all(shop: Shop, harbour: JSON) -> None:
    ids = [shop.sent(harbour, number=number)["id"] for number in ("1", "2", "a/b")]
    asked = {"action": "bulk_download", "ids": ids}
    assert shop.post("invoices/bulk", asked).json() == {"message": "Successfully sent message"}
    (mail,) = outbox(shop)
    with ZipFile(BytesIO(fetched(shop, mail))) as archive:
        assert archive.namelist() == ["1.pdf", "2.pdf", "a_b.pdf"]
        assert "Harbour" in text_of(archive.read("2.pdf"))


def test_a_bulk_download_of_files_keeps_those_of_one_name_apart(shop: Shop) -> None:
    client = shop.client()
    for content in (b"one", b"two"):
        shop.attach(f"clients/{client['id']}", "plan.txt", content=content)
    ids = [each["id"] for each in shop.get("documents").json()["data"]]
    shop.post("documents/bulk", {"action": "download", "ids": ids}, headers=PASSWORD)
    (mail,) = outbox(shop)
    with ZipFile(BytesIO(fetched(shop, mail))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"plan.txt": b"one", "plan-2.txt": b"two"}


def test_the_outbox_goes_on_after_a_number_and_forgets_with_the_world(shop: Shop, harbour: JSON) -> None:
    shop.invoice(harbour, query="?send_email=true")
    assert [each["number"] for each in outbox(shop, "?after=1")] == [2]
    assert outbox(shop, "?after=2") == []
    shop.mock.post("/__mock__/reset")
    assert outbox(shop) == []


@pytest.mark.parametrize("place", ["1/2", "2/1", "0/1", "1/0", "x/1", "1/x", "1", "1/1/1", "-1/1"])
def test_an_attachment_that_is_not_there_is_told(shop: Shop, place: str) -> None:
    shop.settings(pdf_email_attachment=True)
    shop.invoice(shop.client(contacts=[INES]), query="?send_email=true")
    assert shop.mock.get(f"/__mock__/outbox/{place}").status_code == 404
    assert shop.mock.get("/__mock__/outbox/1/1").status_code == 200
