"""Every answer is what the document says it is, whatever is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.drivers.fuzz import Fuzzer

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target


@pytest.fixture(scope="session")
def fuzzer(target: Target, spec: Spec, options: Options) -> Fuzzer:
    return Fuzzer(spec, target, options.effort, options.seed)


@pytest.mark.slow
@pytest.mark.needs("operation", "random")
def test_an_operation_keeps_to_the_document(fuzzer: Fuzzer, operation: Operation) -> None:
    """No 5xx, no status, media type, header or body that is not documented; no body taken that stays wrong after casts.

    And it must have been got through to: a test in which nothing was ever accepted proves nothing. Only an operation
    whose every documented answer is a refusal, that is out of reach by its facts, or that needs a key that contracts do
    not have, may refuse every call.
    """
    outcome = fuzzer.run(operation)
    assert not outcome.failures, f"{len(outcome.failures)} faults\n\n{outcome.report()}"
    assert outcome.accepted or operation.closed, f"{operation.label} was never accepted: {dict(outcome.answers)}"
