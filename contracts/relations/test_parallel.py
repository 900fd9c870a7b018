"""Writers at the same time lose nothing: every record and every change is there, numbers and ids are unique, sums are right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.findings import Broken
from mockserver.contract.identities import as_caller
from mockserver.contract.stage import Stage, staged
from mockserver.contract.values import exact

if TYPE_CHECKING:
    from mockserver.contract.client import Client
    from mockserver.contract.spec import Noun
    from mockserver.contract.target import Target

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


def test_writers_at_the_same_time_lose_nothing(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        first = stage.free_text()
        bodies = [stage.body(turn=turn) for turn in range(WRITERS * EACH)]
        links = [name for name, field in noun.fields.items() if "to" in field and noun.required("create", name)]
        for body in bodies:  # numbers of the service, and one owner, so that all move the same counters
            body.pop("number", None)
            body.update({name: bodies[0][name] for name in links})
            if noun.told("bill"):
                body |= {"line_items": [{"cost": 10.5, "quantity": 1}], "discount": 0}
        if links and noun.told("bill"):
            owner = Stage(target, stage.client, target.spec.nouns[noun.fields[links[0]]["to"]]).make()["id"]
            bodies = [{**body, links[0]: owner} for body in bodies]

        def write(client: Client, part: list[Row]) -> list[Row]:
            """Make, change and send some records over a connection of our own."""
            made = []
            with closing(client):
                for body in part:
                    record = client.call(noun.operations["create"], body=body, want=200).data
                    change = {first: f"changed {record['id']}", **{name: record[name] for name in stage.needed_names}}
                    client.call(noun.operations["update"], path={"id": record["id"]}, body=change, want=200)
                    if "mark_sent" in noun.facts.get("moves", {}):
                        client.call(
                            noun.operations["bulk"],
                            body={"action": "mark_sent", "ids": [record["id"]]},
                            want=(200, 400),
                        )
                    made.append(record)
            return made

        token = stage.client.headers["X-API-TOKEN"]
        clients = [as_caller(target, stage.client, token) for _ in range(WRITERS)]
        with ThreadPoolExecutor(WRITERS) as threads:
            made = [
                row
                for part in threads.map(write, clients, [bodies[number::WRITERS] for number in range(WRITERS)])
                for row in part
            ]
        listed, name_of = stage.rows(), stage.operation("create").id
        if len({row["id"] for row in made}) != len(made):
            raise Broken("records that were made at the same time share an id", operation=name_of)
        numbers = [listed[row["id"]]["number"] for row in made if row["id"] in listed]
        if len(numbers) != len(made):
            raise Broken(
                f"{len(made)} records were made at the same time, {len(numbers)} are listed", operation=name_of
            )
        if len(set(numbers) - {""}) != len([number for number in numbers if number]):
            raise Broken(f"numbers were given twice: {sorted(numbers)}", operation=name_of)
        for row in made:
            if listed[row["id"]][first] != f"changed {row['id']}":
                what = f"a change of {first} made at the same time as others is lost: it reads {listed[row['id']][first]!r}"
                raise Broken(what, operation=stage.operation("update").id)
        sums(stage, [listed[row["id"]] for row in made])
