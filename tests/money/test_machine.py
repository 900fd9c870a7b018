"""Random sequences of everything that moves money: after each step the engine says what the books say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from hypothesis import HealthCheck, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.money.ledger import Both
from tests.money.walk import Step

if TYPE_CHECKING:
    import pytest

    from mockserver.app import Mock

SHORT, LONG = 4_000, 100_000
"""Steps of a run: of the one that all tests include, and for each seed of `pytest --hypothesis-profile=long`."""
SEEDS = range(1, 6)
SEQUENCE = 60
DIGIT = 2**24
NUMBERS = st.tuples(*[st.integers(0, DIGIT - 1)] * 3).map(lambda each: each[0] + DIGIT * (each[1] + DIGIT * each[2]))
"""In three parts: hypothesis would make larger numbers mostly small."""


class Money(RuleBasedStateMachine):
    """Calls of the API on a company with two clients."""

    mock: ClassVar[Mock]
    steps: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.both = Both(self.mock)

    @rule(number=NUMBERS)
    def step(self, number: int) -> None:
        self.steps["all"] += 1
        try:
            Step(self.both, number).take()
        finally:
            for call in self.both.server.calls:
                note(call)
            self.both.server.calls.clear()


def is_long() -> bool:
    return settings.get_current_profile_name() == "long"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "number" in metafunc.fixturenames:
        metafunc.parametrize("number", SEEDS if is_long() else SEEDS[:1])


def test_the_engine_agrees_with_the_books_after_every_step(mock_app: Mock, number: int) -> None:
    """R-SIDE-19, R-CALC-29, R-STAT-2..14, R-PAY-1..22, R-LIFE-15..20."""
    steps: Counter[str] = Counter()
    wanted = LONG if is_long() else SHORT
    limits = settings(
        max_examples=wanted // SEQUENCE,
        stateful_step_count=SEQUENCE,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    runs = 0
    while steps["all"] < wanted:  # hypothesis itself makes sequences shorter than they may be
        machine = type("Machine", (Money,), {"mock": mock_app, "steps": steps})
        run_state_machine_as_test(seed(1000 * number + runs)(machine), settings=limits)
        runs += 1
