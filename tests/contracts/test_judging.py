"""What the suite says about an answer that is not as documented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver.contract.judging.answers import Judge
from mockserver.contract.reading.spec import Spec
from mockserver.contract.wire.reply import Reply, curl

THING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "note": {"type": "string", "nullable": True, "enum": ["a"]}},
}
RAW: dict[str, Any] = {
    "x-mock": {},
    "paths": {
        "/things": {
            "get": {
                "operationId": "getThing",
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"X-APP-VERSION": {"required": True, "schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    },
                    "204": {"description": ""},
                },
            }
        }
    },
    "components": {"schemas": {"Thing": THING}},
}


def problems(status: int, body: Any, media: str = "application/json", **headers: str) -> list[str]:
    spec = Spec(RAW)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"content-type": media, "x-app-version": "1", **headers}
    reply = Reply(status, {name: value for name, value in sent.items() if value}, content)
    return list(Judge(spec).problems(spec.operations["getThing"], reply))


def test_an_answer_as_documented_has_no_problems() -> None:
    assert problems(200, {"id": "x", "note": None}) == []
    assert problems(200, {"id": "x"}, "application/json; charset=utf-8") == []
    assert problems(204, b"") == []


@pytest.mark.parametrize(
    ("status", "body", "media", "words"),
    [
        (201, {"id": "x"}, "application/json", "status 201 is not documented; documented are 200, 204"),
        (200, {"id": "x"}, "text/html", "content type text/html is not documented"),
        (200, {"id": "x"}, "", "content type (none) is not documented"),
        (200, b"{", "application/json", "the body is not JSON"),
        (200, {"id": 1}, "application/json", 'body at /id: 1 is not of type "string"'),
        (200, {"id": "x", "leak": 1}, "application/json", "Additional properties are not allowed"),
        (200, {}, "application/json", '"id" is a required property'),
        (200, {"id": "x", "note": "b"}, "application/json", "body at /note"),
        (204, b"x", "text/plain", "a body came (1 bytes of text/plain), none is documented"),
    ],
)
def test_what_is_wrong_is_told(status: int, body: Any, media: str, words: str) -> None:
    assert words in "; ".join(problems(status, body, media))


def test_a_missing_header_is_told() -> None:
    assert problems(200, {"id": "x"}, **{"x-app-version": ""}) == ["header X-APP-VERSION is missing"]


def test_a_curl_line_holds_no_secret() -> None:
    line = curl("POST", "http://x/y?a=1&b=2", {"X-API-TOKEN": "hidden", "Accept": "*/*"}, b'{"a": 1}')
    assert "hidden" not in line
    assert line == (
        "curl -X POST 'http://x/y?a=1&b=2' -H \"X-API-TOKEN: $X_API_TOKEN\" -H 'Accept: */*' --data-binary '{\"a\": 1}'"
    )
