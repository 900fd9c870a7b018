"""A protected operation is not carried out without the password (R-AUTH-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import Prober

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target


@pytest.mark.facts
def test_a_protected_call_wants_the_password(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    protected = [operation for operation in operations if operation.password]
    if not protected:
        return
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in protected:
            if target.ours:  # elsewhere the password may have been confirmed a while ago, and the call would go through
                target.fork(pool.client)  # and here by what made the records
                prober.ask(operation, "no password", (412,), headers={"X-API-PASSWORD": None})
            wrong = f"not {target.password}"
            prober.ask(operation, "a wrong password", (412,), headers={"X-API-PASSWORD": wrong})
    faults.tell()
