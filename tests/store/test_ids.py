"""Sorted row numbers that versions share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockserver.store.ids import Ids


def test_two_versions_that_append_to_one_do_not_see_each_other() -> None:
    base = Ids([]).add(1).add(2)
    left, right = base.add(3), base.add(7)
    assert (list(base), list(left), list(right)) == ([1, 2], [1, 2, 3], [1, 2, 7])


def test_the_last_one_goes_without_a_copy_and_comes_back_alone() -> None:
    base = Ids([]).add(1).add(2)
    shorter = base.discard(2)
    longer = shorter.add(9)
    assert (list(base), list(shorter), list(longer)) == ([1, 2], [1], [1, 9])


def test_a_slice_stops_at_the_own_end() -> None:
    base = Ids([]).add(1)
    base.add(2)
    assert base[0:100] == [1]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 30)), max_size=60))
def test_it_behaves_like_a_sorted_set(steps: list[tuple[bool, int]]) -> None:
    ids, plain = Ids([]), set[int]()
    for adds, number in steps:
        before = list(ids)
        ids_after = ids.add(number) if adds else ids.discard(number)
        assert list(ids) == before
        ids = ids_after
        plain = plain | {number} if adds else plain - {number}
        assert list(ids) == sorted(plain)
        assert len(ids) == len(plain)
