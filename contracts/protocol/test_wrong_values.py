"""A value that no cast can save is refused, wherever in a body it stands, and the refusal names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import REFUSALS, Prober, undoable
from mockserver.contract.judging.casts import Casts
from mockserver.contract.requests.examples import example_of, wrong_bodies

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target


def test_every_wrong_value_is_refused(target: Target, spec: Spec, operations: list[Operation]) -> None:
    faults, casts = Faults(), Casts(spec)
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            if operation.body() is None or not undoable(target, operation):
                continue  # what such a call would spoil, should it be taken, is not ours
            path, good = example_of(operation, pool)
            for place, body in wrong_bodies(spec, operation, good):
                if not casts.stays_wrong(operation, body):
                    continue
                reply = prober.ask(operation, f"a wrong value of {place}", REFUSALS, path=path, body=body)
                if operation.plain:
                    continue  # how another API tells it is its own affair
                if reply is not None and reply.status == 422 and place not in ".".join(reply.json().get("errors", {})):
                    prober.fault(operation, f"the refusal of a wrong value does not name {place}", reply)
    faults.tell()
