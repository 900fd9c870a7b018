"""Reads a body whole, within a limit. A connection that closes half way ends the call without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.middleware.call import Call, Receive

MAX_BODY = 25 * 1024 * 1024
FIGURES = len(str(MAX_BODY))


class Disconnected(Exception):
    """The client went away before its body was complete."""


def too_large(size: int) -> Refused:
    """The refusal of a body above the limit."""
    diagnosis = Diagnosis("body", "size", size, f"at most {MAX_BODY} bytes")
    return Refused("too_large", "The POST data is too large.", diagnoses=(diagnosis,))


def at_hand(receive: Receive) -> bytes | None:
    """The body, where the server has all of it and says so; None when it is to be awaited."""
    take: Callable[[], bytes | None] | None = getattr(getattr(receive, "__self__", None), "take", None)
    return None if take is None else take()


async def read_whole(call: Call, receive: Receive) -> bytes:
    """The body. Raises Refused when it is above MAX_BODY, Disconnected when it breaks off."""
    declared = call.headers.get("content-length", "")
    if len(declared) >= FIGURES and declared.isascii() and declared.isdigit() and int(declared[:20]) > MAX_BODY:
        raise too_large(int(declared[:20]))
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    content: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return content
    parts, size = [content], len(content)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            raise too_large(size)
        parts.append(part)
    return b"".join(parts)
