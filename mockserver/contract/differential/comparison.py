"""Do two servers answer the same? Answers are walked together, along the schema; what must differ is normalised.

docs/adr/0034 says what is normalised and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from mockserver.contract.values.differences import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.contract.differential.twins import Twins
    from mockserver.contract.judging.answers import Judge
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply

    Facts = Mapping[str, Any]

TOLERANCE = 300
"""Seconds by which moments may differ, counted from the start of the run on either server."""
HOST = re.compile(r"https?://[^/\s\"'<>]+")
STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
"""A moment inside a text, as in the label of a copy; the servers are called one after the other."""
FREED = re.compile(r"(?<=_deleted_)[A-Za-z0-9]{5}$")
"""What is put behind a name that a deletion has freed."""
SECRET = re.compile(r"[A-Za-z0-9]{16,}")
DIGITS = re.compile(r"\d+")
MISSING = "(nothing)"


@dataclass(frozen=True)
class Parting:
    """A place where two answers differ, and what stands there on either side."""

    place: str
    left: Any
    right: Any


@dataclass(frozen=True)
class Moment:
    """When the run began, by the clock of one server: unix seconds, and the date."""

    now: int
    today: str


class Comparison:
    """Compares answers to the same call; learns on the way which ids and texts belong together."""

    def __init__(self, spec: Spec, judge: Judge, twins: Twins, moments: tuple[Moment, Moment]) -> None:
        self._spec = spec
        self._judge = judge
        self._twins = twins
        self._moments = moments
        self.strangers: list[tuple[str, str, str, str]] = []
        """(place, noun, id, id) of links to records of which this run does not know whether it made them."""

    def answers(self, operation: Operation, left: Reply, right: Reply) -> list[Parting]:
        """Where two whole answers differ: status and media type first; a list is compared by `rows`, not here."""
        if left.status != right.status:
            return [Parting("status", shown(left), shown(right))]
        if left.media != right.media:
            return [Parting("content type", left.media, right.media)]
        if left.media != "application/json":
            return [] if bool(left.body) == bool(right.body) else [Parting("body", len(left.body), len(right.body))]
        schema = (operation.response(left.status) or {}).get("content", {}).get("application/json", {}).get("schema")
        return list(self.values("", schema or {}, self._own(operation, 0, left), self._own(operation, 1, right)))

    def _own(self, operation: Operation, side: int, reply: Reply) -> Any:
        """The body; of a list of the noun without rows that were there before the run."""
        body = reply.json()
        if isinstance(body, dict) and isinstance(body.get("data"), list):
            return {**body, "data": [row for row in body["data"] if not self._old(operation.noun, side, row)]}
        return body

    def _old(self, noun: str, side: int, row: Any) -> bool:
        if not isinstance(row, dict) or not is_number(row.get("created_at")):
            return False
        return row["created_at"] < self._moments[side].now - 1 and not self._twins.name(side, noun, str(row.get("id")))

    def values(self, place: str, schema: Any, left: Any, right: Any) -> Iterator[Parting]:
        """Where two values of one schema differ."""
        name, node = self._node(schema, left)
        facts: Facts = node.get("x-mock") or self._spec.schemas.get(name.removeprefix("Blank"), {}).get("x-mock", {})
        if isinstance(left, dict) and isinstance(right, dict):
            yield from self._objects(place, node, facts, left, right)
        elif isinstance(left, list) and isinstance(right, list):
            yield from self._lists(place, node.get("items", {}), left, right)
        else:
            yield from self._plain(place, left, right)

    def _node(self, schema: Any, value: Any) -> tuple[str, Mapping[str, Any]]:
        """The schema that describes the value, and its name; of alternatives it is the first that the value fits."""
        name = ""
        while True:
            if "$ref" in schema:
                name = schema["$ref"].rpartition("/")[2]
                schema = self._spec.resolved(schema)
            elif len(schema.get("allOf", ())) == 1:
                schema = schema["allOf"][0]
            elif "properties" not in schema and (choices := schema.get("anyOf") or schema.get("oneOf")):
                valid = (each for each in choices if self._judge.validator(each).is_valid(value))
                schema = next(valid, choices[0])
            else:
                return name, schema

    def _objects(
        self, place: str, node: Mapping[str, Any], facts: Facts, left: dict[str, Any], right: dict[str, Any]
    ) -> Iterator[Parting]:
        fields, includes = facts.get("fields", {}), facts.get("includes", {})
        known, rest = node.get("properties", {}), node.get("additionalProperties")
        noun = self._spec.nouns.get(facts.get("entity", ""))
        for key in dict.fromkeys([*left, *right]):
            here = f"{place}/{key}"
            if key not in left or key not in right:
                yield Parting(here, left.get(key, MISSING), right.get(key, MISSING))
            elif noun is not None and key in includes and self._foreign(includes[key], left):
                continue
            elif key in fields and (teller := KINDS.get(fields[key]["kind"])) is not None:
                yield from teller(self, here, {**fields[key], "name": key, "entity": noun}, left[key], right[key])
            elif key == "number" and noun is not None and "number" in noun.facts:
                yield from self._number(here, noun, left[key], right[key])
            elif "write" in fields.get(key, {}) and isinstance(left[key], str):
                yield from self._plain(here, left[key], right[key], sent=True)
            else:
                schema = known.get(key) or (rest if isinstance(rest, dict) else {})
                yield from self.values(here, schema, left[key], right[key])

    def _foreign(self, include: Facts, left: dict[str, Any]) -> bool:
        """Whether an include shows a record that was there before: it may be another one on either server."""
        if include.get("many"):
            return False
        return not self._twins.name(0, include["entity"], left.get(include["from"], ""))

    def _lists(self, place: str, schema: Any, left: list[Any], right: list[Any]) -> Iterator[Parting]:
        """Rows by what they are called where that is known, others in their order."""
        if len(left) != len(right):
            yield Parting(place, f"{len(left)} entries {brief(left)}", f"{len(right)} entries {brief(right)}")
            return
        yield from (
            found
            for number, (one, other) in enumerate(zip(left, self._aligned(schema, left, right), strict=True))
            for found in self.values(f"{place}/{number}", schema, one, other)
        )

    def _aligned(self, schema: Any, left: list[Any], right: list[Any]) -> list[Any]:
        """The rows of the right in the order of the left, when all of them are known."""
        noun = self._spec.resolved(schema).get("x-mock", {}).get("entity", "")
        names = [self._twins.name(0, noun, str(row.get("id"))) if isinstance(row, dict) else "" for row in left]
        by_name = {self._twins.name(1, noun, str(row.get("id"))): row for row in right if isinstance(row, dict)}
        return [by_name[name] for name in names] if all(names) and set(names) == by_name.keys() else right

    def _number(self, place: str, noun: Noun, left: Any, right: Any) -> Iterator[Parting]:
        """A number of a counter: another one on either server, of the same form, and never that of another record."""
        if not (isinstance(left, str) and isinstance(right, str) and left and right):
            yield from self._plain(place, left, right)
        elif not (alike(left, right) and self._twins.pair_texts(noun.name, left, right)):
            told = [self._twins.name(side, f"{noun.name}_text", text) for side, text in ((0, left), (1, right))]
            yield Parting(
                place,
                *(f"{text} {name or 'for the first time'}" for text, name in zip((left, right), told, strict=True)),
            )

    def _plain(self, place: str, left: Any, right: Any, *, sent: bool = False) -> Iterator[Parting]:
        """Values as they are; texts that clients may send hold no address or key that a server has made up."""
        if isinstance(left, str) and isinstance(right, str):
            same = left == right or self._same_text(left, right, sent=sent)
        elif is_number(left) and is_number(right):
            same = exact(left) == exact(right)
        else:
            same = type(left) is type(right) and left == right
        if not same:
            yield Parting(place, left, right)

    def _same_text(self, left: str, right: str, *, sent: bool) -> bool:
        """Whether texts are the same but for ids and numbers, and for the address of a server and random keys."""
        left, right = (STAMP.sub("<moment>", FREED.sub("", text)) for text in (left, right))
        if not sent:
            left, right = HOST.sub("", left), HOST.sub("", right)
            keys = SECRET.findall(left), SECRET.findall(right)
            if len(keys[0]) == len(keys[1]):
                for one, other in zip(*keys, strict=True):
                    if len(one) == len(other):
                        self._twins.pair_texts("key", one, other)
        return self._twins.same_words(left, right)

    def ids(self, place: str, field: Facts, left: Any, right: Any) -> Iterator[Parting]:
        noun = field["entity"].name if field["entity"] is not None else "record"
        if bool(left) != bool(right) or (left and not self._twins.pair(noun, left, right)):
            yield Parting(place, self._named(0, noun, left), self._named(1, noun, right))

    def links(self, place: str, field: Facts, left: Any, right: Any) -> Iterator[Parting]:
        """Links to what was made in this run are compared; to what was there before it counts that there is one."""
        noun = field["to"]
        names = self._twins.name(0, noun, left), self._twins.name(1, noun, right)
        if bool(left) != bool(right) or names[0] != names[1]:
            yield Parting(place, self._named(0, noun, left), self._named(1, noun, right))
        elif left and not names[0]:
            self.strangers.append((place, noun, left, right))

    def _named(self, side: int, noun: str, value: str) -> str:
        return (self._twins.name(side, noun, value) or f"another {noun}") if value else "no id"

    def timestamps(self, place: str, _: Facts, left: Any, right: Any) -> Iterator[Parting]:
        """Seconds since the epoch; 0 means never."""
        if not (is_number(left) and is_number(right)) or not (left and right):
            yield from self._plain(place, left, right)
        elif abs(self._since(0, left) - self._since(1, right)) > TOLERANCE:
            yield Parting(place, left, right)

    def _since(self, side: int, value: int) -> int:
        return value - self._moments[side].now

    def dates(self, place: str, _: Facts, left: Any, right: Any) -> Iterator[Parting]:
        """The same date, or as many days from today, where the clocks of the servers show different days."""
        if left != right and not self._as_far(left, right):
            yield from self._plain(place, left, right)

    def _as_far(self, left: Any, right: Any) -> bool:
        try:
            days = [
                (date.fromisoformat(value) - date.fromisoformat(moment.today)).days
                for value, moment in zip((left, right), self._moments, strict=True)
            ]
        except (TypeError, ValueError):
            return False
        return days[0] == days[1]

    def datetimes(self, place: str, field: Facts, left: Any, right: Any) -> Iterator[Parting]:
        try:
            seconds = [int(datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp()) for value in (left, right)]
        except (TypeError, ValueError):
            yield from self._plain(place, left, right)
        else:
            yield from () if left == right else self.timestamps(place, field, *seconds)


KINDS: Mapping[str, Callable[[Comparison, str, Facts, Any, Any], Iterator[Parting]]] = {
    "id": Comparison.ids,
    "link": Comparison.links,
    "timestamp": Comparison.timestamps,
    "date": Comparison.dates,
    "datetime": Comparison.datetimes,
}
"""How fields of a kind are compared; those of other kinds are plain values."""


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def alike(left: str, right: str) -> bool:
    """Whether two running numbers have one form: the same but for digits, and padded to the same width."""
    one, other = DIGITS.findall(left), DIGITS.findall(right)
    padded = [len(a) == len(b) for a, b in zip(one, other, strict=False) if a[0] == b[0] == "0"]
    return DIGITS.sub("#", left) == DIGITS.sub("#", right) and all(padded)


def shown(reply: Reply) -> str:
    """Status of an answer, and what it says when it is a refusal."""
    return str(reply.status) if reply.ok else f"{reply.status} {reply.body[:300].decode('utf-8', 'replace')}"


def brief(value: Any) -> str:
    """The beginning of a value."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
