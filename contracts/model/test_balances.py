"""Balances follow every move of a bill: those of the bill and those of its owner (R-STAT-3, R-STAT-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract.trade.documents import Account, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill",))]
BALANCED = pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves", "bill.settles"))
"""Bills whose state follows the balance, and whose owner carries the sum."""
MORE = 4
"""Money is where a fault costs most and a try least."""


@BALANCED
def test_balances_follow_every_move(target: Target, spec: Spec, noun: Noun) -> None:
    """Steps in any order, legal or not: status, balance, paid_to_date of each document, and the sums of the owner."""

    @settings(max_examples=MORE * settings().max_examples)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            account = Account(client, spec, noun)
            for _ in range(data.draw(st.integers(1, 3), label="documents")):
                account.open({"line_items": data.draw(lines(low=1))})
            for _ in range(data.draw(st.integers(1, 8), label="steps")):
                number = data.draw(st.integers(0, len(account.papers) - 1))
                step = data.draw(st.sampled_from(account.steps))
                account.take(step, number, data)
                problems = account.problems()
                assert not problems, f"after {step} of document {number}: " + "; ".join(problems)

    check()
