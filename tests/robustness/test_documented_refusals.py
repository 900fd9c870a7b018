"""Refusals that the document names for an operation are those that a caller gets: 302, 404 and 413."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.robustness.conftest import DOCUMENT, address, resolved
from tests.robustness.test_types import WRONG

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.document.model import Operation
    from mockserver.inprocess import Response
    from mockserver.world import World

OPERATIONS = DOCUMENT.operations.values()
NOBODY = "zzzzzzzzzz"
BROWSER = {"X-Requested-With": None, "X-API-PASSWORD": "password"}
STANDARD = ("create", "update")
LARGE = {"Content-Length": str(10**8), "X-API-PASSWORD": "password"}


def name(operation: Operation) -> str:
    return operation.id


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if "413" in each.raw["responses"]], ids=name)
def test_a_body_that_is_announced_as_too_large_is_not_read(
    refused: Callable[..., Response], mock_world: World, operation: Operation
) -> None:
    answer = refused(operation.method, address(operation, mock_world), status=413, headers=LARGE, content=b"{}")
    assert answer.json() == {"message": "The POST data is too large."}


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.locate], ids=name)
def test_who_asks_for_a_record_of_nobody_gets_a_page_or_a_message(
    refused: Callable[..., Response], operation: Operation
) -> None:
    """R-AUTH-7, R-WIRE-47: 404 for a browser, 400 for a program."""
    path = operation.path.replace("{id}", NOBODY).replace("{mergeable_client_hashed_id}", NOBODY)
    page = refused(operation.method, path, status=404, headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    answer = refused(operation.method, path, status=400, headers={"X-API-PASSWORD": "password"})
    assert answer.json()["message"].startswith("No query results for model [App\\Models\\")


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.behaviour in STANDARD], ids=name)
def test_a_browser_with_a_wrong_value_is_sent_back(
    refused: Callable[..., Response], mock_world: World, operation: Operation
) -> None:
    """R-AUTH-7."""
    members = {member: resolved(each) for member, each in DOCUMENT.schemas[operation.request]["properties"].items()}
    member, value = next((each, WRONG[kind][0]) for each, schema in members.items() if (kind := schema.get("type")))
    url = address(operation, mock_world)
    headers = {**BROWSER, "Referer": "http://localhost/form"}
    answer = refused(operation.method, url, status=302, headers=headers, json={member: value})
    assert answer.headers["location"] == "http://localhost/form"
