"""Random calls: when an operation counts as got through to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.drivers.fuzz import Fuzzer

if TYPE_CHECKING:
    from mockserver.contract.target.server import Target


@pytest.mark.parametrize("seed", [1, 2])
def test_a_check_that_finds_something_was_made(target: Target, seed: int) -> None:
    """With seed 2 it is asked of incomplete records alone, and says with 422 what a 200 would say."""
    outcome = Fuzzer(target.spec, target, "default", seed).run(target.spec.operations["validateEInvoice"])
    assert outcome.report() == ""
    assert outcome.accepted
