"""Which operation is meant: a trie filled from the document in place of connexion's linear scan."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from mockserver.errors import Diagnosis, Refused
from mockserver.frame import SpecMiddleware
from mockserver.middleware.body import at_hand, read_whole
from mockserver.middleware.call import KEY
from mockserver.middleware.throttle import count_miss
from mockserver.payload import READ

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from connexion.spec import Specification

    from mockserver.middleware.call import App, Call, Receive, Scope, Send
    from mockserver.routes import Routes

OVERRIDABLE = frozenset({"PUT", "PATCH", "DELETE"})
REMEMBERED = 1024
LONGEST = 200
"""Paths whose operation is remembered: how many, and how long they may be."""


class Beside(Protocol):
    """What lies beside the operations: it answers calls of the paths that it holds."""

    def holds(self, path: str) -> bool: ...

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]: ...


class RoutingMiddleware(SpecMiddleware):
    """Attaches the operation to the call; POST with `_method=PUT` counts as PUT (R-VAL-25)."""

    def __init__(self, app: App, *, routes: Routes, beside: Sequence[Beside]) -> None:
        self.app = app
        self._routes = routes
        self._beside = beside
        self._find = lru_cache(maxsize=REMEMBERED)(routes.find)

    def add_api(self, specification: Specification, **_: Any) -> None:
        """Nothing to take: the operations are in the trie already."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        method: str = scope["method"]
        if method == "POST":
            return self._posted(scope, receive, send)
        return self._onward("GET" if method == "HEAD" else method, scope, receive, send)

    def _posted(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """As the verb that the POST stands for: by header, query string or form field."""
        call: Call = scope[KEY]
        wanted = call.headers.get("x-http-method-override", "")
        if not wanted and b"_method" in scope["query_string"]:
            wanted = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("_method", "")
        if not wanted and call.headers.get("content-type", "").lower().startswith(READ):
            call.body = at_hand(receive)
            if call.body is None:
                return self._awaited(call, scope, receive, send)
            wanted = method_field(call)
        return self._as(wanted, scope, receive, send)

    async def _awaited(self, call: Call, scope: Scope, receive: Receive, send: Send) -> None:
        call.body = await read_whole(call, receive)
        await self._as(method_field(call), scope, receive, send)

    def _as(self, wanted: str, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        method = wanted.upper() if wanted else ""
        return self._onward(method if method in OVERRIDABLE else "POST", scope, receive, send)

    def _onward(self, method: str, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        call: Call = scope[KEY]
        path: str = scope["path"]
        found = self._find(method, path) if len(path) <= LONGEST else self._routes.find(method, path)
        if found is None:
            for each in self._beside:
                if each.holds(path):
                    return each(scope, receive, send)
            count_miss(scope, call)
            raise self._miss(method, path)
        call.operation, call.parameters = found
        if method != scope["method"]:  # in a copy: the server frames its answer by the method that it was asked with
            scope = {**scope, "method": method}
        return self.app(scope, receive, send)

    def _miss(self, method: str, path: str) -> Refused:
        """The service's 404: the words differ by verb (R-AUTH-12)."""
        others = [verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE") if self._routes.find(verb, path)]
        if method == "GET" and not others:
            hint = self._routes.nearest(path)
            return Refused(
                "route",
                "Route does not exist",
                diagnoses=(Diagnosis("path", "R-AUTH-12", path, "a documented path", hint),),
            )
        wanted = f"{', '.join(others)} for this path" if others else "a documented path"
        return Refused(
            "route",
            "Method not supported for this route",
            diagnoses=(Diagnosis("method", "R-AUTH-12", f"{method} {path}", wanted),),
        )


def method_field(call: Call) -> str:
    """The value of the body's `_method` member; the word inside another value, or inside a file, is none."""
    if not call.body or b"_method" not in call.body:
        return ""
    try:
        members, _ = call.input
    except Refused:
        return ""  # said again, and answered, when the body is read
    return str(members.get("_method") or "")
