"""A user sees, makes and changes just what the rights to this kind of record allow (R-AUTH-30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.records import state_of
from mockserver.contract.scenes.stage import Stage, changed, staged
from mockserver.contract.target.identities import person

if TYPE_CHECKING:
    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

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


@dataclass
class Caller:
    """A user with one right, or with none to this kind of record."""

    stage: Stage
    client: Client
    right: str
    rights: list[str]

    def broken(self, behaviour: str, what: str) -> Broken:
        who = " and ".join(self.rights)
        return Broken(f"a user with {who} {what}", operation=self.stage.operation(behaviour).id)

    def tries(self, behaviour: str, hashed: str = "", body: Any = None) -> None:
        """The call is let through when the facts allow it, else refused for want of rights."""
        noun = self.stage.noun
        if behaviour not in noun.operations:
            return
        path = {"id": hashed} if hashed else None
        status = self.client.call(self.stage.operation(behaviour), path=path, body=body).status
        allowed = may(noun, behaviour, self.right)
        if allowed == (status == UNAUTHORIZED):
            wanted = "may do that" if allowed else f"may not, {UNAUTHORIZED} is wanted"
            raise self.broken(behaviour, f"got {status} from a {behaviour}, and {wanted}")

    def lists(self, hashed: str) -> None:
        """The list holds a record of somebody else when the caller may see it."""
        noun, operation = self.stage.noun, self.stage.operation("list")
        seen = self.client.call(operation, query={"per_page": 5000})
        listed = seen.ok and hashed in {row["id"] for row in seen.data}
        open_ = self.right in ("view", "edit") or bool(noun.facts.get("list_all"))
        if listed != (open_ and operation.facts.get("needs") != "admin"):
            raise self.broken("list", f"{'sees' if listed else 'does not see'} a record of somebody else in the list")

    def archives(self, hashed: str) -> None:
        """A bulk action reaches the record when the caller may change it."""
        noun = self.stage.noun
        if "bulk" not in noun.operations or "archive" not in noun.facts["bulk"]:
            return
        self.client.call(self.stage.operation("bulk"), body={"action": "archive", "ids": [hashed]})
        done = state_of(self.stage.show(hashed)) == "archived"
        if done != (self.right == "edit" and "bulk_needs" not in noun.facts):
            raise self.broken("bulk", f"{'changed' if done else 'could not change'} a record by a bulk action")


def test_a_user_does_just_what_the_rights_allow(target: Target, spec: Spec, noun: Noun) -> None:
    with staged(target, noun) as stage:
        fresh = stage.body("update", turn=3)
        for right in ("", *VERBS):
            rights = [f"{right}_{noun.facts['permission']}"] if right else other_rights(spec, noun)
            caller = Caller(stage, person(target, stage.client, rights)[1], right, rights)
            record = stage.show(stage.make()["id"])
            caller.lists(record["id"])
            caller.tries("show", record["id"])
            caller.tries("edit", record["id"])
            caller.tries("update", record["id"], body=fresh)
            caller.tries("blank")
            caller.tries("create", body=stage.minimal())
            caller.archives(record["id"])
            if right != "edit" and (moved := changed(record, stage.show(record["id"]))):
                raise caller.broken("update", f"has changed the record: {moved}")
            caller.tries("delete", record["id"])
