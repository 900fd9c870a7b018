"""The example of a form is answered as the example in JSON that it says in brackets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.clock import EPOCH, Clock
from mockserver.content import spec_dir
from mockserver.inprocess import MockClient
from tests.api.shop import PASSWORD, Shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.app import Mock

DOCUMENT = json.loads((spec_dir() / "openapi.json").read_text(encoding="utf-8"))
FORM = "application/x-www-form-urlencoded"


def examples() -> Iterator[tuple[str, str, dict[str, str], Any]]:
    """(operation, path, form, JSON) of each POST below no record, whose examples are one body in two ways."""
    for path, item in DOCUMENT["paths"].items():
        body = item.get("post", {}).get("requestBody", {})
        if "$ref" in body:
            body = DOCUMENT["components"]["requestBodies"][body["$ref"].rpartition("/")[2]]
        content = body.get("content", {})
        if "{" not in path and "example" in content.get(FORM, {}) and "example" in content.get("application/json", {}):
            name = item["post"]["operationId"]
            yield name, path, content[FORM]["example"], content["application/json"]["example"]


@pytest.fixture
def twin(mock_app: Mock) -> Iterator[Shop]:
    """The owner in another fork of the same world."""
    name = "twin"
    world = mock_app.worlds.get(name)
    world.clock = Clock(frozen=EPOCH)
    yield Shop(MockClient(mock_app, world))
    mock_app.worlds.remove(name)


@pytest.mark.parametrize(("path", "form", "body"), [pytest.param(*each[1:], id=each[0]) for each in examples()])
def test_a_form_is_answered_as_json_is(shop: Shop, twin: Shop, path: str, form: dict[str, str], body: Any) -> None:
    path = path.removeprefix("/api/v1/")
    by_form = twin.call("POST", path, data=form, headers=PASSWORD)
    by_json = shop.call("POST", path, body, headers=PASSWORD)
    assert by_form.status_code == by_json.status_code, (by_form.text, by_json.text)
    assert by_form.content == by_json.content
