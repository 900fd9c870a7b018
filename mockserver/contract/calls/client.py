"""The client of the contracts: one kept connection, every answer judged by the document, polite to a rate limit."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from mockserver.contract.calls.findings import Broken
from mockserver.contract.calls.left_out import NotAllowed
from mockserver.contract.reading.login import login
from mockserver.contract.reading.needs import NEEDS, READING, WRITES, needs_of
from mockserver.contract.reading.operations import JSON
from mockserver.contract.wire.connection import Connection, WireError
from mockserver.contract.wire.multipart import BOUNDARY, multipart
from mockserver.contract.wire.pace import Pace
from mockserver.contract.wire.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.contract.calls.ledger import Ledger
    from mockserver.contract.calls.tally import Tally
    from mockserver.contract.judging.answers import Judge
    from mockserver.contract.reading.operations import Operation

MOST = 100
"""Calls that a client remembers."""
PATIENCE = 4
"""How often a call is tried again after 429, or after a 503 that names a time."""


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
        self.allow: frozenset[str] = frozenset(NEEDS)
        """What calls may do besides reading; one that does more raises NotAllowed before it is sent."""
        self.pace = Pace()
        self.ledger: Ledger | None = None
        """Where the creates of a run are noted, on a server that is not ours."""
        self.patience = PATIENCE
        self.tag = "ct"
        """Begins the texts of what tests make."""
        self.stamp: Callable[[Operation, dict[str, Any]], dict[str, Any]] | None = None
        """Marks the bodies of creates, where what is made must be told from what was there."""
        self.token = ""
        """Goes where the document says, with each call; empty where it stands in the headers of all calls."""
        self.ids_in: Callable[[Operation, Reply], list[str]] = lambda _, reply: ids_in(reply)
        """What a record that was made is known by, to take it away."""
        self.made: list[tuple[str, str]] = []
        """(noun name, id) of what was created, oldest first."""
        self.lookups: dict[str, list[str]] = {}
        """Ids of fixed rows by table, the same for all clients of a server; filled when first asked for."""
        self.companions: list[Client] = []
        """Other callers that were made for the same test; they go when this one goes."""
        self._prefix = urlsplit(url).path.rstrip("/")
        self._connection = Connection(url)

    @property
    def may_write(self) -> bool:
        """Whether records may be made."""
        return WRITES in self.allow

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
        if missing := needs_of(operation, query or {}, body) - self.allow:
            raise NotAllowed(missing)
        target = operation.path
        for name, value in (path or {}).items():
            target = target.replace(f"{{{name}}}", quote(str(value), safe=""))
        if self.stamp is not None and operation.behaviour == "create" and isinstance(body, dict):
            body = self.stamp(operation, body)
        if operation.plain:
            headers, query = self._completed(operation, headers or {}, query or {}, body)
        try:
            reply = self.send(operation.method, target, query=query, body=body, files=files, headers=headers)
        except WireError as error:
            self.history[-1].operation = operation.id
            raise Broken(f"no answer: {error}", operation=operation.id) from None
        reply.operation, reply.prepared = operation.id, not judged
        if self.tally is not None:
            self.tally.saw(operation, reply.status, query or (), body)
        if judged and self.judge is not None and (problems := list(self.judge.problems(operation, reply))):
            raise Broken("; ".join(problems), operation=operation.id)
        if want and reply.status not in (wanted := (want,) if isinstance(want, int) else want):
            wants = " or ".join(map(str, wanted))
            raise Broken(f"status: got {reply.status}, wanted {wants}", operation=operation.id)
        if reply.ok and operation.behaviour == "create":
            self._note([(operation.noun, hashed) for hashed in self.ids_in(operation, reply)])
        return reply

    def _completed(
        self, operation: Operation, headers: Mapping[str, str | None], query: Mapping[str, Any], body: Any
    ) -> tuple[dict[str, str | None], dict[str, Any]]:
        """Headers and query with the login and with what the document asks for besides; None takes a part away."""
        carried = login(operation, self.token)
        media = {"Content-Type": operation.media} if body is not None and operation.media != JSON else {}
        asked = {**operation.wanted("query"), **carried.query, **query}
        return (
            {
                **media,
                **{name: str(each) for name, each in operation.wanted("header").items()},
                **carried.headers,
                **headers,
            },
            {name: value for name, value in asked.items() if value is not None},
        )

    def _note(self, made: list[tuple[str, str]]) -> None:
        """Remember what was created, so that it can be taken away."""
        self.made += made
        if self.ledger is not None:
            self.ledger.made(made)

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

        A body of bytes is sent as it is. Raises WireError when no answer comes, NotAllowed for a write that may not be.
        """
        if WRITES not in self.allow and method not in READING:
            raise NotAllowed({WRITES})
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
            self.pace.wait()
            try:
                answer = self._connection.exchange(method, self._prefix + target, sent, content)
            except WireError as error:
                self.history.append(Reply(0, {}, str(error).encode(), request))
                raise
            asked = answer.headers.get("retry-after")
            busy = answer.status == 429 or (answer.status == 503 and asked is not None)
            if not busy or (asked is None and (method, target) in self.pace.firm):
                break
            if attempt == self.patience:
                self.pace.firm.add((method, target))
                break
            self.pace.come_back(asked or "", answer.headers.get("date", ""))
        reply = Reply(*answer, request)
        self.history.append(reply)
        return reply

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def ids_in(reply: Reply) -> list[str]:
    """The id of the record that an answer holds, if it holds one."""
    try:
        found = reply.data["id"]
    except (ValueError, TypeError, LookupError):
        return []
    return [found] if isinstance(found, str) else []
