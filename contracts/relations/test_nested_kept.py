"""An update that does not name the lists in a record leaves them alone, each entry with its id (R-LIFE-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import changed, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]


def test_an_update_of_one_member_leaves_lists_alone(target: Target, noun: Noun) -> None:
    always = [
        name for name, facts in noun.facts.get("includes", {}).items() if facts.get("always") and facts.get("many")
    ]
    lists = [*always, *(name for name, field in noun.fields.items() if field["kind"] in ("list", "object"))]
    with staged(target, noun) as stage:
        text = stage.free_text()
        if not lists or not text:
            return
        record = stage.make(turn=0)
        before = stage.show(record["id"])
        stage.update(record["id"], **{text: "changed alone"})
        after = stage.show(record["id"])
        kept = noun.facts.get("fill", {}).get("update", {})
        if moved := changed(
            {name: before[name] for name in lists if name in before},
            {name: after[name] for name in lists if name in after},
            but=kept,
        ):
            raise Broken(
                f"only {text} was sent, yet lists of the record changed: {moved}",
                operation=stage.operation("update").id,
            )
        if after[text] != "changed alone":
            raise Broken(
                f"{text} was sent as 'changed alone', read as {after[text]!r}", operation=stage.operation("update").id
            )
