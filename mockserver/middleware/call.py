"""What the middlewares hand on: the call so far, kept in the ASGI scope under one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.respond import wants_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from mockserver.answer import Reply
    from mockserver.document.model import Operation
    from mockserver.request import Request
    from mockserver.world import World

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

KEY = "mockserver"
API_VERSION = "5.12.28"
CLIENT_VERSION = "5.0.16"

COMMON: list[tuple[bytes, bytes]] = [
    (b"x-app-version", API_VERSION.encode()),
    (b"x-minimum-client-version", CLIENT_VERSION.encode()),
    (b"x-api-version", CLIENT_VERSION.encode()),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (
        b"access-control-allow-headers",
        b"X-React,X-API-PASSWORD-BASE64,X-API-COMPANY-KEY,X-CLIENT-PLATFORM,X-CLIENT-VERSION,X-API-SECRET,X-API-TOKEN,"
        b"X-API-PASSWORD,DNT,X-CustomHeader,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,"
        b"Content-Type,Range,X-Mock-World",
    ),
    (b"access-control-expose-headers", b"X-APP-VERSION,X-MINIMUM-CLIENT-VERSION,Content-Disposition,X-Mock-Diagnostics"),
]
"""Headers of every answer, errors included (R-AUTH-17, R-AUTH-18)."""

_TYPES: dict[str, tuple[bytes, bytes]] = {}


class Call:
    """One HTTP call on its way in: headers by lower-case name, the world, then the operation and the request."""

    __slots__ = ("body", "headers", "operation", "parameters", "request", "token", "world")

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers
        self.world: World | None = None
        self.token = headers.get("x-api-token", "")
        self.operation: Operation | None = None
        self.parameters: Mapping[str, str] = {}
        self.body: bytes | None = None
        self.request: Request | None = None

    @property
    def wants_json(self) -> bool:
        return wants_json(self.headers.get("accept", ""), self.headers.get("x-requested-with", ""))


async def respond(send: Send, reply: Reply, *, head: bool = False, close: bool = False) -> None:
    """Send a finished reply with the headers of every answer."""
    kind = _TYPES.get(reply.type)
    if kind is None:
        kind = (b"content-type", reply.type.encode("latin-1"))
        if len(_TYPES) < 64:  # noqa: PLR2004 - a handful of types occur
            _TYPES[reply.type] = kind
    headers = [*COMMON, kind, (b"content-length", b"%d" % len(reply.body))]
    for name, value in reply.headers.items():
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else reply.body})
