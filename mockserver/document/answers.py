"""What a successful call answers, as a table: word -> media type and schema. `record:Invoice` takes another schema."""

from __future__ import annotations

from typing import Any

from mockserver.document.errors import DocumentError, did_you_mean

_JSON = "application/json"
_BINARY = {"type": "string", "format": "binary"}
_TEXT = {"type": "string"}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_ENVELOPES = {"record": "{}Response", "list": "{}ListResponse", "blank": "{}BlankResponse"}
_COMPONENTS = {"record": "{}Record", "list": "{}List", "blank": "{}Blank"}
_PLAIN: dict[str, tuple[str, dict[str, Any]]] = {
    "message": (_JSON, _ref("Message")),
    "json": (_JSON, {"type": "object"}),
    "list_of_anything": (_JSON, {"type": "array", "items": {}}),
    "pdf": ("application/pdf", _BINARY),
    "zip": ("application/zip", _BINARY),
    "xml": ("application/xml", _TEXT),
    "csv": ("text/csv", _TEXT),
    "html": ("text/html", _TEXT),
    "text": ("text/plain", _TEXT),
    "empty": ("text/html", {"type": "string", "maxLength": 0}),
}
_SHARED = {"message": "Message", "pdf": "Pdf", "empty": "Empty"}
HEADERS = {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-APP-VERSION", "X-MINIMUM-CLIENT-VERSION")}


def answer(words: list[str], schema: str, about: str, where: str) -> dict[str, Any]:
    """The 200 response for the given words; a single common one is a reference to a component."""
    if len(words) == 1:
        word, _, other = words[0].partition(":")
        if word in _COMPONENTS:
            return {"$ref": f"#/components/responses/{_COMPONENTS[word].format(other or schema)}"}
        if word in _SHARED:
            return {"$ref": f"#/components/responses/{_SHARED[word]}"}
    by_type: dict[str, list[dict[str, Any]]] = {}
    for each in words:
        media, shape = _shape(each, schema, where)
        by_type.setdefault(media, []).append(shape)
    content = {
        # not `oneOf`: two nouns can be alike enough for one body to fit both
        media: {"schema": shapes[0] if len(shapes) == 1 else {"anyOf": shapes}}
        for media, shapes in by_type.items()
    }
    return {"description": about, "headers": dict(HEADERS), "content": content}


def _shape(text: str, schema: str, where: str) -> tuple[str, dict[str, Any]]:
    word, _, other = text.partition(":")
    if word in _ENVELOPES:
        return _JSON, _ref(_ENVELOPES[word].format(other or schema))
    if word == "schema" and other:
        return _JSON, _ref(other)
    if word not in _PLAIN:
        known = [*_ENVELOPES, *_PLAIN, "schema:NAME"]
        raise DocumentError(f"{where}: answers", f"`{text}`", "a known kind of answer", did_you_mean(word, known))
    return _PLAIN[word]
