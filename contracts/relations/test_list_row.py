"""A row of a list is the record as it is shown: after a create, an update, archive, delete and restore alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.records import act
from mockserver.contract.scenes.stage import Stage, changed, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
STEPS = ("archive", "restore", "delete", "restore")


def check(stage: Stage, hashed: str, after: str) -> None:
    record, row = stage.show(hashed), stage.rows().get(hashed)
    if row is None:
        raise Broken(f"the list does not hold the record after {after}", operation=stage.operation("list").id)
    if moved := changed(record, row):
        what = f"after {after} the row of the list is not the record as it is shown: {moved}"
        raise Broken(
            what.replace(" was ", " is shown ").replace(", now ", ", listed "), operation=stage.operation("list").id
        )


def test_a_row_of_a_list_is_the_record_as_it_is_shown(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        hashed = stage.make(turn=0)["id"]
        check(stage, hashed, "a create")
        stage.call("update", hashed, body=stage.body("update", turn=1))
        check(stage, hashed, "an update")
        offered = noun.facts.get("bulk", {}) if "bulk" in noun.operations else {}
        for action in (each for each in STEPS if each in offered):
            act(stage.client, target, noun, action, [hashed])
            check(stage, hashed, action)
