"""Values at the edges of what fields hold, and the check that they come back in record and list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.findings import Broken
from mockserver.contract.values.differences import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.contract.scenes.stage import Stage

    Row = dict[str, Any]


def extreme(stage: Stage, verb: str, kinds: Mapping[str, Callable[[int], Any]], turn: int) -> Row:
    """A value of its kind for each field that the verb takes freely; the next turn goes on from there."""
    offered, rules = stage.values.offered(stage.noun, verb), stage.noun.rules(verb)
    free = {
        name: facts
        for name, facts in offered.items()
        if facts["kind"] in kinds and not any(isinstance(rule, dict) for rule in rules.get(name, ()))
    }
    return {name: kinds[facts["kind"]](turn * len(free) + place) for place, (name, facts) in enumerate(free.items())}


def reads_back(stage: Stage, kinds: Mapping[str, Callable[[int], Any]], turn: int, wanted: Any = None) -> None:
    """Create and update with such values: answer, record and list show them. `wanted` tells what a value is read as."""
    read = wanted or (lambda value: value)
    sent = extreme(stage, "create", kinds, 2 * turn)
    hashed = ""
    for verb, values in (("create", sent), ("update", extreme(stage, "update", kinds, 2 * turn + 1))):
        if verb == "update" and not values:
            continue
        if verb == "create":
            body = {**stage.minimal(), **values}
            record, kept = stage.call("create", body=body).data, stage.pool.kept(stage.noun, body)
        else:
            record, kept = stage.update(hashed, **values), values
        hashed = record["id"]
        wants = {name: read(kept[name]) for name in values if name in stage.noun.fields}
        for where, got in (("answer", record), ("record", stage.show(hashed)), ("list", stage.rows().get(hashed, {}))):
            if wrong := differences(wants, got):
                what = f"the {where} of a {verb} does not show what was sent: {'; '.join(wrong)[:600]}"
                raise Broken(what, operation=stage.operation(verb).id)
