"""One call on its way through a server with a fault, and the ASGI application that lets the fault at it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.app import Mock
    from mockserver.world import World
    from tests.planted.fault import Fault

ROOT = "/api/v1/"
JSON = b"application/json"


class Exchange:
    """A call: what a plant sees and may change, before the mock answers and after it."""

    def __init__(self, mock: Mock, scope: Any, body: bytes, memory: dict[Any, Any]) -> None:
        self.mock = mock
        self.method: str = scope["method"]
        self.place: str = scope["path"]
        """The path as it came."""
        self._asked: bytes = scope["query_string"]
        self.query = dict(parse_qsl(self._asked.decode("latin-1"), keep_blank_values=True))
        self._query = dict(self.query)
        self.headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        self.body = body
        self.status = 0
        self.fields: list[tuple[bytes, bytes]] = []
        """Headers of the answer."""
        self.answer = b""
        self.memory = memory
        """What the server remembers between calls."""
        self.kept: dict[Any, Any] = {}
        """What the plant remembers between before and after."""
        self._document: Any = None

    @property
    def path(self) -> str:
        """What follows /api/v1/."""
        return self.place.partition(ROOT)[2]

    @property
    def id(self) -> str:
        """The id in the path."""
        return [*self.path.split("/"), ""][1]

    @property
    def world(self) -> World:
        return self.mock.worlds.get(self.headers.get("x-mock-world", "default"))

    @property
    def world_key(self) -> int:
        """Tells worlds apart, those of one name too."""
        return id(self.world)

    @property
    def query_string(self) -> bytes:
        return self._asked if self.query == self._query else urlencode(self.query).encode()

    @property
    def sent(self) -> Any:
        """The JSON that was sent; an empty object when it is none."""
        try:
            return orjson.loads(self.body)
        except ValueError:
            return {}

    def send(self, value: Any) -> None:
        """Put another JSON into the request."""
        self.body = orjson.dumps(value)
        self.headers["content-length"] = str(len(self.body))
        self.headers.setdefault("content-type", "application/json")

    @property
    def document(self) -> Any:
        """The JSON of the answer; what is changed in it is sent."""
        if self._document is None:
            self._document = orjson.loads(self.answer)
        return self._document

    @property
    def is_json(self) -> bool:
        return any(name.lower() == b"content-type" and value.startswith(JSON) for name, value in self.fields)

    def records(self) -> Iterator[dict[str, Any]]:
        """The records of the answer, be it one or a list."""
        data = self.document.get("data", []) if isinstance(self.document, dict) else []
        yield from data if isinstance(data, list) else [data]

    def say(self, status: int, document: Any) -> None:
        """Answer something else."""
        self.status, self._document = status, None
        self.answer = orjson.dumps(document)
        self.header("content-type", "application/json")

    def header(self, name: str, value: str | None) -> None:
        """Set a header of the answer; None takes it away."""
        self.fields = [each for each in self.fields if each[0].lower() != name.encode()]
        if value is not None:
            self.fields.append((name.encode(), value.encode()))

    def done(self) -> None:
        """Make bytes of the answer that was changed."""
        if self._document is not None:
            self.answer, self._document = orjson.dumps(self._document), None


class Faulty:
    """An ASGI application: the mock with a fault; without one it changes nothing."""

    def __init__(self, mock: Mock, fault: Fault | None) -> None:
        self._mock = mock
        self._fault = fault
        self._memory: dict[Any, Any] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        fault = self._fault
        if scope["type"] != "http" or fault is None or not fault.meets(scope["method"], scope["path"]):
            await self._mock.asgi(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        exchange = Exchange(self._mock, scope, body, self._memory)
        plant = fault.plant
        if plant.before is not None:
            plant.before(exchange)
        if plant.pause:
            await asyncio.sleep(plant.pause)
        if plant.late is not None:
            plant.late(exchange)
        if not exchange.status:
            await self._ask(exchange, scope)
            if plant.after is not None and (not fault.status or exchange.status in fault.status):
                plant.after(exchange)
                exchange.done()
        kept = [(name, value) for name, value in exchange.fields if name.lower() != b"content-length"]
        length = exchange.kept.get("length", len(exchange.answer))
        kept.append((b"content-length", b"%d" % length))
        await send({"type": "http.response.start", "status": exchange.status, "headers": kept})
        content = b"" if scope["method"] == "HEAD" else exchange.answer
        await send({"type": "http.response.body", "body": content})

    async def _ask(self, exchange: Exchange, scope: Any) -> None:
        """Let the mock answer the request as it is now."""

        async def receive() -> Any:
            return {"type": "http.request", "body": exchange.body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                exchange.status, exchange.fields = message["status"], list(message["headers"])
            else:
                exchange.answer += message.get("body", b"")

        asked = {
            **scope,
            "method": exchange.method,
            "path": exchange.place,
            "raw_path": exchange.place.encode(),
            "query_string": exchange.query_string,
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in exchange.headers.items()],
        }
        await self._mock.asgi(asked, receive, send)
