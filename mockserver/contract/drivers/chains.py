"""Chains of calls along the links of the document: what one answer gives is what the next call takes.

A walk with a seed, not the state machine of Schemathesis. That one has a rule for every link, and a hundred times as
many for links that it guesses from names: 139,000 here. Hypothesis looks at ten thousand of them for one that can be
applied now, gives up, and the rules that begin a chain stand last. A walk reaches nearly every link, and tells a fault
by the calls that led to it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.contract.drivers.fuzz import CHAINS, EFFORTS, Outcome
from mockserver.contract.requests.examples import path_values
from mockserver.contract.requests.feed import Feed
from mockserver.contract.requests.pool import PNG, Pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

IN_BODY = "$response.body#/"
UPLOAD = "multipart/form-data"
LOCKED_OUT = frozenset({401, 403, 412})
"""Statuses after which a chain may have used up its own login, by deleting the token say."""


class Link(NamedTuple):
    """Where a link leads, and the expressions for what its call takes along."""

    target: Operation
    takes: Mapping[str, str]


class Step(NamedTuple):
    """A call that an answer offers: the operation that answered, the link, where it leads, what it takes along."""

    source: str
    name: str
    target: Operation
    values: Mapping[str, str]


class Chains:
    """Walks that begin with every operation that has links, each in a new world."""

    def __init__(self, spec: Spec, target: Target, effort: str, seed: int) -> None:
        self.spec = spec
        self.target = target
        self._steps = EFFORTS[effort].steps
        self._seed = seed
        self.links: dict[str, dict[str, Link]] = {}
        """Links by name, by the operation whose good answer they hang on."""
        for operation in spec.operations.values():
            found = dict(self._documented(operation.response(200) or {}))
            if found:
                self.links[operation.id] = found

    def _documented(self, response: Mapping[str, Any]) -> Iterator[tuple[str, Link]]:
        for name, node in response.get("links", {}).items():
            link = self.spec.resolved(node)
            target = self.spec.operations.get(link.get("operationId", ""))
            if target is not None:
                yield name, Link(target, link.get("parameters", {}))

    def run(self) -> Outcome:
        """Walk, and give what came of it; `followed` names the links whose call was accepted."""
        outcome, started = Outcome(), time.perf_counter()
        tried: dict[tuple[str, str], int] = {}
        with self.target.world() as client:
            for number, root in enumerate(self.links):
                if number:
                    self.target.renew(client)
                rng = Random(f"{self._seed}{root}")
                Chain(self, client, rng, outcome).walk(self.spec.operations[root], self._steps, tried)
        outcome.seconds[CHAINS] = time.perf_counter() - started
        return outcome

    def offers(self, operation: Operation, reply: Reply) -> Iterator[Step]:
        """The calls that can follow an answer: links whose values are all in it."""
        links = self.links.get(operation.id)
        body = reply.json() if links and reply.media == "application/json" else None
        for name, link in (links or {}).items():
            values = {parameter: found_in(body, each) for parameter, each in link.takes.items()}
            if all(values.values()):
                yield Step(operation.id, name, link.target, values)


def found_in(body: Any, expression: str) -> str:
    """What an expression of a link finds in a body; empty when there is nothing, or when it looks elsewhere."""
    if not expression.startswith(IN_BODY):
        return ""
    for word in expression.removeprefix(IN_BODY).split("/"):
        if isinstance(body, list):
            body = body[int(word)] if word.isdigit() and int(word) < len(body) else None
        else:
            body = body.get(word) if isinstance(body, dict) else None
    return str(body) if isinstance(body, (str, int)) else ""


@dataclass
class Chain:
    """One walk: the world it is in, and the calls so far."""

    chains: Chains
    client: Client
    rng: Random
    outcome: Outcome
    told: list[str] = field(default_factory=list)
    offers: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._pool = Pool(self.chains.spec, self.client)
        self._feed = Feed(self.chains.spec, self._pool)

    def walk(self, root: Operation, steps: int, tried: dict[tuple[str, str], int]) -> None:
        """Call the root, then again and again the link tried least so far of all that the answers have offered."""
        self._prepare(root.noun)
        path = self._path(root)
        if path is None or not self._begin(root, path):
            return
        for _ in range(steps):
            if not self.offers:
                return
            step = min(self.offers, key=lambda each: (tried.get(each[:2], 0), self.rng.random()))
            tried[step[:2]] = tried.get(step[:2], 0) + 1
            inside = step.target.parameters("path")
            path = {name: value for name, value in step.values.items() if name in inside}
            query = {name: value for name, value in step.values.items() if name not in inside}
            reply = self._call(step.target, path, query, self._body(step.target))
            if reply.ok:
                self.outcome.followed.add(step[:2])
            elif reply.status in LOCKED_OUT:
                return

    def _begin(self, root: Operation, path: Mapping[str, str]) -> bool:
        """Make the first call, a create also with the least that it takes. Whether it was accepted."""
        if self._call(root, path, {}, self._body(root)).ok:
            return True
        noun = self.chains.spec.nouns.get(root.noun)
        if root.behaviour != "create" or noun is None:
            return False
        return self._call(root, path, {}, self._pool.minimal(noun, root)).ok

    def _prepare(self, noun: str) -> None:
        """A record of the noun, so that its list has a first row."""
        if noun == "document":
            self._pool.first("client")
            self._pool.attach()
        elif not self._pool.ids(noun):
            self._pool.first(noun)

    def _path(self, root: Operation) -> dict[str, str] | None:
        """Values for the path of the first call; None when the world has none."""
        path = {}
        for name in root.parameters("path"):
            values = path_values(root, self._pool, name)
            if not values:
                return None
            path[name] = self.rng.choice(values)
        return path

    def _call(self, operation: Operation, path: Mapping[str, str], query: Mapping[str, str], body: Any) -> Reply:
        """Make a call, judge its answer and collect what it offers."""
        upload = operation.body() is None and operation.body(UPLOAD) is not None
        files = [("documents[]", "chain.png", PNG)] if upload else []
        reply = self.client.call(operation, path=path, query=query, body=body, files=files, judged=False)
        outcome = self.outcome
        outcome.answers[CHAINS, reply.status] += 1
        outcome.accepted += reply.ok
        self.told.append(f"{reply.status} <- {reply.asked}")
        for problem in self.chains.target.judge.problems(operation, reply):
            outcome.failures.setdefault(f"{operation.label}: {problem}", "\n   ".join(self.told))
        if reply.ok:
            self.offers += self.chains.offers(operation, reply)
        return reply

    def _body(self, operation: Operation) -> Any:
        """The example of the document with ids of this world; of an update some members, so that states differ."""
        example = dict(operation.example())
        if not example:
            return None if operation.body() is None else {}
        if operation.behaviour == "update":
            required = self.chains.spec.resolved(operation.body() or {}).get("required", ())
            chosen = self.rng.sample(sorted(example), self.rng.randint(1, len(example)))
            example = {name: value for name, value in example.items() if name in chosen or name in required}
        return self._feed.body(operation, example, self.rng.randrange(1000))
