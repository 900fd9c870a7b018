r"""JSON as the service writes it: four spaces, `\/`, non-ASCII as `\uXXXX` (R-WIRE-3).

ujson writes just that layout in C; orjson, which reads faster, can only indent by two and has no escapes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import ujson


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


def inner(value: Any) -> bytes:
    """Indented JSON as it stands inside an object or a list: moved in by one level, its first line excepted."""
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
    return b',\n    "' + key.encode() + b'": ' + inner(value)
