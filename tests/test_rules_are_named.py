"""Every rule about money, numbers, states, triggers, payments, side effects and lives is named by a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FAMILIES = {"CALC": 31, "NUM": 13, "STAT": 47, "TRIG": 9, "PAY": 24, "SIDE": 23, "LIFE": 27}
"""Family -> number of its last rule; they count from one without a gap."""


@pytest.mark.parametrize(("family", "last"), FAMILIES.items())
def test_each_rule_of_a_family_is_named(family: str, last: int) -> None:
    """One by one: `R-CALC-4`, or `R-CALC-4, 5`; a span such as `R-CALC-1..9` tells nothing of a single one."""
    named: set[int] = set()
    for path in (each for each in TESTS.rglob("*.py") if each.name != Path(__file__).name):
        for found in re.finditer(rf"R-{family}-(\d+(?:, \d+)*)\b(?!\.\.)", path.read_text("utf-8")):
            named |= {int(each) for each in found[1].split(", ")}
    assert sorted(set(range(1, last + 1)) - named) == []
