"""A refusal says what is wrong, in the shape of its status, and shows nothing of the inside (R-AUTH-10, R-AUTH-16).

It is JSON with a message; one of validation has texts for each field. No trace, no file, no SQL, no class but that of a
record, in the body or the headers. And an answer that tells an error does not have the status of a success.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.lane import spoils
from mockserver.contract.drivers.probes import TAKEN_OR_REFUSED, Prober, looks_up, missing, undoable
from mockserver.contract.judging.leaks import leak
from mockserver.contract.judging.refusals import shape_problem
from mockserver.contract.reading.login import locked, login
from mockserver.contract.requests.examples import example_of, unknown, wrong_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

FAULTY = 3
"""Bodies with a fault that are sent to each operation."""


def test_a_refusal_says_what_is_wrong_and_no_more(target: Target, spec: Spec, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            for reply, plain in answers(target, spec, prober, pool, operation):
                if reply is None:
                    continue
                shape = "" if operation.plain else shape_problem(operation, reply, plain=plain)
                if what := shape or leak(reply):
                    prober.fault(operation, what, reply)
                if spoils(operation, reply):
                    target.fork(pool.client)
    faults.tell()


def answers(
    target: Target, spec: Spec, prober: Prober, pool: Pool, operation: Operation
) -> Iterator[tuple[Reply | None, bool]]:
    """Answers of one operation: without a token, to an unknown id, to faulty bodies, and to a good one.

    With each whether it is refused before the operation itself has a say, which may have a shape of its own.
    """
    if not operation.public and not (operation.plain and operation.keyed):
        bad = login(operation, None)
        want = locked(operation, "missing")
        yield prober.ask(operation, "no token", want, query=bad.query, headers=bad.headers), True
    if looks_up(operation):
        nobody = {operation.key: unknown(operation)}
        yield prober.ask(operation, "an unknown id", missing(operation), path=nobody), True
    if not undoable(target, operation):
        return
    if operation.body() is not None:
        _, good = example_of(operation, pool)
        for number, (place, body) in enumerate(wrong_bodies(spec, operation, good)):
            if number == FAULTY:
                break
            yield prober.ask(operation, f"a wrong {place}", TAKEN_OR_REFUSED, body=body), False
        yield prober.ask(operation, "an empty body", TAKEN_OR_REFUSED, body={}), False
    yield prober.ask(operation, "the example", range(200, 501)), False
