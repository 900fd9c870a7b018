"""The shortest sequence of calls on which two servers part: calls are left out, then members of bodies and queries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mockserver.contract.differential.pair import Parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from mockserver.contract.differential.pair import Call, Pair

    Open = Callable[[], AbstractContextManager[Pair]]

MOST = 150
"""Sequences that are tried."""
NARROWED = frozenset({"per_page", "created_at", "client_id", "vendor_id"})
"""What keeps rows out of a list that are not of the run: without it others would be compared."""


class Reducer:
    """Repeats calls in new worlds, and keeps what still shows the same difference."""

    def __init__(self, again: Open, found: Parted) -> None:
        self._again = again
        self._spot = found.spot
        self.found = found
        self.tried = 0

    def parts(self, script: list[Call]) -> list[Call]:
        """The calls up to where the servers part in the same way; none when they do not."""
        self.tried += 1
        with self._again() as pair:
            try:
                for call in script:
                    pair.call(call)
            except Parted as found:
                if found.spot == self._spot:
                    self.found = found
                    return pair.script
            except KeyError:
                pass  # a call speaks of what a call has made that was left out
        return []

    def reduced(self, script: list[Call]) -> list[Call]:
        """The calls without those that are not needed: looks first, then halves, quarters, single ones."""
        *before, last = script
        script = self.parts([*(call for call in before if not call.look), last]) or script
        size = max(1, len(script) // 2)
        while self.tried < MOST:
            start = len(script) - 1 - size
            shorter = False
            while start > -size and self.tried < MOST:
                found = self.parts(script[: max(start, 0)] + script[start + size :])
                script, shorter = (found, True) if found else (script, shorter)
                start = min(start, len(script) - 1) - size
            if size == 1 and not shorter:
                break
            size = max(1, size // 2)
        return script

    def plainer(self, script: list[Call]) -> list[Call]:
        """The calls without members that are not needed."""
        place = 0
        while place < len(script):
            for call in smaller(script[place]):
                if self.tried >= MOST:
                    return script
                found = self.parts([*script[:place], call, *script[place + 1 :]])
                if found:
                    script = found
                    break
            else:
                place += 1
        return script


def smaller(call: Call) -> Iterator[Call]:
    """The call without a member of its query or its body, or with one entry of a list in it."""
    for name in sorted((call.query or {}).keys() - (NARROWED if call.operation.behaviour == "list" else ())):
        yield replace(call, query=without(call.query, name))
    if isinstance(call.body, dict):
        for name, value in call.body.items():
            yield replace(call, body=without(call.body, name))
            if isinstance(value, list) and len(value) > 1:
                yield replace(call, body={**call.body, name: value[:1]})
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                for member in value[0]:
                    yield replace(call, body={**call.body, name: [without(value[0], member)]})


def without(members: Any, name: str) -> dict[str, Any]:
    return {each: value for each, value in members.items() if each != name}


def shortest(again: Open, script: list[Call], found: Parted) -> Parted:
    """The same difference, told by as few and as plain calls as were found to show it."""
    reducer = Reducer(again, found)
    if not reducer.parts(script):
        return found  # it does not show again: it hangs on more than these calls
    script = reducer.plainer(reducer.reduced(script))
    reducer.parts(script)  # once more, so that the last calls of the run are those of the finding
    return reducer.found
