"""A receiver of webhooks on this machine, which keeps what it gets."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS, PAUSE = 20, 2
"""How long a call is waited for, and after how long it is asked whether any will come."""


class Got(NamedTuple):
    """A call that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


class Answer(NamedTuple):
    """What a call gets."""

    status: int
    headers: dict[str, str]
    body: bytes


class Receiver:
    """The calls so far, the oldest first."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Got] = []
        self._changed = threading.Condition()

    def note(self, call: Got) -> Answer:
        """Keep a call; gives its answer."""
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
            return self.answer(call)

    def answer(self, _call: Got) -> Answer:
        """What the call that was noted last gets; subclasses may know better."""
        return Answer(200, {}, b"")

    def wait(self, count: int, more: Callable[[], bool] = lambda: True) -> list[Got]:
        """The calls, once there are so many, or no `more` will come, or the time is over."""
        with self._changed:
            for _ in range(SECONDS // PAUSE):
                if self._changed.wait_for(lambda: len(self.calls) >= count, timeout=PAUSE) or not more():
                    break
            return list(self.calls)


R = TypeVar("R", bound=Receiver)


@contextmanager
def receiving(kind: Callable[[], R]) -> Iterator[R]:
    """A receiver of that kind at a free port of this machine; a plain one answers 200 to whatever comes."""
    receiver = kind()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = receiver.note(Got(self.command, self.path, headers, json.loads(content)))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def do_PUT(self) -> None:
            self.do_POST()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
