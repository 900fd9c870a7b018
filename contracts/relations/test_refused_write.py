"""A refused write leaves everything as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.contract.scenes.records import created, listed
from mockserver.contract.scenes.stage import Stage, changed_rows
from mockserver.contract.values.fields import rules_of_owner

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def test_a_refused_write_leaves_everything_as_it_was(target: Target, noun: Noun) -> None:
    """A body with one value of a type that no cast can save is refused whole, its good values included."""
    wrong = next(
        name
        for name, field in noun.writable("update").items()
        if field["kind"] in ("text", "number", "money", "integer", "url") and name not in rules_of_owner(noun, "update")
    )

    @given(st.data())
    def check(data: st.DataObject) -> None:
        with target.world() as client:
            values = Stage(target, client, noun).values
            record = created(client, noun, data.draw(values.bodies(noun, "create"), label="create"))
            before = listed(client, noun)
            bad = {**data.draw(values.bodies(noun, "update"), label="update"), wrong: {"not": ["of", "this", "type"]}}
            client.call(noun.operations["update"], path={"id": record["id"]}, body=bad, want=(400, 422))
            bad = {
                **data.draw(values.bodies(noun, "create"), label="create again"),
                wrong: {"not": ["of", "this", "type"]},
            }
            client.call(noun.operations["create"], body=bad, want=(400, 422))
            moved = changed_rows(before, listed(client, noun))
            assert not moved, f"a refused write has left a trace: {moved}"

    check()
