"""Pages are parts of one whole: put one after the other they are the list, and what they tell of it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.populate import all_rows

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun
    from mockserver.contract.target import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")


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
