"""The fast lane: the cases of an operation, one after the other on one connection, every answer judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.findings import Broken, Faults

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.requests.cases import Case, Cases
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply


@dataclass
class Outcome:
    """What came of the cases of an operation: answers by status, how many were accepted, and what is wrong."""

    answers: Counter[int] = field(default_factory=Counter)
    accepted: int = 0
    faults: Faults = field(default_factory=Faults)


def run(target: Target, operation: Operation, cases: Cases, pool: Pool) -> Outcome:
    """Make all cases of an operation. A world of ours is put back when a call may have taken away what others need."""
    outcome, client = Outcome(), pool.client
    for case in cases.of(operation):
        reply = attempt(pool, operation, case, outcome)
        if reply is None:
            continue
        if reply.status == 422 and isinstance(case.body, dict) and (rest := without(case.body, reply)) is not None:
            reply = attempt(pool, operation, replace(case, body=rest), outcome) or reply
        if spoils(operation, reply):
            target.fork(client)
    return outcome


def attempt(pool: Pool, operation: Operation, case: Case, outcome: Outcome) -> Reply | None:
    """Make one call and note its answer, and what is wrong with it; None when there was no answer."""
    client = pool.client
    try:
        reply = client.call(
            operation,
            path=case.path,
            query=case.query,
            body=case.body,
            files=case.files,
            headers=case.headers,
            judged=False,
        )
    except Broken as error:
        outcome.faults.add(operation, str(error))
        return None
    outcome.answers[reply.status] += 1
    outcome.accepted += reply.ok
    assert client.judge is not None
    if problems := list(client.judge.problems(operation, reply)):
        outcome.faults.add(operation, f"{case.what}: {'; '.join(problems)}", reply)
    return reply


def without(body: dict[str, Any], reply: Reply) -> dict[str, Any] | None:
    """The body without the members that a refusal names; None when there is none, or nothing would be left."""
    try:
        errors = reply.json().get("errors", {})
    except (ValueError, AttributeError):
        return None
    blamed = {str(name).partition(".")[0] for name in errors} & body.keys()
    rest = {name: value for name, value in body.items() if name not in blamed}
    return rest if blamed and rest else None


def spoils(operation: Operation, reply: Reply) -> bool:
    """Whether the call may have cost a record, or the token or password that later calls need."""
    if operation.reads_only:
        return False
    if reply.ok:
        return "deletes" in operation.needs or operation.noun in BRANCHES
    return reply.status in (403, 412)


BRANCHES = frozenset({"user", "company", "company_user", "company_token", ""})
"""What the caller stands on; calls that belong to no noun may change any of it."""
