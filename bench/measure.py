"""What the benchmarks share: CPU clocks of processes, interleaved rounds, and rows of the table."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

CPUCLOCK_SCHED = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, what it cost, and against what it is held.

    `ratio` is how often the cost of the baseline goes into it; `target` is the most that is wanted, in words.
    """

    what: str
    cost: str
    baseline: str
    ratio: float
    target: str = ""


def cpu_seconds(pid: int) -> float:
    """CPU time, user and system, that all threads of a process have used so far, to the nanosecond.

    Linux gives every process a clock of its own, whose number is made from the process id (clock_getcpuclockid).
    """
    if sys.platform != "linux":
        raise RuntimeError(f"got {sys.platform}, wanted linux: the benchmarks read the CPU clock of another process")
    return time.clock_gettime((~pid << 3) | CPUCLOCK_SCHED)


@contextmanager
def one_cpu() -> Iterator[None]:
    """Keep this process, and those that it starts meanwhile, on one CPU; what waking another one costs changes."""
    if sys.platform != "linux":
        raise RuntimeError(f"got {sys.platform}, wanted linux: the benchmarks choose the CPU that they run on")
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def interleaved(rounds: int, contenders: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Cost of each contender by round: A B C A B C ..., so that a slow spell of the machine meets all of them."""
    costs: dict[str, list[T]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            costs[name].append(run())
    return costs


def ratio(costs: Mapping[str, list[float]], name: str, baseline: str) -> float:
    """Median over the rounds of what one cost against the other in the same round."""
    return median(one / other for one, other in zip(costs[name], costs[baseline], strict=True))


def timed(call: Callable[[], object], repeat: int) -> float:
    """CPU seconds that one of `repeat` calls takes in this process."""
    start = time.process_time()
    for _ in range(repeat):
        call()
    return (time.process_time() - start) / repeat


def in_words(seconds: float) -> str:
    """A duration with its unit: 12.3 us, 4.56 ms, 1.23 s."""
    for limit, factor, unit in ((1e-3, 1e6, "us"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def in_figures(number: float) -> str:
    """A ratio with two decimals, or as many figures as say something."""
    return f"{number:.2f}" if number >= 0.1 else f"{number:.2g}"


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | costs | against | ratio | target |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {row.what} | {row.cost} | {row.baseline} | {in_figures(row.ratio)} | {row.target} |" for row in rows]
    return "\n".join(lines) + "\n"
