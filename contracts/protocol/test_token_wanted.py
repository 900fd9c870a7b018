"""Nobody gets in without a live token (R-AUTH-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import Prober
from mockserver.contract.reading.login import BAD_TOKENS, locked, login

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target


@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_call_without_a_live_token_is_refused(target: Target, operations: list[Operation], kind: str) -> None:
    faults = Faults()
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            if not operation.public and not (operation.plain and operation.keyed):
                bad = login(operation, BAD_TOKENS[kind])
                want = locked(operation, kind)
                prober.ask(operation, f"a token that is {kind}", want, query=bad.query, headers=bad.headers)
    faults.tell()
