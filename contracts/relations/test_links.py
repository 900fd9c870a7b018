"""A link leads where it was set to; unknown targets are refused, and deleted ones where the facts say so (R-VAL-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.requests.pool import NOWHERE
from mockserver.contract.scenes.stage import Stage, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def links(noun: Noun, verb: str) -> dict[str, dict[str, Any]]:
    """The `exists` rule of each link that the verb checks, for links that may change."""
    return {
        name: rule
        for name, field in {**noun.facts.get("hidden", {}), **noun.fields}.items()
        for rule in noun.rules(verb).get(name, ())
        if field["kind"] == "link" and isinstance(rule, dict) and "exists" in rule
    }


def refused(stage: Stage, verb: str, hashed: str, name: str, value: str, what: str, *, dropped: bool = False) -> None:
    """The call is refused at the link; `dropped` links may be left out instead (R-WIRE-48)."""
    body = {**(stage.minimal() if verb == "create" else stage.needed(hashed)), name: value}
    reply = stage.call(verb, hashed if verb == "update" else "", body=body, want=())
    if dropped and reply.ok and reply.data[name] != value:
        return
    if reply.status != 422 or name not in reply.json().get("errors", {}):
        raise Broken(
            f"{name} names {what}: got {reply.shown:.300}, wanted 422 and an error at {name}",
            operation=stage.operation(verb).id,
        )


def test_a_link_leads_where_it_was_set_to(target: Target, noun: Noun) -> None:
    if not links(noun, "create") and not links(noun, "update"):
        return
    with staged(target, noun) as stage:
        record = stage.make()
        for verb in ("create", "update"):
            for name, rule in links(noun, verb).items():
                what, dropped = "a record that is not there", "match" in rule
                refused(stage, verb, record["id"], name, NOWHERE, what, dropped=dropped)
                known = stage.spec.nouns[rule["exists"]]
                if "match" in rule or "create" not in known.operations:
                    continue
                other = Stage(target, stage.client, known)
                goal = other.make()["id"]
                got = stage.make(**{name: goal}) if verb == "create" else stage.update(record["id"], **{name: goal})
                shown = stage.show(got["id"])
                if name in noun.fields and (got[name], shown[name]) != (goal, goal):
                    what = f"{name} was set to {goal}, answered as {got[name]!r} and shown as {shown[name]!r}"
                    raise Broken(what, operation=stage.operation(verb).id)
                if rule.get("live") and "delete" in known.facts.get("bulk", {}):
                    other.call("bulk", body={"action": "delete", "ids": [goal]})
                    refused(stage, verb, record["id"], name, goal, "a record that is deleted")
                    other.call("bulk", body={"action": "restore", "ids": [goal]})
