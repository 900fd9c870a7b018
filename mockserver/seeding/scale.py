"""How many records a scenario makes: a factor for all of it, numbers of some resources, or both.

`2` doubles everything, `invoices=100000` asks for so many of one resource, `3,invoices=5000,clients=200` for both.
Where only numbers are given, the other resources grow by the square root of the largest growth among the given ones: a
business with a hundred times the invoices has ten times the clients.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import isfinite, sqrt
from typing import TYPE_CHECKING

from mockserver.seeding.trouble import trouble, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockserver.errors import StartError
    from mockserver.seeding.scenario import Step

MOST = 1_000_000
FORMS = "1 is the scenario as it is written; write 10, or invoices=100000"


@dataclass(frozen=True, slots=True)
class Scale:
    """A factor, or None where it follows from the numbers; and wanted numbers by resource."""

    factor: float | None = 1
    wanted: Mapping[str, int] = field(default_factory=dict)

    def counts(self, steps: Sequence[Step]) -> list[int]:
        """How many records each step makes. Raises StartError when a number can't be reached by any factor."""
        written = Counter[str]()
        for step in steps:
            if step.scaled:
                written[step.call.resource] += step.count
        growth = {name: self._growth(name, written, steps) for name in self.wanted}
        factor = self.factor
        if factor is None:
            factor = max(1.0, sqrt(max(growth.values(), default=1)))
        shared = {name: iter(self._shared(name, steps)) for name in self.wanted}
        return [
            next(shared[step.call.resource]) if step.scaled and step.call.resource in shared else step.records(factor)
            for step in steps
        ]

    def _growth(self, name: str, written: Mapping[str, int], steps: Sequence[Step]) -> float:
        if not written[name]:
            made = sorted({step.call.resource for step in steps if step.scaled and step.count})
            raise unknown("scale", name, "a resource whose number the scenario lets grow", made)
        return self.wanted[name] / written[name]

    def _shared(self, name: str, steps: Sequence[Step]) -> Iterator[int]:
        """The wanted number dealt out to the steps as they are written; each that makes any makes one at least."""
        own = [step for step in steps if step.call.resource == name]
        fixed = sum(step.count for step in own if not step.scaled)
        parts = [step.count for step in own if step.scaled]
        left, weight = self.wanted[name] - fixed, sum(parts)
        least = sum(1 for part in parts if part)
        if left < least:
            wanted = f"{least + fixed} at least, one of each kind that it has"
            raise trouble(f"scale: {name}", f"`{self.wanted[name]}`", wanted, "ask for more, or use a factor")
        for part in parts:
            share = max(1, round(left * part / weight)) if part else 0
            least -= bool(part)
            share = min(share, left - least)
            left, weight = left - share, weight - part
            yield share


def read_scale(text: str | float) -> Scale:
    """The scale that a text or a number says. Raises StartError for one that is of no use."""
    factors: list[float] = []
    wanted: dict[str, int] = {}
    parts = str(text).split(",")
    for part in parts:
        name, given, number = part.partition("=")
        if given:
            wanted[name.strip()] = _number(text, number)
        else:
            factors.append(_factor(text, part))
    if len(factors) > 1 or len(wanted) + len(factors) < len(parts):
        raise refused(text, "one factor, and each resource once")
    return Scale(factors[0] if factors else None, wanted)


def _factor(text: str | float, part: str) -> float:
    try:
        factor = float(part)
    except ValueError:
        factor = -1
    if not (isfinite(factor) and 0 < factor < MOST):
        raise refused(text, "a factor above 0 and below a million")
    return factor


def _number(text: str | float, number: str) -> int:
    number = number.strip()
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 9 and 0 < int(number) <= MOST):
        raise refused(text, "a whole number from 1 to a million behind `=`")
    return int(number)


def refused(text: str | float, wanted: str) -> StartError:
    """The error for a scale that is of no use."""
    return trouble("scale", f"`{text}`", wanted, FORMS)
