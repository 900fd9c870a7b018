r"""JSON as the service writes it: four spaces, `\/`, non-ASCII as `\uXXXX` (R-WIRE-3).

ujson writes just that layout in C. orjson takes a quarter of the time, but indents by two and has no escapes: what it
makes of a record is brought into the layout where that is only a matter of spaces and strokes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
import ujson

_BEFORE, _AFTER, _LINES = len("[\n  [\n    [\n      "), -len("\n      }\n    ]\n  ]\n]"), 7
"""What stands around the members of an object in three lists, and the lines that are none of its members."""


@lru_cache(maxsize=256)
def quoted(text: str) -> bytes:
    """A text as it stands in JSON, without its quotes."""
    return ujson.dumps(text).encode()[1:-1]


def compact(value: Any) -> bytes:
    """Compact JSON, for messages and errors."""
    return ujson.dumps(value).encode()


def pretty(value: Any) -> bytes:
    """Indented JSON, for records."""
    return ujson.dumps(value, indent=4).encode()


def inner(value: dict[str, Any], *, flat: bool = False) -> bytes:
    """An object as indented JSON inside another or a list: moved in by a level, its first line excepted.

    `flat` says that all of its members are known to be empty, or to have none of their own.
    """
    try:
        text = orjson.dumps([[[value]]], option=orjson.OPT_INDENT_2)  # three lists move its members to their place
    except TypeError:  # an integer of more than 64 bits, half a surrogate pair
        return _inner(value)
    if not text.isascii() or not (
        flat or text.count(b"\n") == len(value) + _LINES
    ):  # what its members hold is further in
        return _inner(value)
    return text[_BEFORE:_AFTER].replace(b"/", b"\\/") + b"\n    }"


def _inner(value: Any) -> bytes:
    """The same, for any value."""
    return ujson.dumps([value], indent=4).encode()[6:-2]  # "[\n    " and "\n]"


def indent(fragment: bytes, levels: int) -> bytes:
    """A pretty fragment moved in by levels, its first line excepted."""
    return fragment.replace(b"\n", b"\n" + b"    " * levels)


def list_envelope(key: bytes, fragments: list[bytes], tail: bytes) -> bytes:
    """`{"data": [records], "meta": ...}` from fragments that are already indented by two levels."""
    if not fragments:
        return b'{\n    "' + key + b'": []' + tail + b"\n}"
    head, *rest = fragments
    parts = [b'{\n    "' + key + b'": [\n        ' + head, *rest]
    parts[-1] += b"\n    ]" + tail + b"\n}"
    return b",\n        ".join(parts)  # a page may be large, so that its records are copied just once


def member(key: str, value: Any) -> bytes:
    """A further top-level member of an envelope, with its leading comma."""
    return b',\n    "' + key.encode() + b'": ' + _inner(value)
