"""Every answer is what the document says it is, whatever is sent, and whatever was sent before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.chains import Chains
from mockserver.contract.fuzz import Fuzzer

if TYPE_CHECKING:
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target

MISSED = 0.1
"""Share of the links that chains need not get through to."""


@pytest.fixture(scope="session")
def fuzzer(target: Target, spec: Spec, pytestconfig: pytest.Config) -> Fuzzer:
    return Fuzzer(spec, target, pytestconfig.getoption("--effort"), pytestconfig.getoption("--contract-seed"))


def test_an_operation_keeps_to_the_document(
    fuzzer: Fuzzer, target: Target, operation: Operation, tally: list[object]
) -> None:
    """No 5xx, no status, media type, header or body that is not documented; no body taken that stays wrong after casts.

    And it must have been got through to: a test in which nothing was ever accepted proves nothing. Only an operation
    whose every documented answer is a refusal, that is out of reach by its facts, or that needs a key that contracts do
    not have, may refuse every call.
    """
    if not target.ours and not operation.reads_only:
        pytest.skip("random writes can't be cleaned up on a server that is not ours")
    outcome = fuzzer.run(operation)
    tally.append((operation.id, outcome))
    assert not outcome.failures, f"{len(outcome.failures)} faults\n\n{outcome.report()}"
    refusing = not any(status.startswith("2") for status in operation.raw["responses"])
    closed = refusing or operation.out_of_reach or operation.keyed
    assert outcome.accepted or closed, f"{operation.label} was never accepted: {dict(outcome.answers)}"


@pytest.mark.writes
def test_chains_of_calls_keep_to_the_document(
    target: Target, spec: Spec, pytestconfig: pytest.Config, tally: list[object]
) -> None:
    """A record that was just made, changed, moved or deleted is still answered as documented, wherever a link leads.

    Nearly all links must have been followed. A few can't be: those of what is not connected, of what takes another key,
    and of what a new world has no record of.
    """
    if not target.ours:
        pytest.skip("random writes can't be cleaned up on a server that is not ours")
    chains = Chains(spec, target, pytestconfig.getoption("--effort"), pytestconfig.getoption("--contract-seed"))
    outcome = chains.run()
    tally.append(("(links)", outcome))
    assert not outcome.failures, f"{len(outcome.failures)} faults\n\n{outcome.report()}"
    documented = {name for links in chains.links.values() for name in links}
    missed = sorted(documented - {name for _, name in outcome.followed})
    assert documented, "the document has no links"
    assert len(missed) <= len(documented) * MISSED, f"{len(missed)} of {len(documented)} links never followed: {missed}"
