"""The same read, again and again, is answered each time: no call in so many fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import TAKEN_OR_REFUSED, Prober, cheap_reads

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target

TIMES = 24


def test_a_read_is_answered_each_time(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    reads = cheap_reads(operations)
    if not reads:
        return
    with target.stocked() as pool:
        pool.client.patience = 0
        prober = Prober(pool, faults)
        operation = reads[0]
        statuses: list[int] = []
        for number in range(1, TIMES + 1):
            reply = prober.ask(operation, f"read {number}", TAKEN_OR_REFUSED)
            if reply is None or (reply.status == 429 and reply.headers.get("x-ratelimit-remaining") == "0"):
                break
            statuses.append(reply.status)
            if reply.status != statuses[0]:
                prober.fault(operation, f"read {number}: got {reply.status}, wanted {statuses[0]} as before", reply)
    faults.tell()
