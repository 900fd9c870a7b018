"""Dates come back as they were sent, also at the ends of months and years (R-WIRE-41)."""

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
DAYS = ("2024-02-29", "2023-12-31", "2000-02-29", "2024-01-01", "2099-12-31", "2025-03-30", "2024-10-31")
"""Leap days, ends of years, and a day on which clocks change."""


def test_dates_come_back_as_they_were_sent(target: Target, noun: Noun, options: Options) -> None:
    with staged(target, noun) as stage:
        for turn in turns(options, 2):
            reads_back(stage, {"date": lambda number: DAYS[number % len(DAYS)]}, turn)
