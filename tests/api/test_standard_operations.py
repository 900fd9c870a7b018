"""What holds for every noun that has the operation: edit, PATCH, uploads by POST, blank forms, deleting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mockserver.app import Settings
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from tests.api.shop import PASSWORD, record

if TYPE_CHECKING:
    from mockserver.document.model import Operation
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

OPERATIONS = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics").operations.values()
OWN = ("companies", "users", "tokens", "system_logs", "company_users")
"""Nouns whose rows are the caller's own, or nobody's."""


def name(operation: Operation) -> str:
    return operation.id


def having(method: str, end: str, behaviour: str = "") -> list[Operation]:
    """Operations of the nouns by verb and end of the path."""
    return [
        each
        for each in OPERATIONS
        if (each.method, each.path.rpartition("/")[2]) == (method, end)
        and each.entity is not None
        and each.behaviour == (behaviour or each.behaviour)
        and each.path.startswith(f"/api/v1/{each.entity.resource}/")
        and not (end == "{id}" and each.entity.resource in OWN)
    ]


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """Two records of every kind."""
    return Settings(scenario=str(Path(__file__).parents[1] / "robustness" / "everything.yaml"))


def first(shop: Shop, operation: Operation) -> JSON:
    """The first own record that the operation may be called with."""
    assert operation.entity is not None
    for row in shop.mock.world.state.table(operation.entity.resource):
        if operation.entity.resource == "companies" or (row.company == 1 and not row.data.get("is_deleted")):
            return record(call(shop, "GET", operation, row.data["id"], "show"))
    raise AssertionError(f"no {operation.entity.resource} in the world")


def call(
    shop: Shop, method: str, operation: Operation, hashed: str, end: str = "", body: JSON | None = None
) -> Response:
    """A call of the operation with a password; `show` leaves the end of the path out."""
    path = operation.path.removeprefix("/api/v1/").replace("{id}", hashed)
    if end == "show":
        path = path.partition(f"/{hashed}")[0] + f"/{hashed}"
    return shop.call(method, path, body, headers=PASSWORD)


@pytest.mark.parametrize("operation", having("GET", "edit", "edit"), ids=name)
def test_a_record_is_opened_for_an_edit_as_it_is_shown(shop: Shop, operation: Operation) -> None:
    """R-EP-3."""
    shown = first(shop, operation)
    assert record(call(shop, "GET", operation, shown["id"])) == shown


@pytest.mark.parametrize("operation", having("PATCH", "{id}", "update"), ids=name)
def test_patch_is_put(shop: Shop, operation: Operation) -> None:
    """A record may be sent back as it was shown, by either verb, with the same answer."""
    shown = first(shop, operation)
    body = shown | ({"next_send_date": "2026-02-01"} if "next_send_date" in shown else {})
    put, patch = (record(call(shop, method, operation, shown["id"], body=body)) for method in ("PUT", "PATCH"))
    assert put == patch
    assert put["id"] == shown["id"]


@pytest.mark.parametrize("operation", having("POST", "upload", "upload"), ids=name)
def test_files_are_attached_by_post_too(shop: Shop, operation: Operation) -> None:
    """R-EP-5, R-VAL-25: the form says which verb is meant."""
    shown = first(shop, operation)
    path = operation.path.removeprefix("/api/v1/").replace("{id}", shown["id"])
    made = []
    for method, fields in (("POST", {"_method": "PUT"}), ("PUT", {})):
        answer = shop.call(method, path, data=fields, files=[("documents[]", ("a.txt", b"text"))])
        made.append({(each["name"], each["size"]) for each in record(answer)["documents"]})
    assert made == [made[0] | {("a.txt", 4)}] * 2


@pytest.mark.parametrize("operation", having("GET", "create", "blank"), ids=name)
def test_a_blank_form_has_no_id_and_stores_nothing(shop: Shop, operation: Operation) -> None:
    """R-EP-2."""
    before = shop.mock.world.state
    assert record(call(shop, "GET", operation, ""))["id"] == ""
    assert shop.mock.world.state is before


@pytest.mark.parametrize("operation", having("DELETE", "{id}", "delete"), ids=name)
def test_a_deleted_record_is_marked_or_archived_as_its_noun_does_it(shop: Shop, operation: Operation) -> None:
    """R-LIFE-1..11: what DELETE does is a fact of the noun. Those that are gone have operations of their own."""
    shown = first(shop, operation)
    assert operation.entity is not None
    assert call(shop, "DELETE", operation, shown["id"]).status_code == 200
    found = record(call(shop, "GET", operation, shown["id"]))
    assert found["archived_at"] > 0
    assert found.get("is_deleted", False) is (operation.entity.delete == "mark")
