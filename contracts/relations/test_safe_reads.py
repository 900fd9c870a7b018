"""Reading changes nothing: show, edit, blank and lists with filters leave every record as it was, to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import Stage, changed, staged
from mockserver.contract.target.moments import later

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("show", "list")
QUERIES: tuple[dict[str, object], ...] = (
    {"per_page": 1, "page": 2},
    {"sort": "id|desc"},
    {"status": "archived,deleted"},
    {"filter": "a"},
    {"with_trashed": "false"},
)


def everything(stage: Stage) -> dict[str, dict[str, dict[str, object]]]:
    """The lists of the noun and of what its records lead to, by noun and by id, or place where rows have none."""
    linked = {field["to"] for field in stage.noun.fields.values() if field["kind"] == "link"}
    shown = {include["entity"] for include in stage.noun.facts.get("includes", {}).values()}
    found = {}
    for name in sorted({stage.noun.name} | linked | shown):
        noun = stage.spec.nouns.get(name)
        if noun is not None and "list" in noun.operations:
            rows = stage.client.call(noun.operations["list"], query={"per_page": 5000}, want=200).data
            found[name] = {row.get("id", str(place)): row for place, row in enumerate(rows)}
    return found


def read(stage: Stage, hashed: list[str]) -> None:
    """Show, edit and blank forms, with includes, and lists with what lists take."""
    includes = {"include": ",".join(stage.noun.facts.get("includes", {}))}
    for each in hashed:
        stage.call("show", each, want=())
        stage.call("show", each, query=includes, want=())
        if "edit" in stage.noun.operations:
            stage.call("edit", each, want=())
    if "blank" in stage.noun.operations:
        stage.call("blank", want=())
    for query in QUERIES:
        stage.call("list", query=query, want=())


def test_reading_changes_nothing(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        if target.writable and "create" in noun.operations:
            stage.make(turn=0)
        later(target, stage.client)  # a read that writes shows in updated_at; what falls due meanwhile is no read
        before = everything(stage)
        read(stage, list(before[noun.name])[-3:])
        after = everything(stage)
        for name, rows in before.items():
            if len(after[name]) != len(rows):
                what = f"reading {noun.name} records has made or removed rows of {name}: "
                raise Broken(f"{what}{len(rows)} before, {len(after[name])} after")
            for hashed, row in rows.items():
                if moved := changed(row, after[name].get(hashed, {})):
                    raise Broken(f"reading {noun.name} records has changed the {name} {hashed}: {moved}")
