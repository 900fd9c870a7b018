"""What an owner has to do with its records: fields that it brings, and flags that one takes from another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mockserver.contract.requests.pool import Pool
from mockserver.contract.scenes.records import handed_over

BILL: Any = SimpleNamespace(
    facts={"from_owner": {"notes": "client_id"}}, fields={"client_id": {"kind": "link", "to": "client"}}
)
METHOD: Any = SimpleNamespace(facts={"only_one": ["is_default"]}, fields={})
OLD, NEW = 1, 2


def pool(*clients: dict[str, Any]) -> Pool:
    nothing: Any = SimpleNamespace()
    made = Pool(nothing, nothing)
    made._rows["client"] = list(clients)
    return made


def test_what_the_owner_has_wins_over_what_is_sent() -> None:
    there = pool({"id": "a", "notes": "of a"}, {"id": "b", "notes": ""})
    assert there.kept(BILL, {"client_id": "a", "notes": "sent", "name": "n"}) == {
        "client_id": "a",
        "notes": "of a",
        "name": "n",
    }
    assert there.kept(BILL, {"client_id": "a"})["notes"] == "of a"


def test_an_owner_with_nothing_leaves_what_is_sent() -> None:
    for body in ({"client_id": "b", "notes": "sent"}, {"client_id": "gone", "notes": "sent"}, {"notes": "sent"}):
        assert pool({"id": "b", "notes": ""}).kept(BILL, body) == body


def row(*, default: bool, at: int = OLD) -> dict[str, Any]:
    return {"is_default": default, "updated_at": at, "token": "t"}


def test_a_flag_may_be_taken_from_one_other_record() -> None:
    before = {"a": row(default=True), "b": row(default=True), "c": row(default=False)}
    after = {**before, "a": row(default=False, at=NEW)}
    assert handed_over(METHOD, before, after, row(default=True)) == after
    assert before["a"]["is_default"]


def test_no_flag_is_lost_for_nothing() -> None:
    before = {"a": row(default=True), "b": row(default=True)}
    one, two = {**before, "a": row(default=False)}, {"a": row(default=False), "b": row(default=False)}
    plain: Any = SimpleNamespace(facts={})
    assert handed_over(METHOD, before, one, row(default=False)) == before
    assert handed_over(METHOD, before, two, row(default=True)) == before
    assert handed_over(plain, before, one, row(default=True)) == before


def test_what_else_changes_with_the_flag_shows() -> None:
    before, after = {"a": row(default=True)}, {"a": {**row(default=False), "token": "other"}}
    assert handed_over(METHOD, before, after, row(default=True))["a"]["token"] == "t"
