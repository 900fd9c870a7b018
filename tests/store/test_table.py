"""Tables: tenants apart, indexes right after any change, forks independent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockserver.store.state import Emit, Patch, Put, Remove, State
from mockserver.store.table import Record, Table


def record(row: int, company: int = 1, **data: object) -> Record:
    return Record(row, company, {"id": str(row), **data})


def test_row_numbers_are_never_used_again() -> None:
    table = Table().put(record(1)).put(record(2)).remove(2)
    assert table.next_row == 3


def test_tenants_have_rows_of_their_own() -> None:
    table = Table().put(record(1, 1)).put(record(2, 2)).put(record(3, 1))
    assert ([r.row for r in table.records(1)], [r.row for r in table.records(2)], table.count(3)) == ([1, 3], [2], 0)


def test_a_record_can_move_to_another_tenant() -> None:
    table = Table().put(record(1, 1)).put(record(1, 2))
    assert (table.count(1), table.count(2)) == (0, 1)


def test_an_index_over_two_fields_takes_a_tuple() -> None:
    table = Table().put(record(1, kind="a", owner="x")).put(record(2, kind="a", owner="y"))
    assert list(table.find(("a", "y"), "kind", "owner")) == [2]


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 2), st.sampled_from("abc"), st.booleans()), max_size=40))
def test_indexes_agree_with_a_scan_after_any_changes(steps: list[tuple[int, int, str, bool]]) -> None:
    table = Table()
    table.find("a", "colour")
    table.find("a", "colour", company=1)
    for row, company, colour, removes in steps:
        table = table.remove(row) if removes else table.put(record(row, company, colour=colour))
        for wanted in "abc":
            rows = sorted(r.row for r in table if r.data["colour"] == wanted)
            assert list(table.find(wanted, "colour")) == rows
            mine = sorted(r.row for r in table if r.data["colour"] == wanted and r.company == 1)
            assert list(table.find(wanted, "colour", company=1)) == mine


def test_an_index_that_is_made_later_says_nothing_about_an_earlier_version() -> None:
    before = Table().put(record(1, colour="red"))
    after = before.put(record(1, colour="blue"))
    assert list(after.find("blue", "colour")) == [1]
    assert list(before.find("red", "colour")) == [1]
    assert list(before.find("blue", "colour")) == []


def test_a_state_keeps_its_past() -> None:
    before = State().apply(Put("clients", record(1, name="Ann")))
    after = before.apply(Patch("clients", 1, {"name": "Bob"})).apply(Emit("updated", "clients", 1))
    gone = after.apply(Remove("clients", 1))
    names = [
        found.data["name"] if (found := state.table("clients").get(1)) else None for state in (before, after, gone)
    ]
    assert names == ["Ann", "Bob", None]


def test_many_records_at_once_make_the_same_table() -> None:
    records = [record(1, 1, colour="a"), record(4, 2, colour="b")]
    filled, built = Table.filled(records), Table().put(records[0]).put(records[1])
    assert [r.row for r in filled] == [r.row for r in built] == [1, 4]
    assert filled.next_row == built.next_row == 5
    assert list(filled.find("b", "colour", company=2)) == [4]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(1, 2), st.integers(0, 3)), max_size=40))
def test_scans_agree_with_a_look_at_each_record_in_every_version(steps: list[tuple[int, int, int, int]]) -> None:
    """Versions branch and share pages and columns; a scan in between fills the columns."""
    versions = [Table()]
    for parent, row, company, size in steps:
        table = versions[parent % len(versions)]
        place = row or table.next_row
        versions.append(table.remove(place) if size == 3 else table.put(record(place, company, size=size, even=row)))
        versions[-1].scan(1, ("size",), lambda size: size > 0)
    for table in versions:
        for company in (1, 2):
            wanted = [r.row for r in table.records(company) if r.data["size"] > 0 and r.data["even"] < 5]
            assert table.scan(company, ("size", "even"), lambda size, even: size > 0 and even < 5) == wanted
