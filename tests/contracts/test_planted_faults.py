"""The suite catches faults: each planted one by the contract that is named for it, and none on a healthy server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from mockserver.app import create_mock
from tests.contracts.faults import FAULTS, Fault, Faulty

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    import pytest

CONTRACTS = sorted({fault.contract for fault in FAULTS})


def test_planted_faults_are_caught_and_a_healthy_server_passes(
    serve: Any, run_contracts: Any, subtests: pytest.Subtests
) -> None:
    """One test, so that two servers are looked at at a time, and none of them twice."""

    def run(fault: Fault | None) -> CompletedProcess[str]:
        contracts = CONTRACTS if fault is None else [fault.contract]
        done: CompletedProcess[str] = run_contracts(serve(Faulty(create_mock(), fault)), *contracts)
        return done

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, (None, *FAULTS)))
    with subtests.test("healthy"):
        assert results[0].returncode == 0, results[0].stdout + results[0].stderr
        assert f"{len(CONTRACTS)} passed" in results[0].stdout
    for fault, done in zip(FAULTS, results[1:], strict=True):
        with subtests.test(fault.name):
            assert done.returncode == 1, done.stdout + done.stderr
            assert "1 failed" in done.stdout, done.stdout + done.stderr
