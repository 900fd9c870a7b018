"""A keep-alive client on a plain socket that sends ready-made bytes, so that it costs next to nothing itself."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import Self

LENGTH = b"\r\ncontent-length: "


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it came: headers without the `date` that uvicorn adds to every answer."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def wire(method: str, path: str, body: bytes = b"") -> bytes:
    """The bytes of a request as a web app sends it."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "host: 127.0.0.1",
        "x-api-token: TOKEN",
        "x-requested-with: XMLHttpRequest",
        "accept: application/json",
    ]
    if body:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One connection to a server on this machine."""

    def __init__(self, port: int, patience: float = 120) -> None:
        self._socket = connected(port, patience)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = memoryview(bytearray(1 << 18))  # one for all answers: what is asked for and given back is felt

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def exchange(self, request: bytes) -> tuple[bytes, bytes]:
        """Send a request; gives the head and the body of the answer, which must state its length."""
        self._socket.sendall(request)
        read = self._more()
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += self._more()
        at = read.index(LENGTH) + len(LENGTH)
        size = end + 4 + int(read[at : read.index(b"\r", at)])
        parts, have = [read], len(read)
        while have < size:
            parts.append(self._more())
            have += len(parts[-1])
        whole = b"".join(parts)
        return whole[:end], whole[end + 4 :]

    def ask(self, request: bytes) -> Answer:
        """As `exchange`, but taken apart."""
        head, body = self.exchange(request)
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = [(name, value) for name, _, value in (line.partition(": ") for line in lines) if name != "date"]
        return Answer(int(first.split()[1]), pairs, body)

    def burst(self, request: bytes, count: int) -> None:
        """Send the request so many times. Raises RuntimeError when an answer is not a 200."""
        for _ in range(count):
            head, body = self.exchange(request)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"got {head[:80]!r} {body[:200]!r}, wanted a 200")

    def _more(self) -> bytes:
        size = self._socket.recv_into(self._buffer)
        if not size:
            raise RuntimeError("got the end of the connection, wanted the rest of an answer")
        return bytes(self._buffer[:size])


def connected(port: int, patience: float) -> socket.socket:
    """A connection as soon as the server takes one. Raises TimeoutError when it doesn't within the seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=patience)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise TimeoutError(f"got no server on port {port} within {patience} s") from None
            time.sleep(0.001)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])
