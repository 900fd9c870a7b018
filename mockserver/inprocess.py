"""A client that calls the application inside the process: the whole stack, no socket, no event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

import orjson

from mockserver.payload import FORM, JSON

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence

    from mockserver.app import Mock
    from mockserver.world import World

BOUNDARY = "mockserver-boundary-7f3a9c"


class Response:
    """An answer: `status_code`, `headers` (lower-case names), `content`, `text`, `json()`."""

    def __init__(self, status_code: int, headers: dict[str, str], content: bytes) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The parsed body; raises ValueError when it is not JSON."""
        return orjson.loads(self.content)

    def __repr__(self) -> str:
        return f"<Response {self.status_code} {self.text[:200]}>"


class MockClient:
    """Calls one world of a mock with its token, asking for JSON errors as the web apps do."""

    def __init__(self, mock: Mock, world: World) -> None:
        self._mock = mock
        self.world = world
        self.headers = {
            "X-API-TOKEN": world.identity.token,
            "X-Requested-With": "XMLHttpRequest",
            "X-Mock-World": world.name,
            "Host": "localhost",
        }

    def get(self, url: str, **options: Any) -> Response:
        """GET; options as of `request`."""
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Response:
        """POST; options as of `request`."""
        return self.request("POST", url, **options)

    def put(self, url: str, **options: Any) -> Response:
        """PUT; options as of `request`."""
        return self.request("PUT", url, **options)

    def patch(self, url: str, **options: Any) -> Response:
        """PATCH; options as of `request`."""
        return self.request("PATCH", url, **options)

    def delete(self, url: str, **options: Any) -> Response:
        """DELETE; options as of `request`."""
        return self.request("DELETE", url, **options)

    def request(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        data: Mapping[str, Any] | Sequence[tuple[str, Any]] | None = None,
        files: Sequence[tuple[str, tuple[str, bytes]]] = (),
        params: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Response:
        """One call. `url` is a path with an optional query, or a link of an answer; a header that is None is left out.

        `json` sends JSON, `data` a form, `files` ((field, (name, bytes)) pairs) multipart, `content` raw bytes.
        """
        sent = {name.lower(): value for name, value in {**self.headers, **(headers or {})}.items()}
        body = b""
        if files:
            body, kind = multipart(pairs_of(data), files), f"multipart/form-data; boundary={BOUNDARY}"
            sent.setdefault("content-type", kind)
        elif data is not None:
            body = urlencode(pairs_of(data)).encode()
            sent.setdefault("content-type", FORM)
        elif json is not None:
            body = orjson.dumps(json)
            sent.setdefault("content-type", JSON)
        elif content is not None:
            body = content
        sent.setdefault("content-length", str(len(body)))
        path, _, query = url.removeprefix(self.world.base_url).partition("?")
        if params:
            query = "&".join(part for part in (query, urlencode(params, doseq=True)) if part)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method.upper(),
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items() if value is not None
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 80),
            "extensions": {},
        }
        return call(self._mock.asgi, scope, body)


def call(app: Any, scope: dict[str, Any], body: bytes) -> Response:
    """Drive an ASGI application to its end; it never waits for anything but these two functions."""
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    running: Coroutine[Any, Any, None] = app(scope, receive, send)
    try:
        running.send(None)
    except StopIteration:
        pass
    else:
        running.close()
        raise RuntimeError("the application waited for something outside this process")
    start = messages[0]
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Response(start["status"], headers, b"".join(message.get("body", b"") for message in messages[1:]))


def pairs_of(data: Mapping[str, Any] | Sequence[tuple[str, Any]] | None) -> list[tuple[str, Any]]:
    """Form fields as pairs."""
    if data is None:
        return []
    return list(data.items()) if hasattr(data, "items") else list(data)


def multipart(fields: list[tuple[str, Any]], files: Sequence[tuple[str, tuple[str, bytes]]]) -> bytes:
    """A multipart/form-data body."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for field, (name, content) in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
