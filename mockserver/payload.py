"""Bodies: JSON, form and multipart bytes to one shape; the service reads all three alike (R-VAL-25).

Text is trimmed, except passwords, and empty text becomes None (R-WIRE-49).
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import orjson

from mockserver.errors import Diagnosis, Refused
from mockserver.request import Upload

MAX_DEPTH = 128
MAX_MEMBERS = 20_000
KEEP_SPACE = frozenset({"password", "current_password", "password_confirmation"})
JSON, FORM, MULTIPART = READ = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
"""The media types of bodies that are read; one that ends in +json is read as JSON."""
KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")


def malformed(rule: str, got: Any, wanted: str, hint: str = "") -> Refused:
    """The service's answer to a body that is not JSON (new in 5.12)."""
    return Refused(
        "malformed",
        body={"message": "Malformed JSON payload.", "error": "Invalid JSON data provided"},
        diagnoses=(Diagnosis("body", rule, got, wanted, hint),),
    )


@lru_cache(maxsize=64)
def media_type(content_type: str) -> str:
    """The media type of a Content-Type header, in lower case and without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_read(content_type: str) -> bool:
    """Whether a body of this type is read at all."""
    kind = media_type(content_type)
    return kind in READ or kind.endswith("+json")


def read_body(content_type: str, content: bytes) -> tuple[dict[str, Any], tuple[Upload, ...]]:
    """Members and files of a body.

    Raises Refused: malformed JSON, or a structure nested deeper than MAX_DEPTH. A content type that is none of
    the three is read as no input, as the service does.
    """
    if not content:
        return {}, ()
    kind = media_type(content_type)
    if kind == JSON or kind.endswith("+json"):
        return read_json(content), ()
    if kind == FORM:
        check_members(content.count(b"&") + 1)
        pairs = parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
        return trim(nest(pairs), 0), ()
    if kind == MULTIPART:
        return read_multipart(content_type, content)
    return {}, ()


def check_members(count: int) -> None:
    """Raise Refused for more form fields than anybody sends; counted before they are parsed, which costs memory."""
    if count > MAX_MEMBERS:
        diagnosis = Diagnosis("body", "members", count, f"at most {MAX_MEMBERS} form fields")
        raise Refused("bad_request", "Too many form fields.", diagnoses=(diagnosis,))


def read_json(content: bytes) -> dict[str, Any]:
    """A JSON object; anything else that is JSON (a list, a number) counts as no input."""
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise malformed("json", content[:60].decode("utf-8", "replace"), "a JSON object", str(error)) from None
    return trim(value, 0) if isinstance(value, dict) else {}


def trim(value: Any, depth: int) -> Any:
    """Trims texts inside, in place; empty text becomes None. Raises Refused when it is nested too deeply."""
    if depth > MAX_DEPTH:
        raise malformed("depth", f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting")
    members = value.items() if value.__class__ is dict else enumerate(value)
    for name, each in members:  # no member is added or taken away
        kind = each.__class__
        if kind is str:
            if name not in KEEP_SPACE:
                stripped = each.strip()
                if stripped is not each or not stripped:
                    value[name] = stripped or None
            elif not each:
                value[name] = None
        elif kind is dict or kind is list:
            trim(each, depth + 1)
    return value


def nest(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Form keys such as `line_items[0][cost]` and `ids[]` to nested members; numbered ones become a list."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        found = KEY.match(name)
        if found is None:
            root[name] = value
            continue
        steps = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
        if len(steps) > MAX_DEPTH:
            raise malformed("depth", f"{len(steps)} levels", f"at most {MAX_DEPTH} levels of nesting")
        place = root
        for name_or_none in steps[:-1]:
            step = name_or_none or next_index(place)  # `a[]` stands for the next free index
            inner = place.setdefault(step, {})
            if not isinstance(inner, dict):
                inner = place[step] = {}
            place = inner
        place[steps[-1] or next_index(place)] = value
    return {key: _listed(value) for key, value in root.items()}


def next_index(place: dict[str, Any]) -> str:
    """The index that `a[]` stands for: one that is not taken, so that no value is lost."""
    index = len(place)
    while str(index) in place:
        index += 1
    return str(index)


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    members = {key: _listed(each) for key, each in value.items()}
    if members and all(key.isascii() and key.isdigit() for key in members):
        return list(members.values())
    return members


def read_multipart(content_type: str, content: bytes) -> tuple[dict[str, Any], tuple[Upload, ...]]:
    """Fields and files of a multipart body. Raises Refused when it breaks off or has no boundary."""
    from python_multipart import parse_form
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import parse_options_header

    boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
    if not boundary:
        raise broken("Content-Type names no boundary")
    # The parser takes a body that breaks off for a short one, and would drop the file that was cut.
    if b"--" + boundary + b"--" not in content:
        raise broken("the closing boundary is missing")
    check_members(content.count(b"--" + boundary) - 1)
    pairs: list[tuple[str, Any]] = []
    uploads: list[Upload] = []

    def on_field(part: Any) -> None:
        pairs.append(
            ((part.field_name or b"").decode("utf-8", "replace"), (part.value or b"").decode("utf-8", "replace"))
        )

    def on_file(part: Any) -> None:
        part.file_object.seek(0)
        name = (part.file_name or b"").decode("utf-8", "replace")
        if not name:  # a file input that nobody filled
            part.close()
            return
        declared = part.content_type or "application/octet-stream"
        kind = declared.decode("latin-1") if isinstance(declared, bytes) else declared
        uploads.append(Upload((part.field_name or b"").decode("utf-8", "replace"), name, kind, part.file_object.read()))
        part.close()

    headers = {"Content-Type": content_type.encode("latin-1", "replace"), "Content-Length": str(len(content)).encode()}
    try:
        parse_form(headers, BytesIO(content), on_field, on_file)
    except (FormParserError, ValueError) as error:
        raise broken(str(error)) from None
    return trim(nest(pairs), 0), tuple(uploads)


def broken(problem: str) -> Refused:
    """The refusal of a multipart body that can't be read."""
    diagnosis = Diagnosis("body", "multipart", problem, "complete multipart/form-data with its boundary")
    return Refused("bad_request", "Malformed multipart payload.", diagnoses=(diagnosis,))
