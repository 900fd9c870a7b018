"""The guide for developers about invoices: each of its commands, and what really comes back.

Where the guide is wrong, the test states the answer of the service; docs/drift.md says so in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.guides.conftest import Guide

LIST = r"""
curl -X GET 'http://ninja.test:8000/api/v1/invoices' \
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
CREATE = r"""
curl -X POST 'http://ninja.test:8000/api/v1/invoices' \
-H "Content-Type:application/json" \
-d '{"name":"Invoice Name","contacts":[{"first_name":"helly","email":"email@example.com"}]}' \
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
UPDATE = r"""
curl -X PUT 'http://ninja.test:8000/api/v1/invoices/wMvbmEAbYA' \
-H "Content-Type:application/json" \
-d '{"name":"Invoice Name","contacts":[{"first_name":"helly","email":"email@example.com"}]}' \
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
UPLOAD = r"""
curl -X PUT 'http://ninja.test:8000/api/v1/invoices/wMvbmEAbYA/upload' \
-H 'Content-Type: multipart/form-data' \
-F _method=PUT \
-F 'documents[]=@filename.png'
"""
UPLOAD_REST = r"""\
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
DELETE = r"""
curl -X DELETE 'http://ninja.test:8000/api/v1/invoices' \
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
BULK = r"""
curl -X POST 'http://ninja.test/api/v1/invoices/bulk' \
-H "Content-Type:application/json" \
-d '{"action":"restore","ids":["VolejRejNm","wMvbmEAbYA"]}' \
-H "X-API-TOKEN:company-token-test" \
-H "X-Requested-With: XMLHttpRequest";
"""
PURGE = r"""
curl -X POST '/api/v1/invoices/{id}/purge' \
-H "X-API-TOKEN:company-token-test" \
-H "X-API-PASSWORD:your_login_password_here" \
-H "X-Requested-With: XMLHttpRequest";
"""
MERGE = r"""
curl -X POST '/api/v1/invoices/{id}/{mergeable_invoice_hashed_id}/merge' \
-H "X-API-TOKEN:company-token-test" \
-H "X-API-PASSWORD:your_login_password_here" \
-H "X-Requested-With: XMLHttpRequest";
"""
SHOWN = {
    "id", "user_id", "project_id", "assigned_user_id", "amount", "balance", "client_id", "vendor_id", "status_id",
    "design_id", "recurring_id",
    "created_at", "updated_at", "archived_at", "is_deleted", "number", "discount", "po_number", "date",
    "last_sent_date", "next_send_date",
    "due_date", "terms", "public_notes", "private_notes", "uses_inclusive_taxes", "tax_name1", "tax_rate1",
    "tax_name2", "tax_rate2", "tax_name3",
    "tax_rate3", "total_taxes", "is_amount_discount", "footer", "partial", "partial_due_date", "custom_value1",
    "custom_value2", "custom_value3",
    "custom_value4", "has_tasks", "has_expenses", "custom_surcharge1", "custom_surcharge2", "custom_surcharge3",
    "custom_surcharge4",
    "exchange_rate", "custom_surcharge_tax1", "custom_surcharge_tax2", "custom_surcharge_tax3",
    "custom_surcharge_tax4", "line_items",
    "entity_type", "reminder1_sent", "reminder2_sent", "reminder3_sent", "reminder_last_sent", "paid_to_date",
    "subscription_id",
    "auto_bill_enabled", "invitations", "documents",
}  # fmt: skip
"""The members of an invoice that the guide shows."""


def asked(guide: Guide, query: str) -> list[dict[str, Any]]:
    """Rows of the list command with a query string."""
    answer = guide.run(LIST.replace("/invoices'", f"/invoices?per_page=5000&{query}'"))
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def test_get_invoices(guide: Guide) -> None:
    answer = guide.run(LIST)
    assert answer.status == 200
    body = answer.json()
    assert set(body) == {"data", "meta"}
    assert set(body["data"][0]) >= SHOWN
    assert body["data"][0]["entity_type"] == "invoice"
    assert isinstance(body["meta"]["pagination"]["links"], dict)


def test_an_invoice_has_lines_and_invitations_as_shown(guide: Guide) -> None:
    invoice = next(row for row in asked(guide, "") if row["line_items"])
    line, invitation = invoice["line_items"][0], invoice["invitations"][0]
    assert {
        "quantity",
        "cost",
        "product_key",
        "notes",
        "discount",
        "line_total",
        "gross_line_total",
        "tax_amount",
        "type_id",
    } <= set(line)
    assert {"id", "client_contact_id", "key", "link", "sent_date", "viewed_date", "opened_date", "email_status"} <= set(
        invitation
    )


def test_client_status_takes_words_not_the_numbers_of_the_guide(guide: Guide) -> None:
    everything = asked(guide, "")
    assert asked(guide, "client_status=1,2,3") == everything
    drafts = asked(guide, "client_status=draft")
    assert {row["status_id"] for row in drafts} == {"1"}
    assert len(drafts) < len(everything)
    assert asked(guide, "status_id=1") == drafts


def test_filter_searches_dates_among_others(guide: Guide) -> None:
    made = guide.invoice(date="2022-01-05", due_date="2022-02-05")
    assert [row["id"] for row in asked(guide, "filter=2022-01-05")] == [made["id"]]


def test_number_is_the_whole_number(guide: Guide) -> None:
    made = guide.invoice(number="GUIDE-1")
    assert [row["id"] for row in asked(guide, "number=GUIDE-1")] == [made["id"]]
    assert asked(guide, "number=GUIDE") == []


@pytest.mark.parametrize("action", ["delete", "archive"])
def test_without_deleted_clients_leaves_out_archived_ones_too(guide: Guide, action: str) -> None:
    made = guide.invoice()
    guide.client.post("/api/v1/clients/bulk", json={"action": action, "ids": [made["client_id"]]})
    assert made["id"] in [row["id"] for row in asked(guide, "")]
    assert made["id"] not in [row["id"] for row in asked(guide, "without_deleted_clients=true")]


def test_archived_invoices_are_there_whatever_with_trashed_says(guide: Guide) -> None:
    made = guide.invoice()
    guide.client.post("/api/v1/invoices/bulk", json={"action": "archive", "ids": [made["id"]]})
    for query in ("", "with_trashed=true", "with_trashed=false"):
        assert made["id"] in [row["id"] for row in asked(guide, query)]


def test_upcoming_and_overdue_look_at_due_dates(guide: Guide) -> None:
    late = guide.invoice(date="2020-01-01", due_date="2020-02-01")
    guide.client.post("/api/v1/invoices/bulk", json={"action": "mark_sent", "ids": [late["id"]]})
    assert late["id"] in [row["id"] for row in asked(guide, "overdue=true")]
    assert late["id"] not in [row["id"] for row in asked(guide, "upcoming=true")]


def test_payable_wants_the_id_of_a_client(guide: Guide) -> None:
    made = guide.invoice()
    guide.client.post("/api/v1/invoices/bulk", json={"action": "mark_sent", "ids": [made["id"]]})
    assert asked(guide, "payable=true") == []
    assert [row["id"] for row in asked(guide, f"payable={made['client_id']}")] == [made["id"]]


def test_sort_descends_with_desc_and_ascends_with_small_asc_only(guide: Guide) -> None:
    dates = [row["date"] for row in asked(guide, "sort=date|asc".replace("|", "%7C"))]
    assert dates == sorted(dates)
    for word in ("DESC", "desc", "ASC"):
        assert [row["date"] for row in asked(guide, f"sort={quote(f'date|{word}')}")] == sorted(dates, reverse=True)


def test_private_notes(guide: Guide) -> None:
    made = guide.invoice(private_notes="said on the phone")
    assert [row["id"] for row in asked(guide, "private_notes=the+phone")] == [made["id"]]


@pytest.mark.parametrize("name", ["created_at", "updated_at"])
def test_created_at_and_updated_at_are_moments(guide: Guide, name: str) -> None:
    made = guide.invoice()
    assert made["id"] in [row["id"] for row in asked(guide, f"{name}={made[name]}")]
    assert asked(guide, f"{name}={made[name] + 1000}") == []


def test_is_deleted_is_a_flag(guide: Guide) -> None:
    made = guide.invoice()
    guide.client.delete(f"/api/v1/invoices/{made['id']}")
    for yes, no in (("1", "0"), ("true", "false")):
        assert made["id"] in [row["id"] for row in asked(guide, f"is_deleted={yes}")]
        assert made["id"] not in [row["id"] for row in asked(guide, f"is_deleted={no}")]


def test_include_brings_client_payments_and_activities(guide: Guide) -> None:
    for row in asked(guide, "include=client,payments,activities"):
        assert row["client"]["id"] == row["client_id"]
        assert isinstance(row["payments"], list)
        assert isinstance(row["activities"], list)


def test_create_invoice_as_the_guide_has_it_lacks_the_client(guide: Guide) -> None:
    before = guide.server.world.state
    answer = guide.run(CREATE)
    assert answer.status == 422
    assert list(answer.json()["errors"]) == ["client_id"]
    assert guide.server.world.state is before


def test_create_invoice_with_a_client_ignores_what_is_of_a_client(guide: Guide) -> None:
    client = guide.make("clients", name="Guide")["id"]
    answer = guide.run(CREATE.replace('"name":', f'"client_id":"{client}","name":'))
    assert answer.status == 200
    data = answer.json()["data"]
    assert data["entity_type"] == "invoice"
    assert {"name", "contacts", "display_name"}.isdisjoint(data)


def test_update_invoice_answers_the_invoice_and_ignores_what_is_of_a_client(guide: Guide) -> None:
    invoice = guide.invoice()
    answer = guide.run(UPDATE, wMvbmEAbYA=invoice["id"])
    assert answer.status == 200
    data = answer.json()["data"]
    assert data["id"] == invoice["id"]
    assert {"name", "contacts"}.isdisjoint(data)
    assert data["line_items"] == invoice["line_items"]


def test_update_invoice_with_an_id_that_names_nothing(guide: Guide) -> None:
    answer = guide.run(UPDATE, wMvbmEAbYA="zzzzzzzzzz")
    assert answer.status == 400
    assert answer.json() == {"message": "No query results for model [App\\Models\\Invoice]."}


def test_upload_as_the_guide_has_it_sends_no_token(guide: Guide) -> None:
    answer = guide.run(UPLOAD, wMvbmEAbYA=guide.invoice()["id"])
    assert answer.status == 403
    assert answer.json() == {"message": "Invalid token"}


def test_upload_with_the_lost_lines_joined(guide: Guide) -> None:
    answer = guide.run(UPLOAD.rstrip("\n") + " " + UPLOAD_REST, wMvbmEAbYA=guide.invoice()["id"])
    assert answer.status == 200
    (document,) = answer.json()["data"]["documents"]
    assert (document["name"], document["type"]) == ("filename.png", "png")


def test_upload_by_post_as_the_service_wants_it(guide: Guide) -> None:
    command = UPLOAD.replace("-X PUT", "-X POST").rstrip("\n") + " " + UPLOAD_REST
    answer = guide.run(command, wMvbmEAbYA=guide.invoice()["id"])
    assert answer.status == 200
    assert len(answer.json()["data"]["documents"]) == 1


def test_delete_without_an_id_is_no_route(guide: Guide) -> None:
    before = guide.server.world.state
    answer = guide.run(DELETE)
    assert answer.status == 404
    assert answer.json() == {"message": "Method not supported for this route"}
    assert guide.server.world.state is before


def test_delete_with_an_id_marks_the_invoice(guide: Guide) -> None:
    invoice = guide.invoice()
    answer = guide.run(DELETE.replace("/invoices'", f"/invoices/{invoice['id']}'"))
    assert answer.status == 200
    assert answer.json()["data"]["is_deleted"] is True
    assert answer.json()["data"]["entity_type"] == "invoice"


def test_bulk_restore_answers_the_invoices(guide: Guide) -> None:
    one, two = guide.invoice(), guide.invoice()
    for invoice in (one, two):
        guide.client.delete(f"/api/v1/invoices/{invoice['id']}")
    answer = guide.run(BULK, VolejRejNm=one["id"], wMvbmEAbYA=two["id"])
    assert answer.status == 200
    assert [(row["id"], row["is_deleted"]) for row in answer.json()["data"]] == [(one["id"], False), (two["id"], False)]
    assert answer.json()["meta"]["pagination"]["total"] == 2


@pytest.mark.parametrize(
    ("action", "field", "wanted"), [("archive", "archived_at", True), ("delete", "is_deleted", True)]
)
def test_the_other_bulk_actions_of_the_guide(guide: Guide, action: str, field: str, wanted: bool) -> None:
    invoice = guide.invoice()
    command = BULK.replace("restore", action).replace(',"wMvbmEAbYA"', "")
    (row,) = guide.run(command, VolejRejNm=invoice["id"]).json()["data"]
    assert bool(row[field]) is wanted


def test_invoices_cannot_be_purged_but_clients_can(guide: Guide) -> None:
    invoice = guide.invoice()
    answer = guide.run(PURGE, **{"{id}": invoice["id"], "your_login_password_here": guide.server.password})
    assert answer.status == 404
    command = PURGE.replace("/invoices/", "/clients/")
    assert guide.run(command, **{"{id}": invoice["client_id"]}).status == 412
    answer = guide.run(command, **{"{id}": invoice["client_id"], "your_login_password_here": guide.server.password})
    assert answer.status == 200
    assert guide.client.get(f"/api/v1/invoices/{invoice['id']}").status_code == 400


def test_invoices_cannot_be_merged_but_clients_can(guide: Guide) -> None:
    one, two = guide.invoice(), guide.invoice()
    ids = {
        "{id}": one["id"],
        "{mergeable_invoice_hashed_id}": two["id"],
        "your_login_password_here": guide.server.password,
    }
    assert guide.run(MERGE, **ids).status == 404
    ids |= {"{id}": one["client_id"], "{mergeable_invoice_hashed_id}": two["client_id"]}
    answer = guide.run(MERGE.replace("/invoices/", "/clients/"), **ids)
    assert answer.status == 200
    assert answer.json()["data"]["id"] == one["client_id"]
    moved = guide.client.get(f"/api/v1/invoices/{two['id']}").json()["data"]
    assert moved["client_id"] == one["client_id"]


ROUTES = [
    ("GET", "/api/v1/invoices", 200), ("POST", "/api/v1/invoices", 422), ("PUT", "/api/v1/invoices/{invoice}", 200),
    ("PUT", "/api/v1/invoices/{invoice}/upload", 200), ("DELETE", "/api/v1/invoices/{invoice}", 200),
    ("POST", "/api/v1/invoices/bulk", 422), ("GET", "/api/v1/invoices/{invoice}/delivery_note", 200),
    ("GET", "/api/v1/invoice/{invitation_key}/download", 200), ("POST", "/api/v1/invoices/update_reminders", 200),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "path", "status"), ROUTES)
def test_each_endpoint_of_the_guide_is_there(guide: Guide, verb: str, path: str, status: int) -> None:
    invoice = guide.invoice()
    path = path.format(invoice=invoice["id"], invitation_key=invoice["invitations"][0]["key"])
    answer = guide.client.request(verb, path)
    assert answer.status_code == status, answer
