"""How contracts tell what two readings differ in, and call a server as somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.options import DEEP, QUICK, Options
from mockserver.contract.scenes.stage import Stage, changed, changed_rows, trimmed, turns
from mockserver.contract.target.identities import person, second
from mockserver.contract.target.server import Target

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def products(target: Target) -> Iterator[Stage]:
    with target.world() as client:
        yield Stage(target, client, target.spec.nouns["product"])


def test_members_that_differ_are_named() -> None:
    assert changed({"a": 1, "b": 2}, {"a": 1.0, "b": 2}) == ""
    assert changed({"a": 1, "b": 2}, {"a": 3, "b": 2}) == "a was 1, now 3"
    assert changed({"a": 1}, {"b": 2}) == "a was 1, now '(absent)'; b was '(absent)', now 2"
    assert changed({"a": 1, "b": 2}, {"a": 3, "b": 4}, but=("a",)) == "b was 2, now 4"


def test_rows_that_differ_are_named() -> None:
    before = {"x": {"a": 1}, "y": {"a": 1}}
    assert changed_rows(before, dict(before)) == ""
    told = changed_rows(before, {"y": {"a": 2}, "z": {"a": 1}})
    assert told == "1 rows are gone: ['x']; 1 rows are new: ['z']; y: a was 1, now 2"


def test_blanks_at_the_ends_of_texts_do_not_count() -> None:
    assert trimmed({"a": " b ", "c": [" d", {"e": "\tf\n"}], "g": 1}) == {"a": "b", "c": ["d", {"e": "f"}], "g": 1}


def test_more_effort_and_another_seed_make_other_turns() -> None:
    quick, deep, other = Options(effort=QUICK), Options(effort=DEEP), Options(effort=QUICK, seed=2)
    assert list(turns(quick, 2)) == [0, 1]
    assert len(turns(deep, 2)) > len(turns(quick, 2))
    assert not set(turns(quick, 2)) & set(turns(other, 2))


def test_the_second_company_has_records_of_its_own(target: Target, products: Stage) -> None:
    made = products.make()
    theirs = Stage(target, second(target, products.client), products.noun)
    assert theirs.rows() == {}
    own = theirs.make()
    assert set(theirs.rows()) == {own["id"]}
    assert made["id"] in products.rows()
    assert own["id"] not in products.rows()


def test_without_a_second_token_a_foreign_server_is_not_called(target: Target, products: Stage) -> None:
    foreign = Target(target.url, target.spec, Options(), ours=False)
    with pytest.raises(NotHere, match="--second-token"):
        second(foreign, products.client)


def test_a_person_has_the_rights_that_were_given(target: Target, products: Stage) -> None:
    hashed, client = person(target, products.client, ["view_product"])
    create, show = products.operation("create"), products.operation("show")
    made = products.make()["id"]
    assert client.call(show, path={"id": made}).status == 200
    assert client.call(create, body=products.minimal()).status == 401
    assert hashed in {each["id"] for each in products.client.call(target.spec.nouns["user"].operations["list"]).data}


def test_a_body_of_another_turn_differs(products: Stage) -> None:
    first, again, other = products.body(turn=0), products.body(turn=0), products.body(turn=1)
    unique = products.noun.facts.get("unique", ())
    assert {name: value for name, value in first.items() if name not in unique} == {
        name: value for name, value in again.items() if name not in unique
    }
    assert all(first[name] != other[name] for name in ("cost", "notes", "custom_value1"))
