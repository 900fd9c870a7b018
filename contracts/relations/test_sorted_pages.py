"""Pages of a sorted list, one after the other, are the sorted list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.lists.order import columns
from mockserver.contract.scenes.records import ids
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "show", "update")
PAGES = 3


def test_pages_of_a_sorted_list_are_the_sorted_list(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        if target.writable:
            for turn in range(4):
                stage.make(turn=turn)
        rows = stage.rows()
        # rows that are alike in a column may come in any order, on each page anew
        clear = [
            name
            for name in columns(noun)
            if rows and name in noun.fields and len({str(row[name]).lower() for row in rows.values()}) == len(rows)
        ]
        size = max(1, -(-len(rows) // PAGES))
        for column, direction in zip(clear[:2], ("desc", "asc"), strict=False):
            query = {"sort": f"{column}|{direction}", "per_page": size}
            whole = ids(stage.call("list", query={**query, "per_page": 5000}).data)
            pages = [ids(stage.call("list", query={**query, "page": page}).data) for page in range(1, PAGES + 1)]
            got = [each for page in pages for each in page]
            if got != whole:
                twice = sorted({each for each in got if got.count(each) > 1})
                what = (
                    f"{twice} come twice"
                    if twice
                    else f"{len(set(whole) - set(got))} rows are missing or the order differs"
                )
                raise Broken(f"pages of {size} with sort={query['sort']}: {what}", operation=stage.operation("list").id)
