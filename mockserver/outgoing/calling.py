"""The calls that webhooks make: what goes out with them, and what is noted of the answer."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from mockserver.store.table import Data

AT_ONCE = 8
TIMEOUT = 10.0
EXCERPT = 2000
OURS = frozenset(
    {"connection", "content-length", "content-type", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Headers of a delivery that a webhook can't set."""


class Caller:
    """Makes calls, a few at once in each event loop."""

    def __init__(self) -> None:
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self._trust: ssl.SSLContext | None = None

    async def call(self, method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        """(status, what to note); status 0 when nothing came back."""
        import httpx  # only servers with webhooks need it

        if self._trust is None:  # making one takes longer than a delivery
            self._trust = ssl.create_default_context()
        gate = self._gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
        client = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False, verify=self._trust)
        try:
            async with gate, client, client.stream(method, url, headers=headers, content=body) as response:
                part = b""
                async for chunk in response.aiter_bytes():
                    part += chunk
                    if len(part) >= EXCERPT:
                        break
                return response.status_code, {"status": response.status_code, "answer": excerpt(part)}
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return 0, {"status": None, "error": f"{type(error).__name__}: {error}"}


def headers_of(webhook: Data) -> dict[str, str]:
    """The webhook's own headers that can be sent."""
    own = webhook["headers"] if isinstance(webhook["headers"], dict) else {}
    return {
        name: str(value)
        for name, value in own.items()
        if name
        and name.isascii()
        and name.replace("-", "").replace("_", "").isalnum()
        and name.lower() not in OURS
        and str(value).isascii()
        and str(value).isprintable()
    }


def excerpt(content: bytes) -> str:
    return content[:EXCERPT].decode("utf-8", "replace")
