"""What must be unique is refused when another record has it; the own value is no clash (R-NUM-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.records import act
from mockserver.contract.scenes.stage import Stage, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", facts=("unique",))]


def checked(noun: Noun, verb: str, name: str) -> str:
    """`all` when all records count, `live` when those put away don't, nothing when the verb does not look."""
    for rule in noun.rules(verb).get(name, ()):
        if rule == "unique":
            return "all"
        if isinstance(rule, dict) and "unique" in rule:
            return "live"
    return ""


def refuses(stage: Stage, reply: Reply, verb: str, name: str, value: str) -> None:
    """The answer says that the value is taken."""
    operation = stage.operation(verb).id
    if reply.status != 422:
        raise Broken(
            f"{name} {value!r} is taken, yet a {verb} with it was answered with {reply.status}, wanted 422",
            operation=operation,
        )
    texts = reply.json().get("errors", {}).get(name, [])
    if not any("taken" in text or "already" in text for text in texts):
        raise Broken(
            f"a {verb} with a {name} that is taken is refused without saying so: {reply.shown}", operation=operation
        )


def test_what_must_be_unique_is_not_given_twice(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        for name in noun.facts["unique"]:
            if name not in noun.fields:
                continue
            value: Any = f"{stage.client.tag}-taken-{name}"
            other: Any = f"{stage.client.tag}-free-{name}"
            first, second = stage.make(**{name: value}), stage.make(**{name: other})
            count = len(stage.rows())
            if checked(noun, "create", name):
                body = {**stage.minimal(), name: value}
                refuses(stage, stage.call("create", body=body, want=()), "create", name, value)
            if checked(noun, "update", name):
                body = {**stage.needed(second["id"]), name: value}
                refuses(stage, stage.call("update", second["id"], body=body, want=()), "update", name, value)
                stage.update(first["id"], **{name: value})
            if stage.show(second["id"])[name] != second[name] or len(stage.rows()) != count:
                raise Broken(f"a refused {name} was written all the same", operation=stage.operation("update").id)
            if checked(noun, "create", name) == "all" and "bulk" in noun.operations:
                act(stage.client, target, noun, "archive", [first["id"]])
                body = {**stage.minimal(), name: value}
                refuses(stage, stage.call("create", body=body, want=()), "create", name, value)
