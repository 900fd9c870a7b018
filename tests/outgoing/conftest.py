"""A server whose webhooks try again at once, and a receiver that notes what it gets."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest

from mockserver.app import Settings, create_mock
from mockserver.server import BackgroundServer, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADERS = {"X-API-TOKEN": "TOKEN", "X-Requested-With": "XMLHttpRequest"}


@dataclass
class Got:
    """A call that the receiver got."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Receiver:
    """Answers with the status that the path ends with, the next one of a comma list at each call; 200 without one."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, call: Got) -> int:
        with self.changed:
            self.got.append(call)
            self.changed.notify_all()
            told = call.path.rpartition("/")[2].split(",")
            at = sum(other.path == call.path for other in self.got) - 1
        return int(told[min(at, len(told) - 1)] or 200)

    def wait(self, count: int) -> list[Got]:
        """The calls, once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.got) >= count, timeout=20), self.got
            return list(self.got)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            call = Got(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, orjson.loads(content))
            self.send_response(made.note(call))
            self.send_header("Location", f"{made.url}/elsewhere/200")
            self.end_headers()
            self.wfile.write(b"noted")

        def do_PUT(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


class Caller:
    """The owner of the company, over the socket."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, headers=HEADERS, timeout=20)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = self._http.request(method, path, json=body, headers={**headers, "X-API-PASSWORD": "password"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", f"/api/v1/{path}", body)["data"]

    def hook(self, url: str, event: int, **fields: Any) -> Any:
        return self.post("webhooks", {"target_url": url, "event_id": str(event), **fields})

    def deliveries(self, until: Callable[[list[Any]], bool] = bool) -> list[Any]:
        """The journal of deliveries, once it is as wanted."""
        pause = threading.Event()
        for _ in range(400):
            found: list[Any] = self.call("GET", "/__mock__/deliveries")["data"]
            if until(found):
                return found
            pause.wait(0.05)
        raise AssertionError(found)

    def ended(self) -> list[Any]:
        """The journal of deliveries, once none of them waits."""
        return self.deliveries(lambda found: bool(found) and all(each["state"] != "waiting" for each in found))

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def pauses() -> tuple[int, ...]:
    """Seconds before further calls of a webhook; override it where they matter."""
    return 0, 0


@pytest.fixture
def caller(pauses: tuple[int, ...]) -> Iterator[Caller]:
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    settings = Settings(scenario="empty", base_url=url, allow_webhooks=("not-there.invalid",), webhook_pauses=pauses)
    server = BackgroundServer(create_mock(settings).asgi, bound)
    server.start()
    made = Caller(url)
    yield made
    made.close()
    server.stop()
