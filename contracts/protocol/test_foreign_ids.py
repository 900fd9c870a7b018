"""No operation reaches a record by its id with the token of another company (R-AUTH-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import REFUSALS, Prober, looks_up
from mockserver.contract.requests.examples import path_values
from mockserver.contract.target.identities import second

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target

SHARED = frozenset({"company", "user", "company_user"})
"""Kinds that belong to the account, which may have several companies."""


@pytest.mark.facts
def test_a_company_reaches_nothing_of_another_one(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    reaching = [each for each in operations if looks_up(each) and each.noun not in SHARED]
    if not reaching:
        return
    with target.stocked() as pool:
        prober = Prober(pool, faults, second(target, pool.client))
        for operation in reaching:
            for hashed in path_values(operation, pool, "id")[:1]:
                prober.ask(operation, "the id of another company's record", REFUSALS, path={"id": hashed})
    faults.tell()
