"""Hours of a project are those of its tasks, archived and edited ones too, rounded to whole hours; deleted tasks count
no more until they are restored, and those of other projects never."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "update", "bulk", facts=("fields.time_log", "fields.project_id")),
]
HOUR = 3600
START = 1_700_000_000


def test_a_project_has_the_hours_of_its_tasks(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        owner = trade.make("client")["id"]
        work, other = (
            trade.make("project", {"name": f"{client.tag} {name}", "client_id": owner})["id"] for name in ("A", "B")
        )
        seconds: dict[str, float] = {}

        def check(what: str) -> None:
            right = int(sum(seconds.values()) / HOUR + 0.5)
            got = trade.show("project", work)["current_hours"]
            assert got == right, f"current_hours of the project after {what}: got {got}, wanted {right}"

        def add(what: str, *spans: tuple[float, float], project: str = work) -> str:
            log = [[START + int(HOUR * begin), START + int(HOUR * end)] for begin, end in spans]
            made: str = trade.make(noun.name, {"project_id": project, "time_log": json.dumps(log)})["id"]
            if project == work:
                seconds[made] = sum(int(HOUR * (end - begin)) for begin, end in spans)
            check(what)
            return made

        first = add("a task", (0, 3))
        add("a task of another project", (0, 40), project=other)
        second = add("a second task of three spans", (0, 1), (2, 2.5), (4, 4.75))
        third = add("a third task", (0, 100.5))
        log = json.dumps([[START, START + 5 * HOUR]])
        trade.change(noun.name, first, {"time_log": log, "project_id": work})
        seconds[first] = 5 * HOUR
        check("an edit of the first task")
        trade.bulk(noun.name, "archive", second)
        check("archiving of a task")
        kept = dict(seconds)
        trade.bulk(noun.name, "delete", second, third)
        for each in (second, third):
            del seconds[each]
        check("deletion of two tasks")
        trade.bulk(noun.name, "restore", third)
        seconds[third] = kept[third]
        check("restoration of a task")
        trade.drop(noun.name, third)
        del seconds[third]
        check("a second deletion")
