"""Numbers come back as they were sent: fractions that binary can't hold, tiny ones, large amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.scenes.extremes import reads_back
from mockserver.contract.scenes.stage import staged, turns

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
MONEY = (0.1, 999999999.99, 0.01, 1234.5678, 1000000.01, 0.000001, 29.97)
RATES = (0.1, 12.5, 99.999, 7.7)
WHOLE = (1, 9999, 255, 256)
KINDS = {
    "money": lambda number: MONEY[number % len(MONEY)],
    "number": lambda number: MONEY[number % len(MONEY)],
    "rate": lambda number: RATES[number % len(RATES)],
    "integer": lambda number: WHOLE[number % len(WHOLE)],
}


def test_numbers_come_back_as_they_were_sent(target: Target, noun: Noun, options: Options) -> None:
    with staged(target, noun) as stage:
        for turn in turns(options, 3):
            reads_back(stage, KINDS, turn)
