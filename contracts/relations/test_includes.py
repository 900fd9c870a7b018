"""An include brings the record's own related records, all of them and no others, nested ones too; unasked none come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.lists.conditions import holds
from mockserver.contract.scenes.stage import Stage, changed, staged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

    Facts = Mapping[str, Any]
    Row = dict[str, Any]

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", facts=("includes",))]


def related(stage: Stage, record: Row, include: Facts) -> list[Row] | None:
    """Rows of the list of the related noun that belong to the record; None where no list can tell."""
    noun = stage.spec.nouns.get(include["entity"])
    if noun is None or "list" not in noun.operations or "through" in include:
        return None
    field, value = ("id", record.get(include["from"])) if "from" in include else (include["by"], record["id"])
    if value is None or field not in noun.fields:
        return None
    rows: list[Row] = stage.client.call(noun.operations["list"], query={"per_page": 5000}, want=200).data
    if rows and (field not in rows[0] or "id" not in rows[0]):
        return None
    return [row for row in rows if row[field] == value and holds(include.get("where", True), row, "")]


def attach(stage: Stage, record: Row, include: Facts) -> None:
    """Make two related records that name the record, and one that does not."""
    noun = stage.spec.nouns.get(include["entity"])
    if noun is None or "create" not in noun.operations or include.get("by") not in noun.writable("create"):
        return
    other = Stage(stage.target, stage.client, noun)
    shared = {name: record[name] for name in noun.writable("create") if name.endswith("_id") and record.get(name)}
    ties = {name: value for name, value in shared.items() if noun.fields[name].get("to") in ("client", "vendor")}
    for _ in range(2):
        other.make(**ties, **{include["by"]: record["id"]})
    other.make()


def rich_targets(stage: Stage) -> Row:
    """New records, with links of their own, for the links that includes follow: id by name of the field."""
    offered, found = stage.values.offered(stage.noun, "create"), {}
    for include in stage.noun.facts["includes"].values():
        name, noun = include.get("from"), stage.spec.nouns.get(include["entity"])
        if name in offered and noun is not None and {"create", "show", "update"} <= noun.operations.keys():
            found[name] = Stage(stage.target, stage.client, noun).make(turn=1)["id"]
    return found


def check(stage: Stage, name: str, include: Facts, holder: Row, wanted: list[Row], how: str) -> None:
    """What came under the name of the include is what the list of the related noun says."""
    got = holder.get(name)
    rows = got if isinstance(got, list) else [] if got is None else [got]
    if include.get("many") and not isinstance(got, list):
        raise Broken(f"{how}: {name} is {got!r:.100}, wanted a list")
    ids, right = sorted(row["id"] for row in rows), sorted(row["id"] for row in wanted)
    if ids != right:
        raise Broken(f"{how}: {name} holds {len(ids)} records {ids}, wanted {len(right)} {right}")
    fields = stage.spec.nouns[include["entity"]].fields
    for row in rows:
        full = next(each for each in wanted if each["id"] == row["id"])
        both = {each for each in fields if each in row and each in full}
        if moved := changed({each: full[each] for each in both}, {each: row[each] for each in both}):
            raise Broken(f"{how}: the {include['entity']} {row['id']} is not as its list shows it: {moved}")


def test_an_include_brings_the_related_records_and_no_others(target: Target, noun: Noun) -> None:
    includes = noun.facts["includes"]
    with staged(target, noun) as stage:
        record = stage.make(turn=0, **rich_targets(stage))
        for include in includes.values():
            attach(stage, record, include)
        plain = stage.show(record["id"])
        asked = {name: facts for name, facts in includes.items() if not facts.get("always")}
        if surplus := [name for name in asked if name in plain]:
            raise Broken(f"nobody asked for {', '.join(surplus)}, yet it came", operation=stage.operation("show").id)
        for name, include in includes.items():
            if include.get("inner"):  # lists go through it, clients can't ask for it
                continue
            wanted = related(stage, plain, include)
            alone = stage.show(record["id"], include=name)
            others = [each for each in asked if each != name and each in alone]
            if others:
                raise Broken(f"include={name} brings {', '.join(others)} too", operation=stage.operation("show").id)
            if moved := changed(plain, alone, but=(*includes, "updated_at")):
                raise Broken(f"include={name} changes the record itself: {moved}", operation=stage.operation("show").id)
            if wanted is None:
                continue
            listed = stage.rows(include=name)[record["id"]]
            check(stage, name, include, alone, wanted, f"show with include={name}")
            check(stage, name, include, listed, wanted, f"list with include={name}")
            for inner, deeper in stage.spec.nouns[include["entity"]].facts.get("includes", {}).items():
                if (
                    wanted
                    and "from" in deeper
                    and not deeper.get("always")
                    and (deep := related(stage, wanted[0], deeper))
                ):
                    holder = stage.show(record["id"], include=f"{name}.{inner}")[name]
                    holders = {each["id"]: each for each in (holder if isinstance(holder, list) else [holder])}
                    check(stage, inner, deeper, holders[wanted[0]["id"]], deep, f"show with include={name}.{inner}")
                    break
