"""PDF, delivery note, e-invoice and prints of invoices through the whole flow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.behaviours.office import bill, customer, office

if TYPE_CHECKING:
    from mockserver.local import LocalClient

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


@pytest.fixture
def local() -> LocalClient:
    return office()


@pytest.fixture
def invoice(local: LocalClient) -> Any:
    return bill(local, customer(local), number="INV/7")


def key_of(invoice: Any) -> str:
    return str(invoice["invitations"][0]["key"])


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


@pytest.mark.parametrize(
    ("query", "kind"), [("", "attachment"), ("?inline=true", "inline"), ("?inline=1", "attachment")]
)
def test_an_invitation_fetches_the_pdf(local: LocalClient, invoice: Any, query: str, kind: str) -> None:
    """R-EP-13."""
    reply = local.reply("GET", f"/api/v1/invoice/{key_of(invoice)}/download{query}")
    assert (reply.status, reply.type) == (200, "application/pdf")
    assert reply.headers["Content-Disposition"] == f"{kind}; filename=INV_7.pdf"
    assert reply.body.startswith(b"%PDF-")
    for text in (b"Acme Works", b"Bright Harbour", b"Ines Moreau", b"INV/7", b"$120.00", b"Balance due"):
        assert text in reply.body


@pytest.mark.parametrize("path", ["download", "download_e_invoice"])
def test_an_unknown_key_and_that_of_another_company_are_refused(local: LocalClient, invoice: Any, path: str) -> None:
    """R-EP-13."""
    for key, token in (("nothing", "TOKEN"), (key_of(invoice), "OTHER")):
        status, body = local.call("GET", f"/api/v1/invoice/{key}/{path}", token=token)
        assert (status, body) == (400, {"message": "no record found"})


def test_a_delivery_note_shows_no_prices(local: LocalClient, invoice: Any) -> None:
    """R-EP-13."""
    reply = local.reply("GET", f"/api/v1/invoices/{invoice['id']}/delivery_note")
    assert (reply.status, reply.type) == (200, "application/pdf")
    assert b"Delivery note" in reply.body
    assert b"Dock 3" in reply.body
    assert b"$" not in reply.body


def test_an_e_invoice_is_xml_that_adds_up(local: LocalClient, invoice: Any) -> None:
    """R-EP-13."""
    reply = local.reply("GET", f"/api/v1/invoice/{key_of(invoice)}/download_e_invoice")
    assert (reply.status, reply.type) == (200, "application/xml")
    assert reply.headers["Content-Disposition"] == "attachment; filename=INV_7.xml"
    root = ET.fromstring(reply.body)
    shown = {name: root.findtext(f".//{CBC}{name}") for name in ("ID", "IssueDate", "TaxAmount", "PayableAmount")}
    assert shown == {"ID": "INV/7", "IssueDate": "2026-01-15", "TaxAmount": "20.00", "PayableAmount": "120.00"}


def test_an_action_downloads_the_pdf_of_an_invoice_without_a_contact(local: LocalClient, invoice: Any) -> None:
    """R-EP-8."""
    reply = local.reply("GET", f"/api/v1/invoices/{invoice['id']}/download")
    assert (reply.type, pages(reply.body)) == ("application/pdf", 1)
    draft_state = local.world.state
    for name in ("invoice_invitations", "clients"):
        table = draft_state.table(name).remove(1)
        draft_state = type(draft_state)({**draft_state.tables, name: table}, draft_state.version + 1)
    local.world.state = draft_state
    bare = local.reply("GET", f"/api/v1/invoices/{invoice['id']}/download")
    assert b"INV/7" in bare.body
    assert b"Ines" not in bare.body


def test_bulk_print_merges_and_bulk_download_takes_the_first(local: LocalClient, invoice: Any) -> None:
    """R-BULK-6."""
    other = bill(local, customer(local, name="Second Client"), number="INV-8")
    body = {"ids": [other["id"], invoice["id"]]}
    merged = local.reply("POST", "/api/v1/invoices/bulk", {**body, "action": "bulk_print"})
    assert (merged.status, merged.type, pages(merged.body)) == (200, "application/pdf", 2)
    assert merged.body.index(b"INV/7") < merged.body.index(b"INV-8")
    first = local.reply("POST", "/api/v1/invoices/bulk", {**body, "action": "download"})
    assert (first.type, pages(first.body)) == ("application/pdf", 1)
    assert b"Bright Harbour" in first.body


def test_the_same_invoice_gives_the_same_bytes(local: LocalClient, invoice: Any) -> None:
    path = f"/api/v1/invoices/{invoice['id']}/download"
    assert local.reply("GET", path).body == local.reply("GET", path).body


def test_a_template_is_answered_with_its_id_or_sent(local: LocalClient, invoice: Any) -> None:
    """R-BULK-13."""
    body = {"action": "template", "ids": [invoice["id"]]}
    status, answer = local.call("POST", "/api/v1/invoices/bulk", body)
    assert status == 200
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", answer["message"])
    assert local.call("POST", "/api/v1/invoices/bulk", body)[1] != answer, "each job has a name of its own"
    sent = local.call("POST", "/api/v1/invoices/bulk", {**body, "send_email": True})
    assert sent == (200, {"message": "email sent"})


def test_reminders_are_planned_in_the_background(local: LocalClient) -> None:
    """R-EP-19."""
    path = "/api/v1/invoices/update_reminders"
    assert local.call("POST", path) == (200, {"message": "Updating reminders"})
    assert local.call("POST", path, token="CLERK")[0] == 401
