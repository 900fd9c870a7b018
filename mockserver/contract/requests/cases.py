"""Requests that an operation may well take, built from the document: the same for the same seed, operation and records.

What is tried for each operation: the example, the least that it asks for, all that it may be sent, every listed word,
every query parameter alone, limits of its values, a form in place of JSON, and some by chance. Ids are real ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from mockserver.contract.reading.plain import text_of
from mockserver.contract.reading.samples import body_of, samples, words_of
from mockserver.contract.requests.examples import example_body, path_values
from mockserver.contract.requests.feed import Feed
from mockserver.contract.requests.pool import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class Amount:
    """How many cases of an operation come by chance, and how many words are tried of a parameter that lists many.

    `elsewhere` is the latter for operations that are no lists: they share parameters, and mostly the code behind them.
    """

    chance: int
    words: int
    elsewhere: int
    rows: int
    """Bodies in which all members have a value of theirs at once, the first of each, the second and so on."""


AMOUNTS = {"quick": Amount(2, 3, 1, 7), "default": Amount(6, 100, 100, 20), "deep": Amount(100, 1000, 1000, 1000)}


@dataclass(frozen=True)
class Case:
    """One request: what it tries, in words, and its parts."""

    what: str
    path: dict[str, str]
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    files: Sequence[tuple[str, str, bytes]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


class Cases:
    """Makes the cases of operations; `pool` gives the ids of the world that they are for."""

    def __init__(self, spec: Spec, pool: Pool, effort: str, seed: int) -> None:
        self._spec = spec
        self._pool = pool
        self._amount = AMOUNTS[effort]
        self._seed = seed
        self._feed = Feed(spec, pool)

    def of(self, operation: Operation) -> Iterator[Case]:
        """All cases of an operation, the surest to be taken first."""
        if operation.plain:
            self._pool.ready(operation)
        for number, case in enumerate(chain(self._parts(operation), self._forms(operation), self._actions(operation))):
            yield replace(case, path={**self._path(operation, number), **case.path})

    def reachable(self, operation: Operation) -> bool:
        """Whether there is a record for each id that the path names."""
        return all(path_values(operation, self._pool, name) for name in operation.parameters("path"))

    def _parts(self, operation: Operation) -> Iterator[Case]:
        """Cases with a JSON body or none, and those that try the query parameters."""
        chance = Random(f"{self._seed} {operation.id}")
        bodies = list(self._bodies(operation, chance))
        offered = operation.parameters("query")
        needed = {n: each["example"] for n, each in offered.items() if each.get("required") and "example" in each}
        for number, (what, body) in enumerate(bodies):
            yield Case(what, {}, needed, self._grounded(operation, body, number))
        plain = self._grounded(operation, bodies[0][1], 0)
        for name, parameter in offered.items():
            for value in self._values(operation, name, parameter, chance):
                yield Case(f"{name}={value}", {}, {**needed, name: value}, plain)
        if offered:
            yield Case(
                "all query parameters", {}, {n: e["example"] for n, e in offered.items() if "example" in e}, plain
            )

    def _bodies(self, operation: Operation, chance: Random) -> Iterator[tuple[str, Any]]:
        schema = operation.body()
        if schema is None:
            yield "nothing but what it must have", None
            return
        noun = self._spec.nouns.get(operation.noun)
        if not isinstance(operation.example(), dict):
            yield "the example", operation.example()
            return
        yield "the example", self._pool.good_body(operation) if operation.plain else dict(operation.example())
        if noun is not None and operation.behaviour == "create":
            yield "the least", self._pool.minimal(noun, operation)
        yield "what is required", example_body(operation, self._pool, schema)
        members = self._spec.resolved(schema).get("properties", {})
        base = self._pool.good_body(operation) if operation.plain else dict(operation.example())
        for name, member in members.items():
            listed = self._spec.resolved(member).get("enum", ())
            for word in list(listed)[: self._amount.words * 8]:
                yield f"{name}: {word}", {**base, name: word}
        offered = {name: found for name, member in members.items() if (found := samples(self._spec, member))}
        for place in range(min(self._amount.rows, max(map(len, offered.values()), default=0))):
            kept = {name: found[place % len(found)] for name, found in offered.items()}
            yield f"values of row {place + 1}", linked(kept, base) if operation.plain else kept
        for number in range(self._amount.chance):
            share = (number + 1) / (self._amount.chance + 1)
            made = {**base, **body_of(self._spec, schema, chance, share=share)}
            yield f"chance {number + 1}", linked(made, base) if operation.plain else made

    def _values(self, operation: Operation, name: str, parameter: Mapping[str, Any], chance: Random) -> list[Any]:
        """What is tried for a query parameter: its example, listed words, and ids that are there."""
        schema, grammar = parameter.get("schema", {}), parameter.get("x-grammar", {})
        words = words_of(schema, grammar)
        if name == "sort":
            words = [f"{word}|{chance.choice(('asc', 'desc'))}" for word in words]
        most = self._amount.words if operation.behaviour == "list" else self._amount.elsewhere
        if len(words) > most and not (name == "include" and operation.behaviour in ("list", "show")):
            words = chance.sample(words, most)
        ids = self._pool.ids(name.removesuffix("_id")) if name.endswith("_id") else []
        if operation.plain and schema.get("type") in ("integer", "number", "boolean"):
            words = [text_of(value) for value in samples(self._spec, schema)][: self._amount.words]
        if name == "with":
            ids = self._pool.ids(operation.noun)
        return list(dict.fromkeys([parameter["example"], *words, *ids[:1]] if "example" in parameter else words))

    def _forms(self, operation: Operation) -> Iterator[Case]:
        """The example as a form, and with files, where the operation takes them."""
        content = operation.raw["requestBody"].get("content", {})
        if FORM in content and operation.plain and operation.body() is None:
            body = flat(operation.example(FORM))
            yield Case("a form", {}, body=urlencode(body).encode(), headers={"Content-Type": FORM})
        elif FORM in content and operation.body() is not None:
            body = self._grounded(operation, dict(operation.example()), 0)
            yield Case("a form", {}, body=urlencode(flat(body)).encode(), headers={"Content-Type": FORM})
        if MULTIPART in content and operation.body() is None:
            members = self._spec.resolved(content[MULTIPART]["schema"]).get("properties", {})
            example = operation.example(MULTIPART)
            files = [
                (name, f"proof{place}.{suffix}", data)
                for name in example
                if is_file(members[name])
                for place, (suffix, data) in enumerate(contents(example[name]))
            ]
            rest = {name: value for name, value in example.items() if not is_file(members[name])}
            yield Case("files", {}, body=rest, files=files)

    def _actions(self, operation: Operation) -> Iterator[Case]:
        """Each action that stands in a path."""
        schema = operation.parameters("path").get("action", {}).get("schema", {})
        for word in schema.get("enum", ()):
            yield Case(f"action {word}", {"action": word})

    def _path(self, operation: Operation, number: int) -> dict[str, str]:
        """Values of the path, another record with each case, the newest first: a caller stands on the oldest."""
        path = {}
        for name, parameter in operation.parameters("path").items():
            values = path_values(operation, self._pool, name) or [str(parameter.get("example", NOWHERE))]
            listed = "enum" in parameter.get("schema", {})
            path[name] = values[number % len(values)] if listed else values[-1 - number % len(values)]
        return path

    def _grounded(self, operation: Operation, body: Any, number: int) -> Any:
        """The body with ids that are there."""
        return self._feed.body(operation, body, number) if isinstance(body, dict) else body


def linked(body: dict[str, Any], good: Mapping[str, Any]) -> dict[str, Any]:
    """The body with ids as a good one has them: those that are made up lead nowhere."""
    return {
        **{name: value for name, value in body.items() if not name.lower().endswith("id")},
        **{name: value for name, value in good.items() if name.lower().endswith("id")},
    }


def is_file(member: Mapping[str, Any]) -> bool:
    """Whether a part of a form is a file, or several."""
    return bool(member.get("format") == "binary" or member.get("items", {}).get("format") == "binary")


def contents(example: Any) -> list[tuple[str, bytes]]:
    """(suffix, content) of the files that an example shows."""
    texts = example if isinstance(example, list) else [example]
    return [("pdf" if text.startswith("%PDF") else "csv", text.encode()) for text in texts]


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """JSON as fields of a form: `a[b][0]`, and `1` and `0` for truths. Null and what is empty are left out."""
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in flat(each, f"{name}[{key}]" if name else key)]
    if isinstance(value, list):
        return [pair for place, each in enumerate(value) for pair in flat(each, f"{name}[{place}]")]
    if value is None:
        return []
    return [(name, str(int(value)) if isinstance(value, bool) else str(value))]
