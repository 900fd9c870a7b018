"""Records in all states, so that lists have something to tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.filters import Scene
from mockserver.contract.pool import Pool
from mockserver.contract.values import Values

if TYPE_CHECKING:
    from mockserver.contract.client import Client
    from mockserver.contract.spec import Noun, Spec

    Row = dict[str, Any]


def states(noun: Noun) -> list[str]:
    """Bulk actions that put a record into another state: archive and delete, and the moves of the facts."""
    offered = noun.facts.get("bulk", {})
    return [name for name in ("archive", "delete", *noun.facts.get("moves", {})) if name in offered]


def populate(client: Client, spec: Spec, noun: Noun, data: st.DataObject, *, tag: str, count: int = 6) -> None:
    """Make some records of the noun, and bring some of them into other states."""
    pool = Pool(spec, client)
    pool.provide_for(noun)
    bodies = Values(spec, pool, tag).bodies(noun, "create")
    choices = st.sampled_from(["", *states(noun)])
    by_action: dict[str, list[str]] = {}
    for _ in range(count):
        record = client.call(noun.operations["create"], body=data.draw(bodies), want=200).data
        by_action.setdefault(data.draw(choices), []).append(record["id"])
    for action, ids in by_action.items():
        if action:
            client.call(noun.operations["bulk"], body={"action": action, "ids": ids}, want=200)


def all_rows(client: Client, noun: Noun) -> list[Row]:
    """The whole list of a noun, up to the largest page."""
    rows: list[Row] = client.call(noun.operations["list"], query={"per_page": 5000}, want=200).data
    return rows


def scene(client: Client, spec: Spec, noun: Noun) -> Scene:
    """The noun's rows and those of the nouns that its links and includes lead to, one link further each."""
    others: dict[str, dict[str, Row]] = {}
    for field in noun.fields.values():
        if (
            field["kind"] == "link"
            and (linked := spec.nouns.get(field["to"])) is not None
            and "list" in linked.operations
        ):
            others[linked.name] = {row["id"]: row for row in all_rows(client, linked)}
    return Scene(spec.nouns, noun, all_rows(client, noun), others, today(client, noun))


def today(client: Client, noun: Noun) -> str:
    """The date of the server, as the blank form of a noun with a date shows it; empty when there is none."""
    name = next((name for name, field in noun.fields.items() if field.get("default") == "today"), "")
    if not name or "blank" not in noun.operations:
        return ""
    return str(client.call(noun.operations["blank"], want=200).data[name])
