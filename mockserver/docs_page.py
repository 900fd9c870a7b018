"""The API reference page: Swagger UI from its Python package, served by this server, no CDN."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.world import World

ASSETS: Mapping[str, str] = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
"""Files of the viewer that the page needs, and their media types."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference of the mock server</title>
<link rel="icon" href="{docs}/favicon-32x32.png">
<link rel="stylesheet" href="{docs}/swagger-ui.css">
</head>
<body>
<noscript>This page needs JavaScript. The document that it shows is <a href="{document}">openapi.json</a>.</noscript>
<div id="reference"></div>
<script src="{docs}/swagger-ui-bundle.js"></script>
<script>{script}</script>
</body>
</html>
"""
SCRIPT = """
window.ui = SwaggerUIBundle({
  url: %(url)s, dom_id: "#reference", deepLinking: true, docExpansion: "none", filter: true,
  tryItOutEnabled: true, displayRequestDuration: true, defaultModelsExpandDepth: 0,
  onComplete: () => window.ui.preauthorizeApiKey(%(scheme)s, %(token)s),
  requestInterceptor: (request) => { request.headers["X-Requested-With"] = "XMLHttpRequest"; return request; }
});
"""
POLICY = (
    "default-src 'none'; script-src 'self' 'sha256-{script}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page(world: World, control: str) -> tuple[bytes, dict[str, str]]:
    """The reference page, signed in with the world's token, and its headers; `control` is the path of the control API.

    The browser runs this script and no other, and shows the page in no frame of somebody else's.
    """
    scheme = next(iter((world.document.raw.get("security") or [{}])[0]), "")
    texts = {"url": f"{control}/docs/openapi.json", "scheme": scheme, "token": world.identity.token}
    script = SCRIPT % {name: literal(text) for name, text in texts.items()}
    docs, document = escape(f"{control}/docs"), escape(f"{control}/openapi.json")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    content = PAGE.format(docs=docs, document=document, script=script).encode()
    return content, {"Content-Security-Policy": POLICY.format(script=digest)}


def literal(text: str) -> str:
    """The text as a JavaScript literal that may stand inside a script element."""
    return orjson.dumps(text).decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def viewer_document(raw: Mapping[str, Any], root: str) -> bytes:
    """The document as the viewer can bear it; calls go to `root`, so they stay in the world of the page.

    Records that only an `include` brings are named, not shown: they show each other in circles, and the viewer
    writes an example of each before it draws anything, which takes minutes. Examples of query parameters become
    words: the viewer sends examples unless they are taken out, so that a list would come with every filter set.
    """
    components = {
        **raw["components"],
        "schemas": {name: shallow(schema) for name, schema in raw["components"]["schemas"].items()},
        "parameters": {name: unset(each) for name, each in (raw["components"].get("parameters") or {}).items()},
    }
    paths = {path: {verb: plain(each) for verb, each in item.items()} for path, item in raw["paths"].items()}
    servers = [{**raw["servers"][0], "url": root or "/"}]
    return orjson.dumps({**raw, "servers": servers, "paths": paths, "components": components})


def shallow(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema without its facts, and without what only an include brings."""
    facts = schema.get("x-mock") or {}
    found = {name: value for name, value in schema.items() if name != "x-mock"}
    if "properties" in found:
        brought = {name for name, include in (facts.get("includes") or {}).items() if not include.get("always")}
        members = found["properties"].items()
        found["properties"] = {name: named(each) if name in brought else each for name, each in members}
    return found


def named(member: Mapping[str, Any]) -> dict[str, Any]:
    """An included record, or a list of them, in words instead of in full."""
    reference = (member["items"] if "items" in member else member["allOf"][0])["$ref"]
    about = f"{member.get('description', '')} Comes with `include`; see the schema {reference.rpartition('/')[2]}."
    kind = {"type": "array", "items": {"type": "object"}, "example": []} if "items" in member else {"type": "object"}
    return {**kind, "description": about.strip(), "readOnly": True}


def plain(operation: Any) -> Any:
    """The operation without its facts and with unset query parameters."""
    if not isinstance(operation, dict):
        return operation
    found = {name: value for name, value in operation.items() if name != "x-mock"}
    if "parameters" in found:
        found["parameters"] = [unset(each) for each in found["parameters"]]
    return found


def unset(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """A query parameter whose example is told, not filled in."""
    if parameter.get("in") != "query" or parameter.get("required") or "example" not in parameter:
        return parameter
    about = f"{parameter.get('description', '')} Example: `{parameter['example']}`."
    return {**{name: value for name, value in parameter.items() if name != "example"}, "description": about.strip()}


@lru_cache(maxsize=8)
def asset(name: str) -> tuple[bytes, str]:
    """(content, media type) of a file of the viewer. Raises Refused for any other name."""
    spec = find_spec("swagger_ui") if name in ASSETS else None
    path = Path(spec.origin).parent / "static" / name if spec is not None and spec.origin is not None else None
    if path is None or not path.is_file():
        diagnosis = Diagnosis("path", "docs", name, f"one of {', '.join(ASSETS)}")
        raise Refused("route", "There is no such file.", diagnoses=(diagnosis,))
    return path.read_bytes(), ASSETS[name]
