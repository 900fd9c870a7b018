"""A part of a call that is kept whole or not at all, and work for another company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.draft import Caller, Draft
from mockserver.identity import caller_for

if TYPE_CHECKING:
    from mockserver.world import World


@pytest.fixture
def draft(mock_world: World) -> Draft:
    return Draft(mock_world, caller_for(mock_world, mock_world.identity.token))


class Trouble(Exception):
    pass


def projects(draft: Draft) -> list[dict[str, str]]:
    return [record.data for record in draft.table("project").records(draft.company_row)]


def put(draft: Draft, name: str) -> str:
    return str(draft.put("project", {**draft.blank("project"), "name": name})["id"])


def test_what_was_written_before_and_after_stays(draft: Draft) -> None:
    before = len(projects(draft))
    first = put(draft, "first")
    effects = len(draft.effects)

    def fail() -> None:
        with draft.attempt():
            put(draft, "second")
            draft.patch("project", first, {"name": "changed"})
            draft.emit("created", "project", first)
            raise Trouble

    with pytest.raises(Trouble):
        fail()
    assert len(draft.effects) == effects
    third = put(draft, "third")
    assert [each["name"] for each in projects(draft)[before:]] == ["first", "third"]
    assert draft.get("project", third)
    draft.commit()
    assert draft.world.state.table("projects").size >= 2


def test_an_attempt_that_comes_first_leaves_nothing(draft: Draft) -> None:
    before = projects(draft)

    def fail() -> None:
        with draft.attempt():
            put(draft, "first")
            raise Trouble

    with pytest.raises(Trouble):
        fail()
    assert (projects(draft), draft.effects) == (before, [])


def test_standing_in_works_for_the_other_company(draft: Draft) -> None:
    own, caller = draft.company, draft.caller
    assert caller is not None
    other = draft.put("company", {**own, "settings": {**own["settings"], "timezone_id": "57"}})
    row = draft.table("company").next_row - 1
    with draft.standing_in(Caller(caller.token, caller.user, row, caller.link)):
        assert draft.company["id"] == other["id"]
        put(draft, "theirs")
        assert [each["name"] for each in projects(draft)] == ["theirs"]
    assert (draft.company["id"], draft.caller) == (own["id"], caller)
    assert "theirs" not in [each["name"] for each in projects(draft)]
