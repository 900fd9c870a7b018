"""The reference page as a browser gets it: complete, from this server alone, signed in, and light enough to draw."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import Settings, create_mock
from mockserver.docs_page import ASSETS, literal
from mockserver.world import Identity
from tests.control.conftest import Control

if TYPE_CHECKING:
    from collections.abc import Mapping


def text(control: Control, path: str = "/docs", prefix: str = "/__mock__") -> str:
    answer = control("GET", path, prefix=prefix)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def viewed(control: Control, prefix: str = "/__mock__") -> Any:
    return control("GET", "/docs/openapi.json", prefix=prefix).json()


def test_everything_that_the_page_loads_is_there(shared: Control) -> None:
    page = text(shared)
    addresses = re.findall(r'(?:href|src)="([^"]+)"', page) + re.findall(r'url: "([^"]+)"', page)
    assert len(addresses) == 5
    for address in addresses:
        answer = shared("GET", address, prefix="")
        assert answer.status_code == 200, address
        assert len(answer.content) > 500


def test_the_page_asks_no_other_server(shared: Control) -> None:
    assert "http" not in text(shared).replace("XMLHttpRequest", "")


@pytest.mark.parametrize("name", ASSETS)
def test_files_of_the_viewer_come_with_their_types(shared: Control, name: str) -> None:
    answer = shared("GET", f"/docs/{name}")
    assert answer.headers["content-type"].startswith(
        {"css": "text/css", "js": "text/javascript", "png": "image/png"}[name.rpartition(".")[2]]
    )


def test_the_viewer_is_the_one_that_the_page_calls(shared: Control) -> None:
    assert b"SwaggerUIBundle" in shared("GET", "/docs/swagger-ui-bundle.js").content


@pytest.mark.parametrize(
    "name",
    [
        "../pyproject.toml", "..", "../__init__.py", "%2e%2e/__init__.py", "..%2f..%2fetc%2fpasswd", "index.html",
        "swagger-ui.js", "", "/etc/passwd",
        "swagger-ui.css/", "SWAGGER-UI.CSS", "swagger-ui.css\x00", "swagger-ui.css%00.png", "x" * 10_000,
        "openapi.json/x", "C:\\boot.ini",
    ],
    ids=lambda name: ascii(name)[:30],
)  # fmt: skip
def test_no_other_file_can_be_fetched(shared: Control, name: str) -> None:
    answer = shared("GET", f"/docs/{name}")
    if answer.status_code == 200:
        assert answer.content in (shared("GET", "/docs").content, shared("GET", "/docs/swagger-ui.css").content)
    else:
        assert answer.status_code == 404


@pytest.mark.parametrize("path", ["", "/", "/docs", "/docs/"])
def test_the_page_is_the_same_wherever_it_is_asked_for(shared: Control, path: str) -> None:
    assert text(shared, path) == text(shared)


def test_the_script_signs_in_with_the_token_of_the_world(shared: Control) -> None:
    page = text(shared)
    assert "ApiToken" in viewed(shared)["components"]["securitySchemes"]
    assert 'preauthorizeApiKey("ApiToken", "TOKEN")' in page
    assert "tryItOutEnabled: true" in page
    assert 'headers["X-Requested-With"] = "XMLHttpRequest"' in page


@pytest.mark.parametrize(
    "token",
    ['"', "\\", "</script><script>alert(1)</script>", "<!--", "\u2028", "';alert(1)//", "%s %(token)s {0}", "${x}"],
)
def test_a_token_cannot_break_out_of_the_script(token: str) -> None:
    control = Control(create_mock(Settings(scenario="empty", identity=Identity(token, "a@example.com", "p"))))
    page = text(control)
    assert page.count("</script>") == 2
    assert literal(token) in page
    assert json.loads(literal(token)) == token


def test_the_browser_runs_this_script_and_no_other(shared: Control) -> None:
    answer = shared("GET", "/docs")
    policy = answer.headers["content-security-policy"]
    (script,) = re.findall(r"<script>(.*?)</script>", answer.text, flags=re.DOTALL)
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "frame-ancestors 'none'" in policy


def test_calls_from_the_page_of_a_world_stay_in_that_world(control: Control) -> None:
    assert viewed(control)["servers"][0]["url"] == "/"
    assert viewed(control, "/worlds/mine/__mock__")["servers"][0]["url"] == "/worlds/mine"
    assert 'url: "/worlds/mine/__mock__/docs/openapi.json"' in text(control, "/docs", "/worlds/mine/__mock__")


def test_the_viewer_gets_every_operation_and_schema(shared: Control) -> None:
    raw, found = shared.mock.document.raw, viewed(shared)
    assert set(found["components"]["schemas"]) == set(raw["components"]["schemas"])
    for path, item in raw["paths"].items():
        assert set(found["paths"][path]) == set(item)
        for verb, operation in item.items():
            if isinstance(operation, dict):
                assert {**found["paths"][path][verb], "parameters": 0} == {
                    **{name: value for name, value in operation.items() if name != "x-mock"}, "parameters": 0
                }  # fmt: skip


def test_no_query_parameter_is_filled_in(shared: Control) -> None:
    """The viewer sends examples: a list would be asked for with every filter at once."""
    found = viewed(shared)
    shown = [*found["components"]["parameters"].values()]
    shown += [
        each
        for item in found["paths"].values()
        for operation in item.values()
        for each in operation.get("parameters", ())
    ]
    queries = [each for each in shown if each.get("in") == "query"]
    assert len(queries) > 20
    assert not [each["name"] for each in queries if "example" in each and not each.get("required")]
    assert [each for each in shown if each.get("in") == "path" and each.get("example")]


def depth(schemas: Mapping[str, Any], name: str, trail: tuple[str, ...] = ()) -> int:
    """How deep the records of a schema go; a circle fails."""
    assert name not in trail, f"{' -> '.join(trail)} -> {name} goes in a circle: the viewer would not end"
    inner = {each.rpartition("/")[2] for each in re.findall(r"#/components/schemas/\w+", json.dumps(schemas[name]))}
    return 1 + max((depth(schemas, each, (*trail, name)) for each in inner), default=0)


def test_no_schema_of_the_viewer_goes_in_a_circle(shared: Control) -> None:
    """With circles the page of one operation took minutes to draw, for invoices and companies."""
    schemas = viewed(shared)["components"]["schemas"]
    assert max(depth(schemas, name) for name in schemas) <= 7
    assert schemas["Invoice"]["properties"]["client"]["type"] == "object"
    assert "Client" in schemas["Invoice"]["properties"]["client"]["description"]
    assert schemas["Client"]["properties"]["contacts"]["items"]["$ref"].endswith("/ClientContact")


def test_the_published_document_keeps_what_the_viewer_leaves_out(shared: Control) -> None:
    document = shared("GET", "/openapi.json").json()
    assert document["components"]["schemas"]["Invoice"]["properties"]["client"]["allOf"]
    assert document["servers"][0]["url"] == "/"
