"""Calls that are wrong in one way, on operations that would take them otherwise, and what must come of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.findings import Broken
from mockserver.contract.reading.operations import JSON
from mockserver.contract.requests.examples import example_of, unknown

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mockserver.contract.calls.client import Client
    from mockserver.contract.calls.findings import Faults
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

REFUSALS = range(400, 500)
TAKEN_OR_REFUSED = range(200, 500)
COMMON = frozenset({400, 404, 405, 406, 413, 414, 415, 422, 431})
"""Refusals of what is wrong on purpose that another API need not have documented."""
MISSING = (400,)
"""An id that leads nowhere is a 400 of the service, where it has a word for it (R-WIRE-47), and a 404 elsewhere."""


def missing(operation: Operation) -> tuple[int, ...]:
    """Statuses that may answer an id that leads nowhere; other APIs may say no more than that it is not yours."""
    return (400, 403, 404, 410, 422) if operation.plain else MISSING


class Prober:
    """Makes probes in one world and notes what is wrong with the answers."""

    def __init__(self, pool: Pool, faults: Faults, client: Client | None = None) -> None:
        self._pool = pool
        self._faults = faults
        self.client = client or pool.client

    def ask(
        self,
        operation: Operation,
        why: str,
        want: Container[int],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = ...,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply | None:
        """Call with the examples of the document, but for what is given; gives the answer, if one came.

        The answer must be documented and have one of the statuses.
        """
        good_path, good_body = example_of(operation, self._pool)
        try:
            reply = self.client.call(
                operation,
                path={**good_path, **(path or {})},
                query=query,
                body=good_body if body is ... else body,
                headers=headers,
                judged=False,
            )
        except Broken as error:
            self._faults.add(operation, f"{why}: {error}")
            return None
        assert self._pool.client.judge is not None
        if reply.status not in want:
            self.fault(operation, f"{why}: got {reply.status}, wanted {shown(want)}", reply)
        elif operation.plain and reply.status in COMMON and operation.response(reply.status) is None:
            pass
        elif problems := list(self._pool.client.judge.problems(operation, reply)):
            self.fault(operation, f"{why}: {'; '.join(problems)}", reply)
        return reply

    def fault(self, operation: Operation, what: str, reply: Reply) -> None:
        """Note something that is wrong with an answer."""
        self._faults.add(operation, what, reply)


def shown(want: Container[int]) -> str:
    """The wanted statuses for people."""
    if isinstance(want, range):
        return f"{want.start} to {want.stop - 1}"
    return " or ".join(map(str, want)) if isinstance(want, tuple) else str(want)


def cheap_reads(operations: Iterable[Operation]) -> list[Operation]:
    """Operations that read and answer JSON, lists first: nothing is printed or reckoned for them."""
    found = [
        each
        for each in operations
        if each.reads_only and not each.closed and set((each.response(200) or {}).get("content", {})) == {JSON}
    ]
    return sorted(found, key=lambda each: (each.behaviour != "list", each.path))


def undoable(target: Target, operation: Operation) -> bool:
    """Whether what a call may do, should it be taken, is nothing or can be undone."""
    if operation.plain:
        return operation.reads_only or target.spec.tidy(operation)
    return target.ours or operation.reads_only or operation.behaviour == "create"


def looks_up(operation: Operation) -> bool:
    """Whether the operation looks for the record that its path names, before all else."""
    located = bool(operation.facts.get("locate")) and operation.key in operation.parameters("path")
    return located and not operation.keyed and bool(unknown(operation))
