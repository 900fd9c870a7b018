"""Numbers given by the service count up without gaps or reuse; one that was sent moves nothing (R-NUM-8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "list", "update", "delete", facts=("number",)),
]


def counted(number: str) -> int:
    """The counter in a number: its last digits."""
    found = re.search(r"\d+$", number)
    return int(found[0]) if found else -1


def test_numbers_count_up(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        given: list[str] = []

        def take(what: str) -> None:
            number = stage.make()["number"]
            operation = stage.operation("create").id
            if number in given:
                raise Broken(f"{what} the number {number} is given again", operation=operation)
            # elsewhere others may take numbers between our calls, and the pattern may end in a date
            if given and target.ours and counted(number) != counted(given[-1]) + 1:
                raise Broken(f"{what} the number is {number!r}, the one before was {given[-1]!r}", operation=operation)
            given.append(number)

        if not stage.make()["number"]:
            return  # numbers come later, when the record is sent
        take("at first")
        take("for the second record")
        sent = f"{stage.client.tag}-own-7000"
        if (number := stage.make(number=sent)["number"]) != sent:
            raise Broken(f"the number {sent!r} was sent, {number!r} was kept", operation=stage.operation("create").id)
        take("after a record with a number of its own")
        stage.call("delete", stage.make()["id"])
        given.append(stage.make()["number"])
        take("after a deletion")
