"""Writers at the same time lose nothing: each record and change is there, numbers are unique, sums right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import Stage, staged
from mockserver.contract.target.identities import as_caller
from mockserver.contract.values.differences import exact

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

    Row = dict[str, Any]

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "list", "update", "bulk", facts=("number",)),
]
WRITERS = 4
EACH = 3


def sums(stage: Stage, made: list[Row]) -> None:
    """The owner of what was sent at the same time owes all of it."""
    noun = stage.noun
    if not noun.told("bill.settles") or "mark_sent" not in noun.facts.get("moves", {}):
        return
    link = next(name for name, field in noun.fields.items() if "to" in field and noun.required("create", name))
    owner = stage.spec.nouns[noun.fields[link]["to"]]
    right = sum(exact(row["amount"]) for row in made)
    read = stage.client.call(owner.operations["show"], path={"id": made[0][link]}, want=200).data
    if exact(read["balance"]) != right:
        what = f"{len(made)} documents sent at the same time come to {float(right)}, their owner owes {read['balance']}"
        raise Broken(what, operation=stage.operation("bulk").id)


def bodies_for(stage: Stage) -> list[Row]:
    """Bodies without numbers, all for one owner, so that every create moves the same counters."""
    noun = stage.noun
    links = [name for name, field in noun.fields.items() if "to" in field and noun.required("create", name)]
    bodies = [stage.body(turn=turn) for turn in range(WRITERS * EACH)]
    shared = {name: bodies[0][name] for name in links}
    if links and noun.told("bill"):
        owner = Stage(stage.target, stage.client, stage.spec.nouns[noun.fields[links[0]]["to"]]).make()["id"]
        shared |= {links[0]: owner, "line_items": [{"cost": 10.5, "quantity": 1}], "discount": 0}
    return [{name: value for name, value in {**body, **shared}.items() if name != "number"} for body in bodies]


def write(stage: Stage, text: str, part: list[Row]) -> list[Row]:
    """Make, change and send some records over a connection of our own."""
    noun, made = stage.noun, []
    with closing(as_caller(stage.target, stage.client, stage.client.headers["X-API-TOKEN"])) as client:
        for body in part:
            record = client.call(noun.operations["create"], body=body, want=200).data
            change = {text: f"changed {record['id']}", **{name: record[name] for name in stage.needed_names}}
            client.call(noun.operations["update"], path={"id": record["id"]}, body=change, want=200)
            if "mark_sent" in noun.facts.get("moves", {}):
                action = {"action": "mark_sent", "ids": [record["id"]]}
                client.call(noun.operations["bulk"], body=action, want=(200, 400))
            made.append(record)
    return made


def test_writers_at_the_same_time_lose_nothing(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        text, bodies = stage.free_text(), bodies_for(stage)
        with ThreadPoolExecutor(WRITERS) as threads:
            running = [threads.submit(write, stage, text, bodies[number::WRITERS]) for number in range(WRITERS)]
            made = [record for each in running for record in each.result()]
        listed, name_of = stage.rows(), stage.operation("create").id
        if len({row["id"] for row in made}) != len(made):
            raise Broken("records that were made at the same time share an id", operation=name_of)
        rows = [listed[row["id"]] for row in made if row["id"] in listed]
        if len(rows) != len(made):
            raise Broken(f"{len(made)} records were made at the same time, {len(rows)} are listed", operation=name_of)
        numbers = [row["number"] for row in rows if row["number"]]
        if len(set(numbers)) != len(numbers):
            raise Broken(f"numbers were given twice: {sorted(numbers)}", operation=name_of)
        for row in rows:
            if row[text] != f"changed {row['id']}":
                what = f"a change of {text} made at the same time as others is lost: it reads {row[text]!r}"
                raise Broken(what, operation=stage.operation("update").id)
        sums(stage, rows)
