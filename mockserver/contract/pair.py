"""Two servers that get the same calls: the target, and the model that it is compared with."""

from __future__ import annotations

import time
from calendar import timegm
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from mockserver.contract.comparison import Comparison, Moment, Parting, brief
from mockserver.contract.findings import Broken
from mockserver.contract.target import CONTROL
from mockserver.contract.twins import Twins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockserver.contract.client import Client, Reply
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target

    Row = dict[str, Any]

MOST = 6
"""Places of a difference that are told."""
KEPT_APART = ("_number_counter", "design_id", "user_id", "ticket_number_counter", "company_logo")
"""Ends of names of settings that are not carried over: they lead to rows of one server, or count them."""


@dataclass
class Ground:
    """What both servers stand on: settings of the company that the target has, and lookup rows; read once a run."""

    company: Row = field(default_factory=dict)
    statics: Row = field(default_factory=dict)


@dataclass
class Pair:
    """A world on either server; every call goes to both, and raises Broken when they part."""

    spec: Spec
    target: Target
    clients: tuple[Client, Client]
    moments: tuple[Moment, Moment]
    against: str
    """What the other server is called in messages."""
    twins: Twins = field(default_factory=Twins)
    calls: list[Reply] = field(default_factory=list)
    """Answers of the target to the calls that make up the sequence."""

    def __post_init__(self) -> None:
        self.comparison = Comparison(self.spec, self.target.judge, self.twins, self.moments)

    def ask(
        self,
        operation: Operation,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        kept: bool = True,
    ) -> tuple[Reply, Reply]:
        """The answers of both to one call, not compared yet. `kept` calls belong to the sequence that a finding shows."""
        words = {"path": path, "query": query, "body": body}

        def one(side: int) -> Reply:
            spoken = {name: self.twins.spoken(side, each) for name, each in words.items()}
            return self.clients[side].call(operation, **spoken, files=files, judged=False)

        left, right = one(0), one(1)
        if left.ok != right.ok and (seconds := self._guarded(operation)):
            time.sleep(seconds)  # one of them may have refused it for coming too soon after the same call
            left, right = (left, one(1)) if left.ok else (one(0), right)
        if kept:
            self.calls.append(left)
        return left, right

    def _guarded(self, operation: Operation) -> int:
        """Seconds after which a service that guards itself against repeated calls has forgotten one; 0 for no guard."""
        noun = self.spec.nouns.get(operation.noun)
        guards = noun.facts.get("guards", {}) if noun is not None else {}
        return max(
            (max(each["seconds"], *each.get("longer", {"": 0}).values()) + 1 for each in guards.values()), default=0
        )

    def same(self, operation: Operation, replies: tuple[Reply, Reply], partings: list[Parting]) -> None:
        """Raise Broken when there is a place where they part."""
        if not partings:
            return
        if not self.calls or self.calls[-1] is not replies[0]:
            self.calls.append(replies[0])
        first, *others = [
            f"{each.place}: the target has {brief(each.left)}, {self.against} has {brief(each.right)}"
            for each in partings[:MOST]
        ]
        more = len(partings) - MOST
        told = "".join(f"\n  also {each}" for each in others) + (f"\n  and {more} more" if more > 0 else "")
        self.target.history = deque(self.calls)  # what a finding shows: the sequence, without looks that were alike
        steps = " -> ".join(f"{each.operation} {each.status}" for each in self.calls)
        raise Broken(f"{operation.id}, {first}{told}\n  after {steps}", operation=operation.id)

    def call(self, operation: Operation, **words: Any) -> tuple[Reply, Reply]:
        """Make a call on both and compare the whole answers."""
        replies = self.ask(operation, **words)
        self.same(operation, replies, self.comparison.answers(operation, *replies))
        return replies


@contextmanager
def pair(spec: Spec, target: Target, model: Target, ground: Ground, against: str) -> Iterator[Pair]:
    """A world on either server, standing on the same ground; what was made in them is gone afterwards."""
    with target.world() as left, model.world() as right:
        left.stamp = right.stamp = None  # both get the same bodies, tagged already
        if not ground.statics:
            _read(spec, left, ground)
        moment = now(target, left)
        if model.ours:
            _level(spec, right, ground, moment)
        moments = (Moment(moment, day(moment)), Moment(other := now(model, right), day(other)))
        yield Pair(spec, target, (left, right), moments, against)


def _read(spec: Spec, client: Client, ground: Ground) -> None:
    """Read the settings of the company, and lookup rows."""
    for operation in spec.operations.values():
        if operation.behaviour == "company_list":
            ground.company = client.call(operation, want=200, judged=False).data[0]
        elif operation.behaviour == "statics":
            ground.statics = client.call(operation, want=200, judged=False).json()


def now(target: Target, client: Client) -> int:
    """The time of a server: of the world where it has one, else by the Date header of an answer."""
    if target.ours:
        return int(client.send("GET", f"{CONTROL}/clock").json()["now"])
    told = client.send("GET", "/").headers.get("date", "")
    return int(parsedate_to_datetime(told).timestamp()) if told else timegm(time.gmtime())


def day(moment: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


def _level(spec: Spec, client: Client, ground: Ground, moment: int) -> None:
    """Give a mock of ours the clock and the company settings of the target, as far as the document lets one set them."""
    client.send("PUT", f"{CONTROL}/clock", body={"set": moment})
    noun = spec.nouns.get("company")
    if noun is None or not ground.company or "company_update" not in noun.operations:
        return
    told = ground.company
    settings = {name: value for name, value in told["settings"].items() if not name.endswith(KEPT_APART)}
    body = {name: told[name] for name in noun.writable("update") if name in told and name not in ("settings", "id")}
    own = client.call(noun.operations["company_list"], want=200, judged=False).data[0]
    reply = client.call(
        noun.operations["company_update"],
        path={"id": own["id"]},
        body={**body, "settings": {**own["settings"], **settings}},
        judged=False,
    )
    assert reply.ok, f"the settings of the target are not taken by the mock: {reply}"
