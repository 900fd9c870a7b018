"""A user sees, makes and changes just what the rights allow: view, create or edit of this kind of record (R-AUTH-30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.findings import Broken
from mockserver.contract.identities import person
from mockserver.contract.records import state_of
from mockserver.contract.stage import Stage, changed, staged

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun, Spec
    from mockserver.contract.target import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.ours,
    pytest.mark.nouns("create", "show", "list", "update", facts=("permission",)),
]
VERBS = ("view", "create", "edit")
ALLOWS = {
    "show": ("view", "edit"),
    "edit": ("edit",),
    "update": ("edit",),
    "delete": ("edit",),
    "blank": ("create",),
    "create": ("create",),
}
"""For each operation the rights of which one is enough."""
UNAUTHORIZED = 401


def other_rights(spec: Spec, noun: Noun) -> list[str]:
    """All rights to another kind of record, which open nothing here."""
    own, opening = noun.facts["permission"], " ".join(noun.facts.get("open_to", ()))
    other = next(
        each.facts["permission"]
        for each in spec.nouns_with("create", "show", "list", "update", facts=("permission",))
        if each.facts["permission"] not in own and f"_{each.facts['permission']}" not in opening
    )
    return [f"{verb}_{other}" for verb in VERBS]


def may(noun: Noun, behaviour: str, right: str) -> bool:
    """Whether the facts let a user with this one right do it."""
    operation = noun.operations[behaviour]
    return operation.facts.get("needs") not in ("admin", "owner") and right in ALLOWS[behaviour]


def expect(stage: Stage, behaviour: str, who: str, status: int, *, allowed: bool) -> None:
    if allowed == (status == UNAUTHORIZED):
        wanted = "it is allowed" if allowed else f"{UNAUTHORIZED} wanted"
        raise Broken(
            f"{behaviour} by a user with {who}: got {status}, {wanted}", operation=stage.operation(behaviour).id
        )


def test_a_user_does_just_what_the_rights_allow(target: Target, spec: Spec, noun: Noun) -> None:
    with staged(target, noun) as stage:
        fresh = stage.body("update", turn=3)
        for right in ("", *VERBS):
            rights = [f"{right}_{noun.facts['permission']}"] if right else other_rights(spec, noun)
            who = " and ".join(rights)
            client = person(target, stage.client, rights)[1]
            record = stage.show(stage.make()["id"])
            hashed = record["id"]

            def call(behaviour: str, hashed: str = "", client=client, **options) -> int:  # type: ignore[no-untyped-def]
                path = {"id": hashed} if hashed else None
                return client.call(stage.operation(behaviour), path=path, **options).status

            seen = client.call(stage.operation("list"), query={"per_page": 5000})
            listed = seen.ok and hashed in {row["id"] for row in seen.data}
            closed = stage.operation("list").facts.get("needs") == "admin"
            wanted = not closed and (right in ("view", "edit") or bool(noun.facts.get("list_all")))
            if listed != wanted:
                what = f"a list by a user with {who} {'holds' if listed else 'lacks'} a record of somebody else"
                raise Broken(what, operation=stage.operation("list").id)
            for behaviour in ("show", "edit"):
                if behaviour in noun.operations:
                    expect(stage, behaviour, who, call(behaviour, hashed), allowed=may(noun, behaviour, right))
            expect(stage, "update", who, call("update", hashed, body=fresh), allowed=may(noun, "update", right))
            if "blank" in noun.operations:
                expect(stage, "blank", who, call("blank"), allowed=may(noun, "blank", right))
            expect(stage, "create", who, call("create", body=stage.minimal()), allowed=may(noun, "create", right))
            if "bulk" in noun.operations and "archive" in noun.facts["bulk"]:
                call("bulk", body={"action": "archive", "ids": [hashed]})
                done = state_of(stage.show(hashed)) == "archived"
                if done != (right == "edit" and "bulk_needs" not in noun.facts):
                    what = f"a bulk archive by a user with {who} {'changed' if done else 'did not change'} the record"
                    raise Broken(what, operation=stage.operation("bulk").id)
            if right != "edit" and (moved := changed(record, stage.show(hashed))):
                raise Broken(f"a user with {who} has changed the record: {moved}")
            if "delete" in noun.operations:
                expect(stage, "delete", who, call("delete", hashed), allowed=may(noun, "delete", right))
