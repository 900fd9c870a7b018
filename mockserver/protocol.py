"""HTTP on a connection: uvicorn's, with bounded headers; calls that come whole are answered whole, and at once."""

from __future__ import annotations

from functools import partial
from types import coroutine
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

if TYPE_CHECKING:
    from asyncio import TimerHandle
    from collections.abc import Coroutine, Generator

MAX_HEADER_BYTES = 256 * 1024
MAX_URL_BYTES = 65_000
MAX_DROPPED = 64 * 1024 * 1024
LINGER = 5.0
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/json\r\nconnection: close\r\n"
    b'x-mock-diagnostics: [{"where":"headers","rule":"size","wanted":"an address and headers below 64 kB each"}]\r\n'
    b'content-length: 45\r\n\r\n{"message":"Request Header Fields Too Large"}'
)


class Trailers(list[tuple[bytes, bytes]]):
    """What comes after a body in the form of headers: it may not pass for one, so nothing of it is kept."""

    def append(self, _: tuple[bytes, bytes]) -> None:
        """Let it go."""


TRAILERS = Trailers()


class Dated:
    """The lines of the headers of all answers: the server has a new list of them each second."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: tuple[list[tuple[bytes, bytes]], bytes] = ([], b"")

    def lines(self, headers: list[tuple[bytes, bytes]]) -> bytes:
        """The headers as they stand in an answer."""
        kept = self._kept
        if kept[0] is not headers:
            kept = self._kept = (headers, b"".join(b"%b: %b\r\n" % each for each in headers))
        return kept[1]


DATED = Dated()


class WholeCycle(RequestResponseCycle):
    """One call, which gives its body and takes its answer whole.

    `receive` has to be awaited; `send` would have head and body one by one, and read each header. Applications find
    `take` and `whole` by way of the two; where something stands around them, they don't.
    """

    def take(self) -> bytes | None:
        """The body, when all of it is there; None when it is still to be awaited. After it `receive` has nothing."""
        if self.more_body or self.disconnected or self.response_complete:
            return None
        body, self.body = bytes(self.body), bytearray()
        self.message_event.clear()
        return body

    def whole(self, status: int, head: bytes, body: bytes) -> bool:
        """Send an answer; `head` holds its headers up to the length. False when it must go the long way instead."""
        if self.response_started or self.disconnected or self.flow.write_paused or not self.keep_alive:
            return False
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        dated, length = DATED.lines(self.default_headers), b"%d\r\n\r\n" % len(body)
        self.transport.write(b"".join((STATUS_LINE[status], dated, head, length, body)))
        self.message_event.set()
        self.on_response()
        return True


@coroutine
def remaining(call: Coroutine[Any, Any, None], waits: Any) -> Generator[Any, Any, None]:
    """What is left of a call after its first step, which ended at something that it waits for."""
    while True:
        try:
            yield waits
        except BaseException as error:  # noqa: BLE001 - a task is cancelled where its coroutine waits
            step = partial(call.throw, error)
        else:
            step = partial(call.send, None)
        try:
            waits = step()
        except StopIteration:
            return


async def finish(call: Coroutine[Any, Any, None], waits: Any) -> None:
    """The rest of a call, as a task wants it."""
    await remaining(call, waits)


class BoundedProtocol(HttpToolsProtocol):
    """Headers above our limit, which uvicorn's parser has none for, end the connection.

    A call that came whole is answered right where it is read: as a task it would wait for the next round of the event
    loop, only to be done without waiting for anything. The timer of an idle connection runs on from answer to answer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread = 0
        self._dropped: int | None = None
        self._reading = False
        self._heard = False
        self._begun: tuple[RequestResponseCycle, Any] | None = None
        self._answered = 0.0

    def data_received(self, data: bytes) -> None:
        """Count what comes before the headers are complete, and begin a call once all is read that came with it."""
        if self._dropped is not None:
            self._drop(data)
            return
        self._unread += len(data)
        self._reading = self._heard = True
        super().data_received(data)
        self._reading = False
        if self._begun is not None:
            (cycle, app), self._begun = self._begun, None
            if cycle.more_body:
                super()._start_asgi_task(cycle, app)
            else:
                self._answer(cycle.run_asgi(app))
        if self._unread > MAX_HEADER_BYTES and not self.transport.is_closing():
            self._refuse()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """The first call of what is being read waits until that is done; those behind it are tasks, one by one."""
        if self._reading and self._begun is None:
            self._begun = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def _answer(self, call: Coroutine[Any, Any, None]) -> None:
        """Run a call as far as it goes; where it has to wait, for a client that reads slowly, it becomes a task."""
        try:
            waits = call.send(None)
        except StopIteration:
            return
        task = self.loop.create_task(finish(call, waits))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def _unset_keepalive_if_required(self) -> None:
        """Data does not stop the timer: when it goes off, it looks whether there was any."""
        if not self._reading:
            super()._unset_keepalive_if_required()

    def on_response_complete(self) -> None:
        """Go on with the next call, or remember since when the connection is idle."""
        if self.timeout_keep_alive_task is None or self.pipeline or self.transport.is_closing():
            super().on_response_complete()
        else:
            self.server_state.total_requests += 1
            self.flow.resume_reading()
        self._heard = False
        self._answered = self.loop.time()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection if it is idle for long enough. After data it is the next answer that sets a timer."""
        timer: TimerHandle | None = None
        if not self._heard:
            left = self._answered + self.timeout_keep_alive - self.loop.time()
            if left > 0:
                timer = self.loop.call_later(left, self.timeout_keep_alive_handler)
            else:
                super().timeout_keep_alive_handler()
        self.timeout_keep_alive_task = timer

    def send_400_response(self, msg: str) -> None:
        """Say of an address that the parser does not take for its length that it is too long."""
        if len(self.url) > MAX_URL_BYTES:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _refuse(self) -> None:
        self.transport.write(TOO_LARGE)
        self._dropped = 0
        self.loop.call_later(LINGER, self.transport.close)

    def _drop(self, data: bytes) -> None:
        """Read on for a while after the refusal: closed at once, the client that still sends would not see it."""
        self._dropped = (self._dropped or 0) + len(data)
        if self._dropped > MAX_DROPPED:
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Headers are in: what follows is body, which has limits of its own. The answer goes out in one piece."""
        self._unread = -(1 << 62)
        super().on_headers_complete()
        self.headers = TRAILERS
        self.cycle.__class__ = WholeCycle

    def shutdown(self) -> None:
        """End with the server; a request whose body is still on its way is dropped, or the server would wait for it."""
        super().shutdown()
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete and cycle.more_body:
            self.transport.close()

    def on_message_complete(self) -> None:
        """The next request on the connection starts to count anew."""
        self._unread = 0
        super().on_message_complete()
