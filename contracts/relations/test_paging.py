"""Pages are parts of one whole: put one after the other they are the list, and what they tell of it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.populate import all_rows, populated
from mockserver.contract.scenes.stage import changed

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")


def test_pages_are_parts_of_the_whole_list(target: Target, noun: Noun) -> None:
    @given(st.data())
    def check(data: st.DataObject) -> None:
        with populated(target, noun, data) as client:
            whole = all_rows(client, noun)
            size = data.draw(st.integers(1, len(whole) + 1))
            last = max(1, -(-len(whole) // size))
            seen: list[dict[str, Any]] = []
            for number in range(1, last + 2):
                reply = client.call(noun.operations["list"], query={"per_page": size, "page": number}, want=200)
                told = reply.json()["meta"]["pagination"]
                links = told.pop("links")
                rows = reply.data
                wanted = {"total": len(whole), "count": len(rows), "per_page": size, "current_page": number}
                wrong = changed({**wanted, "total_pages": last}, told)
                assert not wrong, (
                    f"page {number} of {last}: {wrong.replace(' was ', ' wanted ').replace(', now ', ', told ')}"
                )
                neighbours = {"previous": number - 1} if number > 1 else {}
                neighbours |= {"next": number + 1} if number < last else {}
                shown = {name: link.rpartition("?")[2] for name, link in links.items()}
                right = {name: f"page={page}" for name, page in neighbours.items()}
                assert shown == right, f"page {number} of {last} links to {shown}, wanted {right}"
                count = min(size, len(whole) - len(seen)) if number <= last else 0
                assert len(rows) == count, f"page {number} of {last} has {len(rows)} rows, wanted {count}"
                seen += rows
            assert seen == whole, "the pages one after the other are not the whole list"

    check()
