"""Refusals as HTTP: the service's own error bodies, and the diagnosis in a header beside them (R-AUTH-7..16).

Without `X-Requested-With: XMLHttpRequest` or a JSON Accept header the service redirects (validation) or answers
HTML (unknown record, permission, route), as a browser would see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from mockserver.answer import Reply
from mockserver.encode import compact

if TYPE_CHECKING:
    from mockserver.errors import ContractBreach, Refused

HTML = "text/html; charset=UTF-8"
AS_PAGE = {
    "not_found": (404, "Not Found"),
    "unauthorized": (403, "Forbidden"),
    "route": (404, "Not Found"),
    "too_large": (413, "Payload Too Large"),
    "too_many": (429, "Too Many Requests"),
}
DIAGNOSTICS = "X-Mock-Diagnostics"
MAX_HEADER = 2000


def wants_json(accept: str, requested_with: str) -> bool:
    """Whether the service would answer errors as JSON."""
    first = accept.partition(",")[0].strip().lower()
    if "/json" in first or "+json" in first:
        return True
    return requested_with == "XMLHttpRequest" and first in ("", "*/*", "*")


def refusal(refused: Refused, *, wants_json: bool, back: str = "/") -> Reply:
    """The reply to a refused request."""
    headers = dict(refused.headers)
    if refused.diagnoses:
        headers[DIAGNOSTICS] = diagnostics([each.as_dict() for each in refused.diagnoses])
    if not wants_json and refused.reason == "invalid":
        return Reply(302, page(f"Redirecting to {back}"), HTML, {**headers, "Location": back})
    if not wants_json and refused.reason in AS_PAGE:
        status, title = AS_PAGE[refused.reason]
        return Reply(status, page(title), HTML, headers)
    if refused.body is not None:
        body = refused.body
    elif refused.errors is not None:
        body = {"message": refused.message, "errors": refused.errors}
    else:
        body = {"message": refused.message}
    return Reply(refused.status, compact(body), "application/json", headers)


def breach(found: ContractBreach) -> Reply:
    """The reply when an answer of ours is not what the document says: the service's 500, and what was wrong."""
    facts: dict[str, object] = {
        "where": found.operation,
        "rule": "document",
        "got": f"{found.status} {found.problem}",
        "wanted": "an answer that the document allows",
    }
    return Reply(500, compact({"message": "Server Error"}), "application/json", {DIAGNOSTICS: diagnostics([facts])})


def diagnostics(found: list[dict[str, object]]) -> str:
    """Compact JSON that fits a header; diagnoses that do not fit are left out, the last one is cut instead.

    All of it is printable ASCII: JSON escapes every other character but DEL, which a header may not hold either.
    """
    kept: list[str] = []
    room = MAX_HEADER - len("[]") + len(",")
    for each in found:
        text = ascii_json(each)
        room -= len(text) + len(",")
        if room < 0:
            break
        kept.append(text)
    if found and not kept:
        first = found[0]
        while len(text := ascii_json(first)) + len("[]") > MAX_HEADER:
            first = {name: cut(value) for name, value in first.items()}
        kept.append(text)
    return f"[{','.join(kept)}]"


def ascii_json(value: object) -> str:
    """Compact JSON of printable ASCII."""
    return compact(value).decode("ascii").replace("\x7f", "\\u007f")


def cut(value: object) -> object:
    """A text shortened to its first half, or to what a header certainly has room for."""
    return f"{value[: min(len(value) // 2, 100)]}..." if isinstance(value, str) and len(value) > 8 else value


def page(title: str) -> bytes:
    """A plain HTML page, as a framework shows it."""
    safe = orjson.dumps(title).decode()[1:-1].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{safe}</title></head>'
    return f"{head}<body><h1>{safe}</h1></body></html>\n".encode()
