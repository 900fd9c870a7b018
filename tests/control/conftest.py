"""Calls of the control API in the process, with the caller's address and any header under control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson
import pytest

from mockserver.app import Settings, create_mock
from mockserver.inprocess import call

if TYPE_CHECKING:
    from mockserver.app import Mock
    from mockserver.inprocess import Response

SECRET = "open sesame"


class Control:
    """A caller of /__mock__/ at an address."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        client: str | None = "127.0.0.1",
        headers: dict[str, str] | None = None,
        prefix: str = "/__mock__",
    ) -> Response:
        """One call; bytes are sent as they are, anything else as JSON. A header that is empty is sent empty."""
        sent = {"host": "localhost:8080", **{name.lower(): value for name, value in (headers or {}).items()}}
        content = b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body)
        target, _, query = f"{prefix}{path}".partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(target),
            "raw_path": target.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
            "client": None if client is None else (client, 50000),
            "server": ("127.0.0.1", 8080),
            "extensions": {},
        }
        return call(self.mock.asgi, scope, content)

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """A call of the mocked API with the default token."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {
            "X-API-TOKEN": "TOKEN",
            "X-Requested-With": "XMLHttpRequest",
            "Content-Type": "application/json",
            **given,
        }
        return self(method, path, body, headers=sent, prefix="")


@pytest.fixture
def control() -> Control:
    """A mock of its own: whatever a test does to its worlds, no other test sees it."""
    return Control(create_mock(Settings(max_worlds=1000)))


@pytest.fixture(scope="module")
def shared() -> Control:
    """A mock for tests that only read."""
    return Control(create_mock(Settings()))


@pytest.fixture(scope="module")
def guarded() -> Control:
    """A mock whose control API has a secret."""
    return Control(create_mock(Settings(control_secret=SECRET)))
