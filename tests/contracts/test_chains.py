"""What a link of the document finds in an answer, and which calls can follow."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver.contract.drivers.chains import Chains, found_in
from mockserver.contract.options import Options
from mockserver.contract.reading.spec import Spec
from mockserver.contract.target.server import Target
from mockserver.contract.wire.multipart import multipart
from mockserver.contract.wire.reply import Reply, curl

BODY = {"data": {"id": "x1", "count": 3, "owner": "", "rows": [{"id": "y1"}]}}
LINKS = {
    "getThing": {"operationId": "getThing", "parameters": {"id": "$response.body#/data/id"}},
    "getOwner": {"operationId": "getThing", "parameters": {"id": "$response.body#/data/owner"}},
    "gone": {"operationId": "noSuchCall", "parameters": {"id": "$response.body#/data/id"}},
}
ANSWER = {"description": "", "content": {"application/json": {}}, "links": LINKS}
PATHS = {
    "/things": {"post": {"operationId": "createThing", "responses": {"200": ANSWER, "422": {"description": ""}}}},
    "/things/{id}": {"get": {"operationId": "getThing", "responses": {"200": {"description": ""}}}},
}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("$response.body#/data/id", "x1"),
        ("$response.body#/data/count", "3"),
        ("$response.body#/data/rows/0/id", "y1"),
        ("$response.body#/data/rows/1/id", ""),
        ("$response.body#/data/rows", ""),
        ("$response.body#/data/owner", ""),
        ("$response.body#/data/id/more", ""),
        ("$request.path.id", ""),
    ],
)
def test_an_expression_finds_a_text_or_nothing(expression: str, found: str) -> None:
    assert found_in(BODY, expression) == found


def offered(status: int, body: Any) -> list[tuple[str, dict[str, str]]]:
    spec = Spec({"x-mock": {}, "paths": PATHS})
    chains = Chains(spec, Target("http://127.0.0.1:9", spec, Options(), ours=True), "quick", 1)
    reply = Reply(status, {"content-type": "application/json"}, json.dumps(body).encode())
    return [(step.name, dict(step.values)) for step in chains.offers(spec.operations["createThing"], reply)]


def test_an_answer_offers_the_links_whose_values_it_holds() -> None:
    assert offered(200, BODY) == [("getThing", {"id": "x1"})]
    assert offered(200, {"data": {"owner": "z1"}}) == [("getOwner", {"id": "z1"})]


def test_files_are_told_by_their_names() -> None:
    content = multipart({}, [("documents[]", "a.png", b"\x89PNG")])
    line = curl("PUT", "http://h/x", {"Content-Type": "multipart/form-data"}, content)
    assert line == "curl -X PUT http://h/x -F 'documents[]=@a.png'"
