"""The paged vector: copies share pages, and no copy sees another's writes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockserver.store.pages import SIZE, Pages


def test_a_write_leaves_the_older_version_alone() -> None:
    first: Pages[str] = Pages[str]().set(1, "a")
    second = first.set(1, "b")
    assert (first.get(1), second.get(1)) == ("a", "b")


def test_positions_outside_and_between_are_empty() -> None:
    pages: Pages[str] = Pages[str]().set(SIZE * 3 + 5, "far")
    assert [pages.get(at) for at in (-1, 0, SIZE, SIZE * 3 + 4, SIZE * 3 + 6)] == [None] * 5
    assert len(pages) == SIZE * 3 + 6


@given(st.lists(st.tuples(st.integers(0, SIZE * 2 + 3), st.integers()), max_size=40))
def test_it_reads_like_a_dictionary(writes: list[tuple[int, int]]) -> None:
    pages: Pages[int] = Pages()
    plain: dict[int, int] = {}
    for at, value in writes:
        pages = pages.set(at, value)
        plain[at] = value
    assert {at: value for at, value in enumerate(pages) if value is not None} == plain
    assert len(pages) == max(plain, default=-1) + 1


def test_filled_at_once_equals_filled_one_by_one() -> None:
    values = [None, *range(SIZE + 10)]
    pages: Pages[int] = Pages()
    for at, value in enumerate(values):
        pages = pages.set(at, value)
    assert list(Pages.filled(values)) == list(pages)


def test_versions_that_grow_from_one_do_not_see_each_other() -> None:
    start: Pages[str] = Pages[str]().set(1, "a")
    left, right = start.set(2, "left"), start.set(2, "right")
    longer = left.set(3, "more")
    assert [list(each) for each in (start, left, right, longer)] == [
        [None, "a"],
        [None, "a", "left"],
        [None, "a", "right"],
        [None, "a", "left", "more"],
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers()), max_size=60))
def test_every_version_of_a_tree_of_versions_keeps_its_values(steps: list[tuple[int, int, int]]) -> None:
    versions: list[tuple[Pages[int], list[int | None]]] = [(Pages[int](), [])]
    for parent, back, value in steps:
        pages, values = versions[parent % len(versions)]
        at = max(len(pages) - back, 0) if back else len(pages)
        versions.append((pages.set(at, value), [*values[:at], value, *values[at + 1 :]]))
    for pages, values in versions:
        assert list(pages) == values
        assert [pages.get(at) for at in range(len(values) + 1)] == [*values, None]


def test_a_gap_beyond_the_page_hides_what_another_version_added() -> None:
    start: Pages[str] = Pages[str]().set(1, "a")
    other = start.set(2, "other")
    far = start.set(SIZE + 1, "far")
    assert (far.get(2), far.get(SIZE + 1), other.get(2)) == (None, "far", "other")
