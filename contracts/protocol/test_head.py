"""HEAD answers as GET does, but without a body; OPTIONS needs no token (R-AUTH-19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.requests.examples import example_of

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target

CROSS_ORIGIN = ("access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers")


@pytest.mark.facts
def test_head_and_options_are_answered(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool:
        for operation in operations:
            found, _ = example_of(operation, pool)
            path = operation.path.format_map(found)
            if operation.reads_only and operation.id not in pool.begun:  # what was begun can be fetched once
                got, reply = pool.client.send("GET", path), pool.client.send("HEAD", path)
                if reply.status != got.status:
                    faults.add(operation, f"HEAD: got {reply.status}, wanted {got.status} as for GET", reply)
                elif reply.body:
                    faults.add(operation, f"HEAD: a body of {len(reply.body)} bytes came", reply)
            reply = pool.client.send("OPTIONS", path, headers={"X-API-TOKEN": None})
            missing = [name for name in CROSS_ORIGIN if name not in reply.headers]
            if reply.status not in (200, 204):
                faults.add(operation, f"OPTIONS: got {reply.status}, wanted 200", reply)
            elif missing:
                faults.add(operation, f"OPTIONS: the header {missing[0]} is missing", reply)
    faults.tell()
