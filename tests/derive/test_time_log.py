"""Time logs: what is read, what is refused, rounding and the timer."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive import time_log

NOW = 10_000


@pytest.mark.parametrize("sent", [None, "", "{}", "[]", {}, []])
def test_no_log_is_an_empty_one(sent: Any) -> None:
    """R-VAL-17."""
    assert time_log.problem(sent) == ""
    assert time_log.entries(sent) == []


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("no JSON", time_log.NO_LIST),
        ('{"a": 1}', time_log.NO_LIST),
        ([5, 6], time_log.NO_LIST),
        ([[5]], time_log.NO_TIMES),
        ([["now", "later"]], time_log.NO_TIMES),
        ([[5, 6.5]], time_log.NO_TIMES),
        ([[1, 2, "", True, 5]], time_log.TOO_LONG),
        ([[5, 0], [7, 8]], time_log.OVERLAP),
        ([[9, 5]], time_log.OVERLAP),
        ([[5, 10], [7, 12]], time_log.OVERLAP),
        ([[1, 2], [20, 10]], time_log.OVERLAP),
    ],
)
def test_a_wrong_log_is_told(sent: Any, message: str) -> None:
    """R-VAL-17: the words of the service."""
    assert time_log.problem(sent) == message


@pytest.mark.parametrize(
    "sent", [[[5, 5]], [[5, 0]], [[7, 8], [1, 5]], [[1, 5], [5, 0]], [["1", "5"]], [[1, 2], [10, 20], [15, 25]]]
)
def test_what_the_service_takes(sent: Any) -> None:
    """R-VAL-17: order does not matter, and overlaps below the second entry are not seen."""
    assert time_log.problem(sent) == ""


def test_entries_are_whole_and_sorted() -> None:
    rows = time_log.entries('[["30", 40, null, 0], [10, 20]]')
    assert rows == [(10, 20, "", True), (30, 40, "", False)]
    assert time_log.as_json(rows) == '[[10,20,"",true],[30,40,"",false]]'


@pytest.mark.parametrize(
    ("span", "step", "up", "rounded"),
    [(420, 600, True, 600), (420, 600, False, 0), (900, 900, True, 900), (7260, 60, False, 7260), (7, 1, True, 7)],
)
def test_rounding(span: int, step: int, rounded: int, *, up: bool) -> None:
    """R-STAT-42."""
    assert time_log.rounded([(100, 100 + span, "", True)], step, up=up)[0][1] == 100 + rounded


def test_a_running_entry_is_not_rounded() -> None:
    assert time_log.rounded([(100, 0, "", True)], 600, up=True) == [(100, 0, "", True)]


def test_the_timer() -> None:
    """R-STAT-40."""
    running = time_log.started([(1, 2, "", True)], NOW)
    assert running[-1] == (NOW, 0, "", True)
    assert time_log.started(running, NOW + 5) == running
    assert time_log.stopped(running, NOW + 5)[-1] == (NOW, NOW + 5, "", True)
    assert time_log.stopped([], NOW) == []


def test_time_is_added_up() -> None:
    rows = [(100, 160, "", True), (200, 230, "", False), (9_990, 0, "", True)]
    assert time_log.seconds(rows, NOW) == 60 + 30 + 10
    assert time_log.seconds(rows, NOW, only_billed=True) == 70
