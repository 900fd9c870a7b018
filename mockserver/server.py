"""The socket: uvicorn with a protocol of ours, and a port that is taken before anything is announced."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING, Any

import uvicorn

from mockserver.errors import StartError
from mockserver.protocol import BoundedProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

BACKLOG = 2048


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
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application reads them itself
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
