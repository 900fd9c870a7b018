"""JSON as the service writes it: four spaces, `\\/`, non-ASCII as `\\uXXXX` (R-WIRE-3)."""

from __future__ import annotations

import re
from typing import Any

import orjson

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
MAX_LEVELS = 40
INDENTS = [(b"\n" + b"  " * level, b"\x00" + b"    " * level) for level in range(MAX_LEVELS)]


def _escape(found: re.Match[str]) -> str:
    point = ord(found[0])
    if point < 0x10000:  # noqa: PLR2004 - the end of the basic plane
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"


def _wire(text: bytes) -> bytes:
    text = text.replace(b"/", b"\\/")
    if not text.isascii():
        text = NOT_ASCII.sub(_escape, text.decode()).encode("ascii")
    return text


def compact(value: Any) -> bytes:
    """Compact JSON, for messages and errors."""
    return _wire(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS))


def pretty(value: Any) -> bytes:
    """Indented JSON, for records.

    A raw line feed can't stand inside a JSON string, so every one is layout and the two spaces a level that the
    encoder writes become four by plain replacement, deepest level first.
    """
    text = _wire(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))
    deepest = 0
    while deepest + 1 < MAX_LEVELS and INDENTS[deepest + 1][0] in text:
        deepest += 1
    for level in range(deepest, 0, -1):
        text = text.replace(*INDENTS[level])
    return text.replace(b"\x00", b"\n")


def indent(fragment: bytes, levels: int) -> bytes:
    """A pretty fragment moved in by levels, its first line excepted."""
    return fragment.replace(b"\n", b"\n" + b"    " * levels)


def item_envelope(key: bytes, fragment: bytes, tail: bytes = b"") -> bytes:
    """`{"data": record}`; `tail` holds further members, each with a leading comma."""
    return b'{\n    "' + key + b'": ' + indent(fragment, 1) + tail + b"\n}"


def list_envelope(key: bytes, fragments: list[bytes], tail: bytes) -> bytes:
    """`{"data": [records], "meta": ...}` from fragments that are already indented by two levels."""
    if not fragments:
        return b'{\n    "' + key + b'": []' + tail + b"\n}"
    return b'{\n    "' + key + b'": [\n        ' + b",\n        ".join(fragments) + b"\n    ]" + tail + b"\n}"


def member(key: str, value: Any) -> bytes:
    """A further top-level member of an envelope, with its leading comma."""
    return b',\n    "' + key.encode() + b'": ' + indent(pretty(value), 1)
