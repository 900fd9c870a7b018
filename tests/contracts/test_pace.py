"""Waiting: between requests, and when a server says when to come back."""

from __future__ import annotations

import pytest

from mockserver.contract.wire.pace import LONGEST, Pace, seconds_of

NOON = "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept; time stands still but for that."""
    naps: list[float] = []
    monkeypatch.setattr("time.sleep", naps.append)
    monkeypatch.setattr("time.monotonic", lambda: 100 + sum(naps))
    return naps


def test_requests_keep_their_distance(slept: list[float]) -> None:
    keeper = Pace(rate=4)
    for _ in range(4):
        keeper.wait()
    assert slept == [0.25] * 3


def test_without_a_rate_nothing_waits(slept: list[float]) -> None:
    for _ in range(9):
        Pace().wait()
    assert slept == []


@pytest.mark.parametrize(
    ("asked", "date", "seconds"),
    [
        ("7", "", 7),
        ("0.5", "", 0.5),
        ("-3", "", 0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", NOON, 30),
        ("Sun, 22 Nov 2026 11:59:00 GMT", NOON, 0),
        ("Sun, 22 Nov 2026 12:00:30 GMT", "", 1),
        ("soon", NOON, 1),
        ("", NOON, 1),
    ],
)
def test_a_server_may_say_when_to_come_back(asked: str, date: str, seconds: float) -> None:
    assert seconds_of(asked, date) == seconds


def test_nobody_waits_for_ever(slept: list[float]) -> None:
    Pace().come_back("86400", "")
    assert slept == [LONGEST]
