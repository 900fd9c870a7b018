"""Lists of two servers that hold other data besides: what the run has made must be in both, in one order, and alike."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.differential.comparison import Parting
from mockserver.contract.lists.filters import Scene
from mockserver.contract.lists.order import columns, comparable, key_of
from mockserver.contract.lists.texts import texts_for
from mockserver.contract.values.strategies import pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.differential.pair import Pair
    from mockserver.contract.differential.walk import Walk
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.wire.reply import Reply

    Row = dict[str, Any]
    Others = dict[str, dict[str, Row]]

WHOLE = {"per_page": 5000}
OWNERS = ("client_id", "vendor_id")
"""Filters that leave nothing but what the run has made, when the owner is one that it has made."""
TIMED = frozenset({"timestamp"})
UNTOLD = frozenset({"invoiced_for", "matchable", "live_link"})
"""Matchers that go by other records than those of the run, or by several ids in one text."""


def look_at_list(walk: Walk, data: st.DataObject, noun: Noun) -> None:
    """Take one of two ways: pages of what an owner has, compared as a whole; or all rows, some filters and an order."""
    owners = {
        name: owner
        for name in OWNERS
        if name in noun.facts.get("base_filters", ())
        and noun.fields.get(name, {}).get("kind") == "link"
        and (owner := walk.pool.ids(name.removesuffix("_id")))
    }
    narrow: bool = bool(owners) and data.draw(st.booleans())
    if narrow:
        name = data.draw(st.sampled_from(sorted(owners)))
        query = {name: data.draw(pick(owners[name])), "per_page": data.draw(st.integers(1, 3))}
        walk.call(noun.operations["list"], query={**query, "page": data.draw(st.integers(1, 3))})
    else:
        _whole(walk, data, noun)


def _whole(walk: Walk, data: st.DataObject, noun: Noun) -> None:
    scene = Scene(walk.pair.spec.nouns, noun, walk.rows(noun), walk.others_of(noun), walk.pair.moments[0].today)
    query: dict[str, Any] = dict(WHOLE)
    if "created_at" in noun.facts.get("base_filters", ()):
        query["created_at"] = walk.pair.early
    usable = sorted(name for name, facts in scene.offered().items() if _usable(noun, facts)) if scene.rows else []
    own = [name for name in usable if name in noun.facts.get("filters", {})]
    few: bool = bool(own) and data.draw(st.booleans())
    offered = own if few else usable
    chosen: list[str] = data.draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)) if offered else []
    for name in chosen:
        facts = scene.offered()[name]
        query[name] = _named(walk, noun, facts, data.draw(texts_for(scene, facts)))
    column = data.draw(st.sampled_from(["", *columns(noun)]))
    if column:
        query["sort"] = f"{column}|{data.draw(st.sampled_from(['asc', 'desc']))}"
    _compared(walk, noun, query, column)


def look_at_lists(walk: Walk) -> None:
    """All rows that the run has made, by a column that changes with its length."""
    for noun in walk.nouns():
        if "list" in noun.operations and (offered := columns(noun)):
            step = len(walk.pair.script)
            column, direction = offered[step % len(offered)], ("asc", "desc")[step // len(offered) % 2]
            query = {**WHOLE, "sort": f"{column}|{direction}"}
            if "created_at" in noun.facts.get("base_filters", ()):
                query["created_at"] = walk.pair.early
            _compared(walk, noun, query, column, look=True)


def _compared(walk: Walk, noun: Noun, query: dict[str, Any], column: str, *, look: bool = False) -> None:
    others = walk.others_of(noun)
    walk.call(
        noun.operations["list"],
        query=query,
        compare=lambda pair, replies: list(_partings(pair, noun, column, others, *replies)),
        look=look,
    )


def _usable(noun: Noun, facts: Mapping[str, Any]) -> bool:
    kind = noun.fields.get(str(facts.get("field", "")), {}).get("kind")
    return kind not in TIMED and facts["match"] not in UNTOLD


def _named(walk: Walk, noun: Noun, facts: Mapping[str, Any], text: Any) -> str:
    """The text of a filter with names for ids and for numbers of counters."""
    field = noun.fields.get(str(facts.get("field", "")), {})
    to = noun.name if field.get("kind") == "id" else field.get("to", "")
    twins = walk.pair.twins
    return ",".join(twins.name(0, to, each) or twins.told(noun.name, each) for each in str(text).split(","))


def _partings(pair: Pair, noun: Noun, column: str, others: Others, left: Reply, right: Reply) -> Iterator[Parting]:
    """Where the lists differ: which rows of the run are in them, in which order, and what stands in them."""
    if not (left.ok and right.ok):
        yield from pair.comparison.answers(noun.operations["list"], left, right)
        return
    twins = pair.twins
    sides = [
        {name: row for row in reply.data if (name := twins.name(side, noun.name, row["id"]))}
        for side, reply in ((0, left), (1, right))
    ]
    if sides[0].keys() != sides[1].keys():
        yield Parting("/data", *(f"{', '.join(rows) or 'none'} of this run" for rows in sides))
        return
    order = [list(rows) for rows in sides]
    if order[0] != order[1] and not _ties(pair, noun, column, others, sides, order):
        yield Parting("/data", *(f"the order {', '.join(names)}" for names in order))
    schema = (noun.operations["list"].response(200) or {})["content"]["application/json"]["schema"]
    row_schema = pair.spec.resolved(schema)["properties"]["data"]["items"]
    for name, row in sides[0].items():
        yield from pair.comparison.values(f"/data[{name}]", row_schema, row, sides[1][name])
    metas = [reply.json().get("meta", {}).get("pagination", {}) for reply in (left, right)]
    if metas[0].keys() != metas[1].keys():
        yield Parting("/meta/pagination", sorted(metas[0]), sorted(metas[1]))


def _ties(
    pair: Pair, noun: Noun, column: str, others: Others, sides: list[dict[str, Row]], order: list[list[str]]
) -> bool:
    """Whether just rows changed places that nobody must tell apart: by equal keys, or by letters of a collation."""
    if not column:
        return False
    scene = Scene(pair.spec.nouns, noun, list(sides[0].values()), others, pair.moments[0].today)
    key = key_of(scene, column)
    places = {name: place for place, name in enumerate(order[1])}
    return all(
        places[first] < places[second]
        or key(sides[0][first]) == key(sides[0][second])
        or not comparable(key(sides[0][first]), key(sides[0][second]))
        for first, second in pairwise(order[0])
    )
