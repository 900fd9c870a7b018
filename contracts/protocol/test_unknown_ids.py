"""An id that leads nowhere is refused with 400 and a message, whatever it looks like (R-WIRE-47).

Ids that no record can have: of letters, of digits, negative, with signs of SQL and of paths, of astral characters,
with a NUL, and very long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import REFUSALS, Prober, looks_up, missing
from mockserver.contract.requests.examples import unknown

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target

STRANGE = ("-1", "0", "999999999999", "1' OR '1'='1", "..%2f..%2fetc", "😀漢", "a\0b", "%", "x" * 600, "null", "{id}")


def test_an_id_that_leads_nowhere_is_refused(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in filter(looks_up, operations):
            nobody, key, want = unknown(operation), operation.key, missing(operation)
            prober.ask(operation, f"the unknown id {nobody}", want, path={key: nobody})
            for text in STRANGE if operation.reads_only or target.ours else ():
                odd = REFUSALS if operation.plain else want
                prober.ask(operation, f"the id {text[:40]!r}", odd, path={key: text})
    faults.tell()
