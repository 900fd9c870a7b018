"""The row that `with` asks for comes first, whatever the other filters say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.populate import all_rows, populated
from mockserver.contract.values.strategies import pick

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "bulk")


def test_the_row_that_is_asked_for_comes_first_whatever_the_filters_say(target: Target, noun: Noun) -> None:
    if "with" not in noun.facts.get("base_filters", ()):
        return
    field = noun.facts.get("sorts", {}).get("with", "id")

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with populated(target, noun, data) as client:
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
