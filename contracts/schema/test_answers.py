"""Every answer is what the document says it is: its status, its media type, its headers and its body.

And every operation must have been got through to: a test in which nothing was ever accepted proves nothing. Only an
operation whose every documented answer is a refusal, that is out of reach by its facts, or that needs a key that
contracts do not have, may refuse every call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.drivers.lane import run
from mockserver.contract.requests.cases import Cases

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

GONE = frozenset({404, 410})


@pytest.mark.needs("operation", "tidy")
def test_every_answer_is_as_documented(target: Target, spec: Spec, options: Options, operation: Operation) -> None:
    with target.stocked() as pool:
        cases = Cases(spec, pool, options.effort, options.seed)
        outcome = run(target, operation, cases, pool)
        reachable = target.ours or cases.reachable(operation)
    outcome.faults.tell()
    if operation.plain and operation.parameters("path") and outcome.answers.keys() <= GONE:
        raise NotHere("nothing on the server to call this for", "write access or an example of the id would help")
    if not (outcome.accepted or operation.closed or reachable):
        raise NotHere(f"this server is not ours, and has no record for {operation.label}", "one made there would help")
    assert outcome.accepted or operation.closed, (
        f"{operation.label} was never accepted in {sum(outcome.answers.values())} calls: {dict(outcome.answers)}"
    )
