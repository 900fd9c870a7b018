"""The suite catches faults: each planted one by the contract that is named for it, and none on a healthy server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.faults import FAULTS, Fault, Faulty

if TYPE_CHECKING:
    from mockserver.app import Mock


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_caught_by_its_contract(
    mock_app: Mock, serve: Any, run_contracts: Any, fault: Fault
) -> None:
    done = run_contracts(serve(Faulty(mock_app, fault)), fault.contract, "--effort=quick")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed" in done.stdout, done.stdout
    assert fault.contract.partition("[")[0].rpartition("::")[2] in done.stdout


def test_a_healthy_server_passes_the_same_contracts(mock_app: Mock, serve: Any, run_contracts: Any) -> None:
    contracts = sorted({fault.contract for fault in FAULTS})
    done = run_contracts(serve(Faulty(mock_app, None)), *contracts, "--effort=quick")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(contracts)} passed" in done.stdout
