"""HTTP/1.1 on a kept connection, as cheap as it goes in Python: bytes on a socket, answers taken apart by httptools.

Redirects are answers like all others, and compressed bodies are unpacked. A kept connection that the server has
dropped meanwhile is opened anew, once.
"""

from __future__ import annotations

import select
import socket
import ssl
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import httptools

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS = {"http": 80, "https": 443}
CHUNK = 1 << 18
PATIENCE = 60.0
"""Seconds that a server may take for an answer."""
UNPACK = {"gzip": zlib.MAX_WBITS | 32, "x-gzip": zlib.MAX_WBITS | 32, "deflate": zlib.MAX_WBITS | 32}
"""Window bits of zlib by content coding; deflate comes with a header or without."""


class WireError(ConnectionError):
    """No answer came, or none that is HTTP; says which call and what came instead."""


class Dropped(WireError):
    """The connection ended before a byte of the answer came."""


class Answer(NamedTuple):
    """Status, headers by lower-case name (repeated ones joined by commas) and the unpacked body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Reading:
    """Takes one answer from a stream of bytes; the names of the methods are those that httptools calls."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []
        self.status = 0
        self.headed = self.done = self.kept = False
        self._parser = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take more bytes. Raises httptools.HttpParserError when they are not HTTP."""
        self._parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        self.headers[key] = f"{self.headers[key]}, {text}" if key in self.headers else text

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self.kept = self._parser.should_keep_alive()
        self.headed = self.status >= 200

    def on_body(self, part: bytes) -> None:
        self.parts.append(part)

    def on_message_complete(self) -> None:
        if self.headed:
            self.done = True
        else:  # 100 Continue and the like: the answer is still to come
            self.headers = {}

    @property
    def endless(self) -> bool:
        """Whether nothing but the end of the connection ends the body."""
        return "content-length" not in self.headers and "chunked" not in self.headers.get("transfer-encoding", "")


class Connection:
    """One connection to a server, opened on the first call."""

    def __init__(self, url: str, timeout: float = PATIENCE) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(f"got the URL {url!r}, wanted one such as https://staging.example.com")
        self._host, self._port = parts.hostname, parts.port or PORTS[parts.scheme]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._timeout = timeout
        self._head = f"Host: {parts.netloc.rpartition('@')[2]}\r\nAccept-Encoding: identity\r\n"
        self._socket: socket.socket | None = None

    def exchange(self, method: str, target: str, headers: Mapping[str, str], content: bytes) -> Answer:
        """Make a call. Raises WireError, and ValueError for a header that can't be sent."""
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        if lines.count("\n") != len(headers):
            raise ValueError(f"got a line break in a header: {lines!r}")
        length = f"Content-Length: {len(content)}\r\n" if content or method in ("POST", "PUT", "PATCH") else ""
        request = f"{method} {target} HTTP/1.1\r\n{self._head}{lines}{length}\r\n".encode("latin-1") + content
        kept = self._alive()
        try:
            return self._ask(method, request)
        except Dropped as error:
            if not kept:
                raise WireError(f"{method} {target}: {error}") from None
        except WireError as error:
            raise WireError(f"{method} {target}: {error}") from None
        try:
            return self._ask(method, request)
        except WireError as error:
            raise WireError(f"{method} {target}: {error}") from None

    def close(self) -> None:
        """Close the connection; the next call opens another one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _alive(self) -> bool:
        """Whether there is a kept connection. One on which something lies before anything was asked is dropped."""
        if self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            self.close()
        return self._socket is not None

    def _open(self) -> socket.socket:
        try:
            made = socket.create_connection((self._host, self._port), timeout=self._timeout)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return made if self._tls is None else self._tls.wrap_socket(made, server_hostname=self._host)
        except OSError as error:
            raise WireError(f"no connection to {self._host}:{self._port}: {error}") from None

    def _ask(self, method: str, request: bytes) -> Answer:
        """Send the bytes and read the answer; the connection is closed unless it may be kept."""
        if self._socket is None:
            self._socket = self._open()
        reading = Reading()
        kept = False
        try:
            self._socket.sendall(request)
            kept = self._read(self._socket, reading, bodiless=method == "HEAD")
        except TimeoutError:
            raise WireError(f"no whole answer within {self._timeout:g} s") from None
        except (ConnectionError, ssl.SSLError) as error:
            if isinstance(error, WireError):
                raise
            if reading.status:
                raise WireError(f"the connection broke in the middle of the answer: {error}") from None
            raise Dropped(f"the connection broke before an answer came: {error}") from None
        except httptools.HttpParserError as error:
            raise WireError(f"what came is not HTTP: {error}") from None
        finally:
            if not kept:
                self.close()
        return Answer(reading.status, reading.headers, unpacked(reading))

    def _read(self, sock: socket.socket, reading: Reading, *, bodiless: bool) -> bool:
        """Read one answer; says whether the connection can be kept."""
        seen = False
        while not reading.done and not (bodiless and reading.headed):
            data = sock.recv(CHUNK)
            if data:
                seen = True
                reading.feed(data)
            elif reading.headed and reading.endless:
                return False
            elif not seen:
                raise Dropped("the server closed the connection without an answer")
            else:
                have = sum(map(len, reading.parts))
                told = reading.headers.get("content-length", "an unknown number of")
                raise WireError(f"the answer was cut off: {have} of {told} bytes of the body came")
        return reading.kept and not (bodiless and reading.parts)


def unpacked(reading: Reading) -> bytes:
    """The body without its content coding. Raises WireError for a body that is not what the header says."""
    body = b"".join(reading.parts)
    coding = reading.headers.get("content-encoding", "").strip().lower()
    if not body or coding not in UNPACK:
        return body
    try:
        try:
            return zlib.decompress(body, UNPACK[coding])
        except zlib.error:
            if coding != "deflate":
                raise
            return zlib.decompress(body, -zlib.MAX_WBITS)
    except zlib.error as error:
        raise WireError(f"the body is not {coding}, as its header says: {error}") from None
