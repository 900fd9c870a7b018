"""Lists: pages are parts of one whole, sorting only moves rows, a filter keeps what it says and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.filter_texts import texts_for
from mockserver.contract.order import columns, comparable, key_of
from mockserver.contract.populate import all_rows, populate, scene
from mockserver.contract.values import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mockserver.contract.client import Client
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")


@pytest.fixture
def fill(target: Target, spec: Spec) -> Callable[[Client, Noun, st.DataObject], None]:
    """Puts records in all states into a world; a server that may only be read is taken as it is."""

    def records(client: Client, noun: Noun, data: st.DataObject) -> None:
        if target.writable:
            populate(client, spec, noun, data, tag=target.tag)

    return records


def ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_pages_are_parts_of_the_whole_list(target: Target, noun: Noun, fill: Any) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            fill(client, noun, data)
            whole = all_rows(client, noun)
            size = data.draw(st.integers(1, len(whole) + 1))
            last = max(1, -(-len(whole) // size))
            seen: list[dict[str, Any]] = []
            for number in range(1, last + 2):
                reply = client.call(noun.operations["list"], query={"per_page": size, "page": number}, want=200)
                told = reply.json()["meta"]["pagination"]
                links = told.pop("links")
                rows = reply.data
                assert told == {
                    "total": len(whole),
                    "count": len(rows),
                    "per_page": size,
                    "current_page": number,
                    "total_pages": last,
                }
                neighbours = {"previous": number - 1} if number > 1 else {}
                neighbours |= {"next": number + 1} if number < last else {}
                shown = {name: link.rpartition("?")[2] for name, link in links.items()}
                assert shown == {name: f"page={page}" for name, page in neighbours.items()}
                assert len(rows) == (min(size, len(whole) - len(seen)) if number <= last else 0)
                seen += rows
            assert seen == whole, "the pages one after the other are not the whole list"

    check()


def test_sorting_moves_rows_and_does_nothing_else(target: Target, spec: Spec, noun: Noun, fill: Any) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            fill(client, noun, data)
            around = scene(client, spec, noun)
            offered = st.sampled_from(columns(noun))
            for column in data.draw(st.lists(offered, min_size=1, max_size=6, unique=True)):
                key = key_of(around, column)
                for direction in ("asc", "desc"):
                    query = {"per_page": 5000, "sort": f"{column}|{direction}"}
                    rows = client.call(noun.operations["list"], query=query, want=200).data
                    assert sorted(ids(rows)) == sorted(ids(around.rows)), f"{query['sort']} loses or doubles rows"
                    keys = [key(row) for row in rows]
                    for left, right in pairwise(keys):
                        ordered = left <= right if direction == "asc" else left >= right
                        assert ordered or not comparable(left, right), f"{query['sort']}: {left!r} before {right!r}"
            for nonsense in ("nope|asc", columns(noun)[0], ""):
                rows = client.call(noun.operations["list"], query={"per_page": 5000, "sort": nonsense}, want=200).data
                assert rows == around.rows, f"sort={nonsense} is no sort, yet it moves rows"

    check()


def test_a_filter_keeps_what_it_says_and_nothing_else(target: Target, spec: Spec, noun: Noun, fill: Any) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            fill(client, noun, data)
            around = scene(client, spec, noun)
            for name, facts in around.offered().items():
                text = data.draw(texts_for(around, facts), label=name)
                rows = client.call(noun.operations["list"], query={"per_page": 5000, name: text}, want=200).data
                keep = around.keeps(facts, text)
                wanted = {row["id"] for row in around.rows if keep(row)}
                extra, missing = set(ids(rows)) - wanted, wanted - set(ids(rows))
                assert not extra | missing, f"{name}={text}: {len(extra)} rows too many, {len(missing)} missing"

    check()


def test_filters_together_keep_what_each_of_them_keeps(target: Target, spec: Spec, noun: Noun, fill: Any) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            fill(client, noun, data)
            around = scene(client, spec, noun)
            offered = around.offered()
            names = data.draw(st.lists(st.sampled_from(sorted(offered)), min_size=2, max_size=3, unique=True))
            query = {name: data.draw(texts_for(around, offered[name]), label=name) for name in names}
            wanted = [
                row for row in around.rows if all(around.keeps(offered[name], query[name])(row) for name in names)
            ]
            size = data.draw(st.integers(1, 4))
            reply = client.call(noun.operations["list"], query={**query, "per_page": size}, want=200)
            assert reply.json()["meta"]["pagination"]["total"] == len(wanted), query
            assert set(ids(reply.data)) <= set(ids(wanted)), query
            assert reply.data == wanted[:size] or any("order" in offered[name] for name in names), query

    check()


def test_the_row_that_is_asked_for_comes_first_whatever_the_filters_say(target: Target, noun: Noun, fill: Any) -> None:
    if "with" not in noun.facts.get("base_filters", ()):
        return
    field = noun.facts.get("sorts", {}).get("with", "id")

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            fill(client, noun, data)
            named = [row for row in all_rows(client, noun) if row[field].strip()]
            if not named:
                return
            row = data.draw(pick(named))
            for status in ("active", "archived", "deleted"):
                alone = client.call(noun.operations["list"], query={"per_page": 5000, "status": status}, want=200).data
                query = {"per_page": 5000, "status": status, "with": row[field]}
                rows = client.call(noun.operations["list"], query=query, want=200).data
                assert rows[0][field] == row[field], f"with={row[field]} does not come first"
                assert {each["id"] for each in rows[1:]} | {rows[0]["id"]} == {each["id"] for each in alone} | {
                    rows[0]["id"]
                }

    check()
