"""What only the service sets can't be set by a body: ids, times, owners, sums, flags and hidden members are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import Stage, changed, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
LONG_AGO = 1_500_000_000


def lies(stage: Stage, verb: str, other: dict[str, Any]) -> dict[str, Any]:
    """A false value for each member that the verb does not take; ids are those of another record."""
    noun = stage.noun
    found: dict[str, Any] = {}
    taken = noun.writable(verb).keys() | noun.facts.get("input", {}).keys() | noun.rules(verb).keys()
    for place, (name, field) in enumerate({**noun.facts.get("hidden", {}), **noun.fields}.items()):
        if name in taken or field.get("computed") or field["kind"] in ("list", "object"):
            continue
        if field["kind"] == "timestamp":
            found[name] = LONG_AGO
        elif field["kind"] == "id":
            found[name] = other["id"]
        else:
            found[name] = stage.value(name, field, 900 + place)
    return {name: value for name, value in found.items() if value is not None}


def test_what_the_service_sets_is_not_taken_from_a_body(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        other = stage.make()
        honest = stage.show(stage.make()["id"])
        sent = lies(stage, "create", other)
        answer = stage.make(**sent)
        for seen in (answer, stage.show(answer["id"])):
            believed = {
                name: seen[name] for name, lie in sent.items() if name in seen and seen[name] == lie != honest[name]
            }
            if believed:
                raise Broken(f"a create took what it should ignore: {believed}", operation=stage.operation("create").id)
        before = stage.show(other["id"])
        sent = lies(stage, "update", answer)
        redrawn = noun.facts.get("fill", {}).get("update", {})
        for seen in (stage.update(other["id"], **sent), stage.show(other["id"])):
            if moved := changed(before, seen, but=("updated_at", *redrawn, *noun.facts.get("includes", {}))):
                what = f"an update with {', '.join(sent)} changed the record: {moved}"
                raise Broken(what, operation=stage.operation("update").id)
