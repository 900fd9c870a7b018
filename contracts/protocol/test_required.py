"""A body without a member that it must have is refused, and the refusal names the member (R-AUTH-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import REFUSALS, Prober, undoable
from mockserver.contract.requests.examples import example_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target


def test_a_missing_member_is_missed(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            if operation.body() is None or not undoable(target, operation):
                continue
            for name, body in lacking(pool, operation):
                reply = prober.ask(operation, f"a body without {name}", REFUSALS, body=body)
                if reply is not None and reply.status == 422 and name not in "".join(reply.json().get("errors", {})):
                    prober.fault(operation, f"the refusal of a body without {name} does not name it", reply)
    faults.tell()


def lacking(pool: Pool, operation: Operation) -> Iterator[tuple[str, dict[str, object]]]:
    """(member, body) without one member each that the schema wants, be it null or not there."""
    noun = pool.spec.nouns.get(operation.noun)
    required = pool.spec.resolved(operation.body() or {}).get("required", ())
    real: dict[str, object] = example_of(operation, pool)[1] or {}
    good = {**real, **operation.example(), **{name: value for name, value in real.items() if name == "ids"}}
    if noun is not None and operation.behaviour == "create":
        good = pool.minimal(noun, operation)
    for name in sorted(required):
        rest = {key: value for key, value in good.items() if key != name}
        yield name, rest
        yield name, {**rest, name: None}
