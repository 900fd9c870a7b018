"""Copies of invoices that are not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.answer import Unsaved
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.draft import Draft
from mockserver.identity import caller_for
from mockserver.request import Request
from tests.behaviours.office import bill, customer, office, ok

if TYPE_CHECKING:
    from mockserver.local import LocalClient


@pytest.fixture
def local() -> LocalClient:
    return office()


def test_a_clone_is_a_draft_that_nobody_stored(local: LocalClient) -> None:
    """R-EP-12."""
    source = bill(local, customer(local), number="7", discount=3, po_number="PO-1", due_date="2026-02-15")
    ok(local.call("GET", f"/api/v1/invoices/{source['id']}/mark_sent"))
    source = ok(local.call("GET", f"/api/v1/invoices/{source['id']}"))
    clone = ok(local.call("GET", f"/api/v1/invoices/{source['id']}/clone_to_invoice"))
    for name in ("id", "number", "date", "due_date", "partial_due_date"):
        assert clone[name] == "", name
    assert (clone["status_id"], clone["created_at"], clone["updated_at"], clone["archived_at"]) == ("1", 0, 0, 0)
    for name in (
        "client_id",
        "line_items",
        "discount",
        "po_number",
        "amount",
        "balance",
        "paid_to_date",
        "total_taxes",
    ):
        assert clone[name] == source[name], name
    assert (clone["invitations"], clone["documents"]) == ([], [])
    assert len(local.world.state.table("invoices").rows(1)) == 1


def test_a_clone_can_be_posted(local: LocalClient) -> None:
    """R-EP-12."""
    source = bill(local, customer(local), number="7", partial=10, partial_due_date="2026-01-20", due_date="2026-02-15")
    clone = ok(local.call("GET", f"/api/v1/invoices/{source['id']}/clone_to_invoice"))
    posted = ok(local.call("POST", "/api/v1/invoices", clone))
    assert posted["id"] not in ("", source["id"])
    assert (posted["amount"], posted["date"], posted["number"] != "7") == (120, "2026-01-15", True)


def test_a_quote_takes_the_content_but_not_the_client(local: LocalClient) -> None:
    """R-EP-12."""
    source = bill(local, customer(local), po_number="PO-1")
    draft = Draft(local.world, caller_for(local.world, "TOKEN"))
    answer = ACTIONS["clone_to_quote"](draft, draft.entity("invoice"), source, request_of(local))
    assert isinstance(answer, Unsaved)
    assert answer.entity == "quote"
    shown = {name: answer.data[name] for name in ("id", "number", "client_id", "po_number", "amount")}
    assert shown == {
        "id": "",
        "number": "",
        "client_id": "",
        "po_number": "PO-1",
        "amount": 120,
    }
    assert answer.data["line_items"] == source["line_items"]


def request_of(local: LocalClient) -> Request:
    operation = local.world.document.operations["runInvoiceAction"]
    return Request(operation, "GET", operation.path, {}, {}, {})
