"""Query string and body: parsed and cast by plans that are compiled on first use.

What can't be parsed is kept on the request, because the service looks the record up before it complains (R-AUTH-9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockserver.errors import Refused
from mockserver.frame import SpecMiddleware
from mockserver.middleware.body import at_hand, read_whole
from mockserver.middleware.call import KEY
from mockserver.payload import is_read

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from connexion.spec import Specification

    from mockserver.flow import Engine
    from mockserver.middleware.call import App, Call, Receive, Scope, Send

BODILESS = frozenset({"GET", "HEAD"})


class ReadingMiddleware(SpecMiddleware):
    """Fills query, body and files of the request."""

    def __init__(self, app: App, *, engine: Engine) -> None:
        self.app = app
        self._engine = engine

    def add_api(self, specification: Specification, **_: Any) -> None:
        """Nothing to take: body plans are compiled from the document on first use."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        call: Call = scope[KEY]
        request = call.request
        assert request is not None
        query = scope["query_string"]
        if query:
            request.query = parse_query(query)
        if request.method not in BODILESS:
            if call.body is None:
                call.body = at_hand(receive)
            if call.body is None:
                return self._awaited(call, scope, receive, send)
            if call.body:
                try:
                    request.body, request.files = call.input
                    self._engine.read_body(request)
                except Refused as problem:
                    request.problem = problem
                kind = call.headers.get("content-type", "")
                if not request.body and not is_read(kind):
                    request.unread = kind
        return self.app(scope, receive, send)

    async def _awaited(self, call: Call, scope: Scope, receive: Receive, send: Send) -> None:
        call.body = await read_whole(call, receive)
        await self(scope, receive, send)


def parse_query(query: bytes) -> dict[str, str]:
    """Last value of each parameter; `ids[]` lists are joined by commas."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace"):
        if name.endswith("[]"):
            bare = name[:-2]
            found[bare] = f"{found[bare]},{value}" if bare in found else value
        else:
            found[name] = value
    return found
