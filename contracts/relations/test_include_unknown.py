"""An include that nobody knows does nothing to one record, and is refused by a list that has rows (R-WIRE-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import changed, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "show", "list", "update")
NAME = "sideways"


def test_an_unknown_include_is_ignored_or_refused(target: Target, noun: Noun) -> None:
    if "include" not in noun.operations["show"].parameters("query"):
        return
    with staged(target, noun) as stage:
        if target.writable:
            stage.make()
        rows = stage.rows()
        if not rows:
            return
        hashed = list(rows)[-1]
        if moved := changed(stage.show(hashed), stage.show(hashed, include=NAME), but=("updated_at",)):
            raise Broken(f"include={NAME} changes the record: {moved}", operation=stage.operation("show").id)
        stage.call("list", query={"include": NAME}, want=400)
