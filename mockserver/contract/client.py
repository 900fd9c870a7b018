"""The client of the contracts: one kept connection, every answer judged by the document, polite to a rate limit."""

from __future__ import annotations

import json
import re
import shlex
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import orjson

from mockserver.contract.findings import Broken
from mockserver.contract.wire import Connection, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.contract.judge import Judge
    from mockserver.contract.spec import Operation
    from mockserver.contract.tally import Tally

BOUNDARY = "contract-boundary-2c81f0"
SECRET = ("x-api-token", "x-api-password", "x-api-password-base64")
MOST = 100
"""Calls that a client remembers."""
PATIENCE = 4
"""How often a call is tried again after 429."""
READS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing by their meaning (RFC 9110, 9.2.1)."""
JSON = "application/json"


@dataclass
class Reply:
    """An answer and the request that got it."""

    status: int
    headers: dict[str, str]
    body: bytes
    request: tuple[str, str, Mapping[str, str], bytes] = field(repr=False, default=("", "", {}, b""))
    """Method, URL, headers and content of the request."""
    operation: str = ""
    """Id of the operation that was called; empty for a call that is none of the document."""

    @property
    def asked(self) -> str:
        """The request as a curl line."""
        return curl(*self.request)

    @property
    def shown(self) -> str:
        """The answer for people: its status and how its body begins."""
        return f"{self.status} {self.body[:600].decode('utf-8', 'replace')}"

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The parsed body; raises ValueError when it is none."""
        return orjson.loads(self.body)

    @property
    def data(self) -> Any:
        """What stands under `data`."""
        return self.json()["data"]

    def __str__(self) -> str:
        return f"{self.asked}\n-> {self.shown}"


class Client:
    """Calls one server, or one world of it. `call` speaks in operations of the document, `send` in paths."""

    def __init__(
        self, url: str, headers: Mapping[str, str], *, judge: Judge | None = None, tally: Tally | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self.headers = dict(headers)
        self.judge = judge
        self.tally = tally
        self.history: deque[Reply] = deque(maxlen=MOST)
        """The last answers, oldest first, with their requests."""
        self.patience = PATIENCE
        self.may_write = True
        """Whether calls may change something; one that may not raises PermissionError before it is sent."""
        self.tag = "ct"
        """Begins the texts of what tests make."""
        self.stamp: Callable[[Operation, dict[str, Any]], dict[str, Any]] | None = None
        """Marks the bodies of creates, where what is made must be told from what was there."""
        self.made: list[tuple[str, str]] = []
        """(noun name, id) of what was created, oldest first."""
        self.lookups: dict[str, list[str]] = {}
        """Ids of fixed rows by table, the same for all clients of a server; filled when first asked for."""
        self.companions: list[Client] = []
        """Other callers that were made for the same test; they go when this one goes."""
        self._prefix = urlsplit(url).path.rstrip("/")
        self._connection = Connection(url)

    def call(
        self,
        operation: Operation,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        headers: Mapping[str, str | None] | None = None,
        want: int | tuple[int, ...] = (),
        judged: bool = True,
    ) -> Reply:
        """Make the call of an operation and judge its answer. Raises Broken; `want` names the statuses that may come.

        Calls that only prepare a test are not judged, so that a fault shows in the test that is about it.
        """
        target = operation.path
        for name, value in (path or {}).items():
            target = target.replace(f"{{{name}}}", quote(value, safe=""))
        if self.stamp is not None and operation.behaviour == "create" and isinstance(body, dict):
            body = self.stamp(operation, body)
        try:
            reply = self.send(operation.method, target, query=query, body=body, files=files, headers=headers)
        except WireError as error:
            self.history[-1].operation = operation.id
            asked = self.history[-1].asked
            raise Broken(f"{operation.id}: no answer: {error}\n{asked}", operation=operation.id) from None
        reply.operation = operation.id
        if self.tally is not None:
            self.tally.saw(operation, reply.status, query or (), body)
        if judged and self.judge is not None:
            problems = list(self.judge.problems(operation, reply))
            if problems:
                raise Broken(f"{operation.id}: " + "; ".join(problems) + f"\n{reply}", operation=operation.id)
        wanted = (want,) if isinstance(want, int) else want
        if wanted and reply.status not in wanted:
            wants = " or ".join(map(str, wanted))
            raise Broken(f"{operation.id}: got {reply.status}, wanted {wants}\n{reply}", operation=operation.id)
        if reply.ok and operation.behaviour == "create":
            self.made += [(operation.noun, hashed) for hashed in ids_in(reply)]
        return reply

    def send(
        self,
        method: str,
        target: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Make a call, nothing judged. A header that is None is left out; files are (field, name, content).

        A body of bytes is sent as it is. Raises WireError when no answer comes, PermissionError for a write that may
        not be.
        """
        if not self.may_write and method not in READS:
            raise PermissionError(f"{method} {target} is not sent: this server is only read")
        sent = {name: value for name, value in {**self.headers, **(headers or {})}.items() if value is not None}
        content = b""
        if files:
            content = multipart(body or {}, files)
            sent["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        elif body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("Content-Type", JSON)
        if query:
            target += "?" + urlencode(query, doseq=True)
        request = (method, self.url + target, sent, content)
        for attempt in range(self.patience + 1):
            try:
                answer = self._connection.exchange(method, self._prefix + target, sent, content)
            except WireError as error:
                self.history.append(Reply(0, {}, str(error).encode(), request))
                raise
            if answer.status != 429 or attempt == self.patience:
                break
            time.sleep(pause(answer.headers.get("retry-after", "")))
        reply = Reply(*answer, request)
        self.history.append(reply)
        return reply

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def pause(retry_after: str) -> float:
    """Seconds to wait, at most a minute; a date or nonsense counts as one second."""
    return min(float(retry_after), 60) if retry_after.isdecimal() else 1


def ids_in(reply: Reply) -> list[str]:
    """The id of the record that an answer holds, if it holds one."""
    try:
        found = reply.data["id"]
    except (ValueError, TypeError, LookupError):
        return []
    return [found] if isinstance(found, str) else []


def multipart(fields: Mapping[str, Any], files: Sequence[tuple[str, str, bytes]]) -> bytes:
    """A multipart/form-data body."""
    parts = [part(f'name="{name}"', str(value).encode()) for name, value in fields.items()]
    for name, file, content in files:
        parts.append(part(f'name="{name}"; filename="{file}"\r\nContent-Type: application/octet-stream', content))
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def part(head: str, content: bytes) -> bytes:
    """One part of a multipart body."""
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


def curl(method: str, url: str, headers: Mapping[str, str], content: bytes) -> str:
    """The request as a curl line; secrets are names of shell variables."""
    words = ["curl", "-X", method, shlex.quote(url)]
    files = content.startswith(f"--{BOUNDARY}".encode())
    for name, value in headers.items():
        if files and name == "Content-Type":  # curl makes its own, with a boundary of its own
            continue
        shown = (
            f'"{name}: ${name.upper().replace("-", "_")}"'
            if name.lower() in SECRET
            else shlex.quote(f"{name}: {value}")
        )
        words += ["-H", shown]
    if files:
        names = re.findall(rb'name="([^"]*)"; filename="([^"]*)"', content)
        words += [f"-F {shlex.quote(f'{field.decode()}=@{file.decode()}')}" for field, file in names]
    elif content:
        words += ["--data-binary", shlex.quote(content[:2000].decode("utf-8", "replace"))]
    return " ".join(words)
