"""The journal: numbered, shared, bounded."""

from __future__ import annotations

import pytest

from mockserver.store.journal import KEPT, Journal


def filled(count: int) -> Journal[int]:
    made: Journal[int] = Journal()
    for number in range(1, count + 1):
        made = made.add(number * 10)
    return made


def test_entries_have_numbers_and_come_oldest_first() -> None:
    assert filled(3).after() == [(1, 10), (2, 20), (3, 30)]
    assert filled(3).after(2) == [(3, 30)]
    assert filled(3).after(3) == filled(3).after(99) == []


def test_a_journal_is_never_changed() -> None:
    before = filled(2)
    one, other = before.add(1), before.add(2)
    assert (one.after(2), other.after(2), before.after()) == ([(3, 1)], [(3, 2)], [(1, 10), (2, 20)])


@pytest.mark.parametrize("count", [2 * KEPT - 1, 2 * KEPT, 2 * KEPT + 1, 5 * KEPT + 7])
def test_the_newest_are_kept_with_their_numbers(count: int) -> None:
    found = filled(count).after()
    assert KEPT <= len(found) <= 2 * KEPT
    assert found == [(number, number * 10) for number in range(count - len(found) + 1, count + 1)]
