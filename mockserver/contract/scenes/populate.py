"""Records in all states, so that lists have something to tell apart."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.lists.filters import Scene
from mockserver.contract.scenes.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

    Row = dict[str, Any]

KEPT = 0.6
"""Share of the fields that a record of a list has."""
ENDS = ("", "", " Straße", " 漢字", " O'Neil", " ÉTÉ")
"""What texts may end in."""


def states(noun: Noun) -> list[str]:
    """Bulk actions that put a record into another state: archive and delete, and the moves of the facts."""
    offered = noun.facts.get("bulk", {})
    return [name for name in ("archive", "delete", *noun.facts.get("moves", {})) if name in offered]


def varied(stage: Stage, chance: Random) -> Row:
    """A body with some of the fields that a create takes, and letters of other scripts in some of its texts."""
    needed, offered = stage.minimal(), stage.values.offered(stage.noun, "create")
    body = {
        name: value
        for name, value in stage.body(turn=chance.randrange(50)).items()
        if name not in needed and chance.random() < KEPT
    }
    for name, value in body.items():
        if offered[name]["kind"] == "text" and not stage.noun.rules("create").get(name):
            body[name] = f"{value}{chance.choice(ENDS)}"
    return {**needed, **body}


def populate(target: Target, client: Client, noun: Noun, data: st.DataObject, *, count: int = 6) -> None:
    """Make some records of the noun, and bring some of them into other states.

    What they hold is drawn by one number: lists need rows that differ, and a shrunk body would tell nothing more.
    """
    stage = Stage(target, client, noun)
    chance = Random(data.draw(st.integers(0, 2**32), label="records"))
    choices = ["", *states(noun)]
    by_action: dict[str, list[str]] = {}
    for _ in range(count):
        record = stage.call("create", body=varied(stage, chance)).data
        by_action.setdefault(chance.choice(choices), []).append(record["id"])
    for action, ids in by_action.items():
        if action:
            stage.call("bulk", body={"action": action, "ids": ids})


@contextmanager
def populated(target: Target, noun: Noun, data: st.DataObject) -> Iterator[Client]:
    """A world with records of the noun in all states; a server that may only be read is taken as it is."""
    with target.world() as client:
        if target.writable:
            populate(target, client, noun, data)
        yield client


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
