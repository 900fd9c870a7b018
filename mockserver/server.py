"""The socket: uvicorn with bounded headers, and a port that is taken before anything is announced."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from mockserver.errors import StartError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_HEADER_BYTES = 256 * 1024
MAX_URL_BYTES = 65_000
MAX_DROPPED = 64 * 1024 * 1024
LINGER = 5.0
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/json\r\nconnection: close\r\n"
    b'x-mock-diagnostics: [{"where":"headers","rule":"size","wanted":"an address and headers below 64 kB each"}]\r\n'
    b'content-length: 45\r\n\r\n{"message":"Request Header Fields Too Large"}'
)
BACKLOG = 2048


class Trailers(list[tuple[bytes, bytes]]):
    """What comes after a body in the form of headers: it may not pass for one, so nothing of it is kept."""

    def append(self, _: tuple[bytes, bytes]) -> None:
        """Let it go."""


TRAILERS = Trailers()


class WholeCycle(RequestResponseCycle):
    """One call, which takes an answer whole: `send` would have its head and its body one by one, and read each header.

    Applications find `whole` by way of the `send` that they get; where something stands around that, they don't.
    """

    def whole(self, status: int, head: bytes, body: bytes) -> bool:
        """Send an answer with a length; `head` holds its header lines. False when it must go the long way instead."""
        if self.response_started or self.disconnected or self.flow.write_paused or not self.keep_alive:
            return False
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        lines = [STATUS_LINE[status]]
        for name, value in self.default_headers:
            lines += (name, b": ", value, b"\r\n")
        lines += (head, b"\r\n")
        self.transport.writelines((b"".join(lines), body))
        self.message_event.set()
        self.on_response()
        return True


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's parser has no limit for headers of its own; headers above ours end the connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread = 0
        self._dropped: int | None = None

    def data_received(self, data: bytes) -> None:
        """Count what comes before the headers are complete."""
        if self._dropped is not None:
            self._drop(data)
            return
        self._unread += len(data)
        super().data_received(data)
        if self._unread > MAX_HEADER_BYTES and not self.transport.is_closing():
            self._refuse()

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


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on. Raises StartError when the address can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two servers share a port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        made.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise StartError(
                f"Port {port} on {host} is in use: stop what listens there, or choose another with --port."
            ) from None
        raise StartError(
            f"Can't listen on {host} port {port} ({error}): give an address of this machine and a port from 0 to 65535."
        ) from None
    made.set_inheritable(True)
    return made


def configured(app: Any) -> uvicorn.Config:
    """Uvicorn for the application: quiet, no lifespan, no websockets, bounded headers."""
    return uvicorn.Config(
        app, http=BoundedProtocol, ws="none", lifespan="off", log_level="warning", access_log=False, server_header=False
    )


class AnnouncedServer(uvicorn.Server):
    """Says that it is there once it is: calls are taken, and a signal ends it in good order."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, then the announcement."""
        await super().startup(sockets=sockets)
        self._announce()


def settle() -> None:
    """Tell the collector that what is there now stays, and to look for garbage seldom.

    Records are plain data without cycles: nearly all that a request leaves behind is freed at once by counting.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def run(app: Any, bound: socket.socket, announce: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; both end it in good order."""
    # uvicorn raises a signal once more when it has stopped: both come out of it as KeyboardInterrupt
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        AnnouncedServer(configured(app), announce).run(sockets=[bound])
    except KeyboardInterrupt:
        return


class BackgroundServer:
    """A server in a thread of this process, for tests; `url` has no slash at its end."""

    def __init__(self, app: Any, bound: socket.socket, on_stop: Callable[[], None] | None = None) -> None:
        self._server = uvicorn.Server(configured(app))
        self._socket = bound
        self._on_stop = on_stop
        host, port = bound.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]}, daemon=True)

    def start(self) -> None:
        """Start, and wait until calls are taken."""
        self._thread.start()
        ready = threading.Event()
        while not self._server.started and self._thread.is_alive():
            ready.wait(0.005)

    def stop(self) -> None:
        """End the server and its thread."""
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()
        if self._on_stop is not None:
            self._on_stop()
