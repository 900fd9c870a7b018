"""The suite catches faults: each planted one by the contract that is named for it, and none on a healthy server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import create_mock
from tests.contracts.faults import FAULTS, Fault, Faulty

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    Done = dict[str, CompletedProcess[str]]

HEALTHY = "healthy"
CONTRACTS = sorted({fault.contract for fault in FAULTS})


@pytest.fixture(scope="module")
def done(serve: Any, run_contracts: Any) -> Done:
    """What the contracts said about each server; two run at a time, each on a mock of its own."""

    def run(name: str, fault: Fault | None, contracts: list[str]) -> tuple[str, CompletedProcess[str]]:
        return name, run_contracts(serve(Faulty(create_mock(), fault)), "--effort=quick", *contracts)

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, HEALTHY, None, CONTRACTS)]
        jobs += [pool.submit(run, fault.name, fault, [fault.contract]) for fault in FAULTS]
        return dict(job.result() for job in jobs)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_caught_by_its_contract(done: Done, fault: Fault) -> None:
    ran = done[fault.name]
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 failed" in ran.stdout, ran.stdout + ran.stderr


def test_a_healthy_server_passes_the_same_contracts(done: Done) -> None:
    ran = done[HEALTHY]
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{len(CONTRACTS)} passed" in ran.stdout
