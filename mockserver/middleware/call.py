"""What the middlewares hand on: the call so far, kept in the ASGI scope under one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.headers import COMMON
from mockserver.payload import read_body
from mockserver.respond import wants_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping, MutableMapping

    from mockserver.answer import Reply
    from mockserver.document.model import Operation
    from mockserver.request import Request, Upload
    from mockserver.world import World

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

KEY = "mockserver"
_HEADS: dict[str, bytes] = {}


class Call:
    """One HTTP call on its way in: headers by lower-case name, the world, then the operation and the request."""

    __slots__ = ("_input", "body", "head", "headers", "operation", "parameters", "request", "token", "world")

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers
        self.head = False
        self.world: World | None = None
        self.token = headers.get("x-api-token", "")
        self.operation: Operation | None = None
        self.parameters: Mapping[str, str] = {}
        self.body: bytes | None = None
        self._input: tuple[dict[str, Any], tuple[Upload, ...]] | None = None
        self.request: Request | None = None

    @property
    def input(self) -> tuple[dict[str, Any], tuple[Upload, ...]]:
        """Members and files of the body, parsed once. Raises Refused when they can't be."""
        if self._input is None:
            self._input = read_body(self.headers.get("content-type", ""), self.body or b"")
        return self._input

    @property
    def wants_json(self) -> bool:
        return wants_json(self.headers.get("accept", ""), self.headers.get("x-requested-with", ""))


def address_of(scope: Scope) -> str:
    """Where a call comes from; empty where the server does not say."""
    return scope["client"][0] if scope.get("client") else ""


class Sent:
    """What there is to wait for once an answer is on its way: nothing."""

    __slots__ = ()

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


SENT = Sent()


def respond(send: Send, reply: Reply, *, head: bool = False) -> Awaitable[None]:
    """Send a finished reply with the headers of every answer: at once, where the server takes it so.

    The connection is kept even when the body was not read: the server drops what still comes of it, and a client
    that sends all before it reads gets to see the answer.
    """
    body = reply.body
    if not reply.headers and not head:  # others, which are few, are read header by header
        whole = getattr(getattr(send, "__self__", None), "whole", None)
        start = _HEADS.get(reply.type) or head_of(reply.type)
        if whole is not None and start and whole(reply.status, start, body):
            return SENT
    return _in_parts(send, reply, b"" if head else body)


async def _in_parts(send: Send, reply: Reply, body: bytes) -> None:
    """Send a reply as ASGI has it."""
    length = (b"content-length", b"%d" % len(reply.body))
    headers = [*COMMON, (b"content-type", reply.type.encode("latin-1")), length]
    for name, value in reply.headers.items():
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def head_of(kind: str) -> bytes:
    """The header lines of answers of a media type, up to their length; nothing for one that may not stand in a line."""
    if not kind.isascii() or not kind.isprintable():
        return b""
    lines = [*COMMON, (b"content-type", kind.encode()), (b"content-length", b"")]
    made = b"\r\n".join(b"%b: %b" % each for each in lines)
    if len(_HEADS) < 64:
        _HEADS[kind] = made
    return made
