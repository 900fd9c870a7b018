"""The same read, again and again, is answered each time: no call in so many fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.findings import Faults
from mockserver.contract.probes import Prober

if TYPE_CHECKING:
    from mockserver.contract.spec import Operation
    from mockserver.contract.target import Target

TIMES = 24
DEAR = ("application/pdf", "text/html", "application/xml", "application/zip", "*/*", "image/*")


def test_a_read_is_answered_each_time(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    reads = [
        each
        for each in operations
        if each.reads_only and not each.closed and not set((each.response(200) or {}).get("content", {})) & set(DEAR)
    ]
    if not reads:
        return
    with target.stocked() as pool:
        pool.client.patience = 0
        prober = Prober(pool, faults)
        operation = min(reads, key=lambda each: (each.behaviour != "list", each.path))
        first = prober.ask(operation, "the first read", range(200, 500))
        for number in range(2, TIMES + 1) if first is not None else ():
            reply = prober.ask(operation, f"read {number}", range(200, 500))
            if reply is None or (reply.status == 429 and reply.headers.get("x-ratelimit-remaining") == "0"):
                break
            if reply.status != first.status:
                prober.fault(operation, f"read {number}: got {reply.status}, wanted {first.status} as before", reply)
    faults.tell()
