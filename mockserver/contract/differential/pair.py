"""Two servers that get the same calls: the target, and the model that it is compared with."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.contract.calls.findings import Broken
from mockserver.contract.differential.comparison import Comparison, Moment, Parting, brief

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.contract.calls.client import Client
    from mockserver.contract.differential.twins import Twins
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

    Replies = tuple[Reply, Reply]

MOST = 6
"""Places of a difference that are told."""
EARLIER = 60
"""Seconds before the start of the run from which rows of lists are asked for."""
MOMENT = "moment"


@dataclass
class Call:
    """A call for both servers, in names; and what was learned from its answers, so that it can be repeated."""

    operation: Operation
    path: Mapping[str, str] | None = None
    query: Mapping[str, Any] | None = None
    body: Any = None
    files: Sequence[tuple[str, str, bytes]] = ()
    headers: Mapping[str, str | None] | None = None
    compare: Callable[[Pair, Replies], list[Parting]] | None = None
    """How the answers are compared; as wholes when nothing else is said."""
    look: bool = False
    """Whether it only looks at what a step has done."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """Kind -> names that were given to what the answers showed first."""
    met: dict[tuple[str, str], str] = field(default_factory=dict)
    """(place, noun) of links in the answers to what was made on the way -> the name that it was given."""


class Stranger(NamedTuple):
    """A link to a record of which the run does not know whether it made it."""

    call: Call
    place: str
    noun: str
    ids: tuple[str, str]


class Parted(Broken):
    """Two servers that answered differently, and where."""

    def __init__(self, what: str, operation: str, spot: tuple[str, str]) -> None:
        super().__init__(what, operation=operation)
        self.spot = spot
        """Operation and place of the first difference; the same again is the same finding."""


@dataclass
class Pair:
    """A world on either server; every call goes to both, and raises Parted when they part."""

    spec: Spec
    target: Target
    clients: tuple[Client, Client]
    moments: tuple[Moment, Moment]
    against: str
    """What the other server is called in messages."""
    twins: Twins
    stamp: Callable[[Operation, dict[str, Any]], dict[str, Any]] | None = None
    """Marks what is made on a server that is not ours; both get the same mark."""
    script: list[Call] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    parted: bool = False
    early: str = f"<{MOMENT}_text 1>"
    """Name of a moment just before the run, which each server is told by its own clock."""

    def __post_init__(self) -> None:
        self.comparison = Comparison(self.spec, self.target.judge, self.twins, self.moments)
        self._replies: list[Reply] = []
        self.twins.hints = {f"{MOMENT}_text": [self.early]}
        early = [str(moment.now - EARLIER) for moment in self.moments]
        self.twins.pair_texts(MOMENT, early[0], early[1])

    def call(self, call: Call) -> Replies:
        """Make a call on both, compare the answers, and note what they taught. Raises Parted."""
        self.twins.hints = {kind: list(names) for kind, names in call.names.items()}
        self.twins.news = {}
        replies = self._asked(call)
        self.script.append(call)
        if not call.look:
            self._replies.append(replies[0])
        partings = (
            self.comparison.answers(call.operation, *replies) if call.compare is None else call.compare(self, replies)
        )
        call.names = call.names or self.twins.news
        for place, noun, left, right in self.comparison.strangers:
            if (place, noun) in call.met:
                self.twins.hints = {noun: [call.met[place, noun]]}
                self.twins.pair(noun, left, right)
            else:
                self.strangers.append(Stranger(call, place, noun, (left, right)))
        self.comparison.strangers.clear()
        self._owned(self.twins.news)
        if partings:
            self.part(call.operation, replies[0], partings)
        return replies

    def _owned(self, news: Mapping[str, list[str]]) -> None:
        """Note records that were made in other ways than by a create, so that they are taken away in the end."""
        for noun, names in news.items():
            for side, client in enumerate(self.clients if noun in self.spec.nouns else ()):
                client.made += [(noun, str(self.twins.spoken(side, name))) for name in names]

    def _asked(self, call: Call) -> Replies:
        body = call.body
        if self.stamp is not None and call.operation.behaviour == "create" and isinstance(body, dict):
            body = self.stamp(call.operation, body)
        words = {"path": call.path, "query": call.query, "body": body}

        def one(side: int) -> Reply:
            spoken = {name: self.twins.spoken(side, each) for name, each in words.items()}
            asked = self.clients[side].call
            return asked(call.operation, **spoken, files=call.files, headers=call.headers, judged=False)

        left, right = one(0), one(1)
        if left.ok != right.ok and (seconds := self._guarded(call.operation)):
            time.sleep(seconds)  # one of them may have refused it for coming too soon after the same call
            left, right = (left, one(1)) if left.ok else (one(0), right)
        return left, right

    def _guarded(self, operation: Operation) -> int:
        """Seconds after which a service that guards itself against repeated calls has forgotten one; 0 for no guard."""
        noun = self.spec.nouns.get(operation.noun)
        guards = noun.facts.get("guards", {}) if noun is not None else {}
        times = [max(each["seconds"], *each.get("longer", {"": 0}).values()) for each in guards.values()]
        return max(times) + 1 if times else 0

    def part(self, operation: Operation, reply: Reply, partings: list[Parting]) -> None:
        """Raise Parted, with the places where the answers differ and the calls that led there."""
        self.parted = True
        calls = self._replies if self._replies and self._replies[-1] is reply else [*self._replies, reply]
        self.target.history = deque(calls)  # what a finding shows: the sequence, without looks that were alike
        first, *others = [
            f"{each.place}: the target has {brief(each.left)}, {self.against} has {brief(each.right)}"
            for each in partings[:MOST]
        ]
        more = len(partings) - MOST
        told = "".join(f"\n  also {each}" for each in others) + (f"\n  and {more} more" if more > 0 else "")
        steps = " -> ".join(f"{each.operation} {each.status}" for each in calls)
        what = f"{operation.id}, {first}{told}\n  after {steps}"
        raise Parted(what, operation.id, (operation.id, partings[0].place))
