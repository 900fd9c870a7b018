"""Where a world has limits, each operation that has one answers 429 to the call that is too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH, Clock
from mockserver.limits import read_limits
from tests.robustness.conftest import address
from tests.robustness.test_documented_refusals import OPERATIONS, name

if TYPE_CHECKING:
    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient
    from mockserver.world import World

MOST = 5000
"""The widest limit of an operation, in calls a minute."""


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.throttle], ids=name)
def test_in_the_end_a_call_is_too_much(mock_client: MockClient, mock_world: World, operation: Operation) -> None:
    """R-AUTH-13: a body that is announced as too large counts too, and none of the calls writes."""
    mock_world.clock = Clock.at(EPOCH, frozen=True)  # the minute of the limit lasts as long as the calls take
    mock_world.limits = read_limits("1/m", mock_world.document.limits)
    before = mock_world.state
    url, reads = address(operation, mock_world), operation.method == "GET"
    headers = {} if reads else {"Content-Length": str(10**8)}
    answers = (mock_client.request(operation.method, url, headers=headers) for _ in range(MOST + 1))
    number, answer = next((number, each) for number, each in enumerate(answers) if each.status_code == 429)
    assert answer.json() == {"message": "Too many requests"}
    assert number == 1 or "api" not in operation.throttle
    assert reads or mock_world.state is before
