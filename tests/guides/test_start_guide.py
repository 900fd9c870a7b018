"""The general guide for developers: uploads, headers and keys as it tells them, and what really comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.guides.conftest import Guide

UPLOAD = r"""
curl -X POST https://invoicing.co/api/v1/invoices/<invoice_id>/upload \
  -H 'Content-Type: multipart/form-data' \
  -H 'X-API-TOKEN: company-token-test' \
  -H 'X-Requested-With: XMLHttpRequest' \
  -F _method=PUT \
  -F 'documents[]=@filename.png'
"""
READ = """curl https://invoicing.co/api/v1/clients -H "X-API-TOKEN: company-token-test" """
WRITE = READ.replace("curl", "curl -X POST") + """-d '{"name": "Guide"}' """


def test_uploading_a_document(guide: Guide) -> None:
    invoice = guide.invoice()
    answer = guide.run(UPLOAD, **{"<invoice_id>": invoice["id"]})
    assert answer.status == 200
    data = answer.json()["data"]
    assert data["id"] == invoice["id"]
    (document,) = data["documents"]
    assert document["name"] == "filename.png"
    content = guide.client.get(f"/api/v1/documents/{document['id']}/download").content
    assert content == (guide.folder / "filename.png").read_bytes()


@pytest.mark.parametrize("resource", ["clients", "products"])
def test_uploading_to_the_other_records(guide: Guide, resource: str) -> None:
    record = guide.make(resource, name="x", product_key="x")
    answer = guide.run(UPLOAD.replace("/invoices/", f"/{resource}/"), **{"<invoice_id>": record["id"]})
    assert answer.status == 200
    assert len(answer.json()["data"]["documents"]) == 1


def test_the_upload_without_its_method_field_is_still_an_upload(guide: Guide) -> None:
    command = UPLOAD.replace("-F _method=PUT", "")
    assert guide.run(command, **{"<invoice_id>": guide.invoice()["id"]}).status in (200, 404)


def test_the_old_name_of_the_token_header_is_no_token(guide: Guide) -> None:
    assert guide.run(READ).status == 200
    answer = guide.run(READ.replace("X-API-TOKEN", "X-Ninja-Token"))
    assert answer.status == 403
    assert answer.json() == {"message": "Invalid token"}


@pytest.mark.parametrize("name", ["X-API-Token", "x-api-token", "X-API-TOKEN"])
def test_the_token_header_in_any_case(guide: Guide, name: str) -> None:
    assert guide.run(READ.replace("X-API-TOKEN", name)).status == 200


def test_requested_with_is_not_needed_by_a_good_call_and_decides_how_a_refusal_looks(guide: Guide) -> None:
    assert guide.run(READ).status == 200
    bad = READ.replace("/clients", "/clients/zzzzzzzzzz")
    assert guide.run(bad).status == 404
    assert guide.run(bad).text.startswith("<!DOCTYPE html>")
    answer = guide.run(bad + '-H "X-Requested-With: XMLHttpRequest" ')
    assert answer.status == 400
    assert "message" in answer.json()


def test_the_content_type_must_be_declared(guide: Guide) -> None:
    undeclared = guide.run(WRITE + '-H "Content-Type: text/plain" ')
    assert undeclared.status == 200
    assert undeclared.json()["data"]["name"] == ""
    declared = guide.run(WRITE + '-H "Content-Type: application/json" ')
    assert declared.json()["data"]["name"] == "Guide"


def test_the_secret_is_not_needed_where_the_server_has_none(guide: Guide) -> None:
    login = {"email": guide.server.email, "password": guide.server.password}
    for secret in ("", '-H "X-API-SECRET: value" '):
        command = f"curl -X POST https://invoicing.co/api/v1/login {secret}-H 'Content-Type: application/json'"
        answer = guide.run(f"{command} -d '{json.dumps(login)}'")
        assert answer.status == 200
        assert answer.json()["data"][0]["token"]["token"]


def test_ids_are_hashed_strings(guide: Guide) -> None:
    client = guide.make("clients", name="x")
    assert isinstance(client["id"], str)
    assert len(client["id"]) == 10
    command = READ.replace("/clients", "/clients/5") + '-H "X-Requested-With: XMLHttpRequest" '
    assert guide.run(command).json() == {"message": "Record with value 5 not found"}
