"""Rate limits as the service has them, where a world asks for them: 429 and X-RateLimit headers (R-AUTH-13, R-AUTH-14).

The service counts by address. Here tokens count apart as well, because all the tests of a machine come from one
address; calls without a token and the tries of a login do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.errors import Diagnosis, Refused
from mockserver.frame import SpecMiddleware
from mockserver.middleware.call import KEY, address_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from connexion.spec import Specification

    from mockserver.limits import Limits, Taken
    from mockserver.middleware.call import App, Call, Receive, Scope, Send

BY_ADDRESS = frozenset({"login", "404"})
"""Limits that do not look at tokens."""
UNKNOWN_PATH = ("404",)


class ThrottleMiddleware(SpecMiddleware):
    """Counts calls of operations and refuses what is too much; nothing more than a look where no limits are on."""

    def __init__(self, app: App) -> None:
        self.app = app

    def add_api(self, specification: Specification, **_: Any) -> None:
        """Nothing to take: the limits of an operation are facts of it."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        call: Call = scope[KEY]
        world, operation = call.world, call.operation
        if world is None or world.limits is None or operation is None:
            return self.app(scope, receive, send)
        headers = counted(scope, call, world.limits, operation.throttle)
        return self._limited(headers, scope, receive, send)

    async def _limited(self, headers: dict[str, str], scope: Scope, receive: Receive, send: Send) -> None:
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *raw]}
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Refused as refused:
            refused.headers = {**refused.headers, **headers}
            raise


def count_miss(scope: Scope, call: Call) -> None:
    """Count a call of a path that is none. Raises Refused when there were too many."""
    if call.world is not None and call.world.limits is not None:
        counted(scope, call, call.world.limits, UNKNOWN_PATH)


def counted(scope: Scope, call: Call, limits: Limits, names: tuple[str, ...]) -> dict[str, str]:
    """Headers of a call that is within its limits: those of the one with the fewest calls left.

    Raises Refused with the headers of the first limit that is used up.
    """
    assert call.world is not None
    world, now = call.world, call.world.clock.now()
    address = address_of(scope)
    shown: tuple[int, Taken] | None = None
    for name in names:
        limit = limits.of(name)
        if limit is None:
            continue
        # limits of single routes share a counter, as those of the service do
        kind = "routes" if "/" in name else name
        key = (kind, address) if name in BY_ADDRESS else (kind, address, call.token)
        taken = world.calls.take(key, limit, now)
        if taken.refused:
            wait = taken.until - now
            wanted = f"{limit.calls} calls in {limit.seconds} s, or {wait} s of patience"
            diagnosis = Diagnosis("request", "R-AUTH-13", f"one call more ({name})", wanted)
            refused = Refused("too_many", "Too many requests", diagnoses=(diagnosis,))
            refused.headers = {
                **rate_headers(limit.calls, 0),
                "Retry-After": str(wait),
                "X-RateLimit-Reset": str(taken.until),
            }
            raise refused
        if shown is None or taken.left <= shown[1].left:
            shown = limit.calls, taken
    return rate_headers(shown[0], shown[1].left) if shown is not None else {}


def rate_headers(calls: int, left: int) -> dict[str, str]:
    """What each counted answer carries."""
    return {"X-RateLimit-Limit": str(calls), "X-RateLimit-Remaining": str(left)}
