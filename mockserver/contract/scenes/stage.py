"""A world set for one noun: what its records may name is there, and bodies are made for it without chance.

Hypothesis looks for the odd value; most relations between calls need just a rich record, another one, and few calls.
"""

from __future__ import annotations

import datetime as dt
import itertools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockserver.contract.options import DEEP, DEFAULT, QUICK
from mockserver.contract.requests.pool import Pool
from mockserver.contract.values.fields import Values, required_members, rules_of_owner
from mockserver.contract.values.strategies import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mockserver.contract.calls.client import Client
    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

    Facts = Mapping[str, Any]
    Row = dict[str, Any]

RATES = (5, 7.5, 10, 19, 20, 22.25)
_numbers = itertools.count(1)

PLAIN: Mapping[str, Callable[[int], Any]] = {
    "integer": lambda number: 10 + number,
    "rate": lambda number: RATES[number % len(RATES)],
    "money": lambda number: number + 1.25,
    "number": lambda number: number + 0.5,
    "bool": lambda number: number % 2 == 0,
    "date": lambda number: (FIRST_DAY + dt.timedelta(days=number)).isoformat(),
}
"""Values of kinds that are the same everywhere, from a number, so that neighbours differ."""


class Stage:
    """One noun in one world."""

    def __init__(self, target: Target, client: Client, noun: Noun) -> None:
        self.target, self.client, self.noun = target, client, noun
        self.spec = target.spec
        self.pool = Pool(self.spec, client)
        self.pool.provide_for(noun)
        self.values = Values(self.spec, self.pool, target.tag)

    # bodies -------------------------------------------------------------------------------------------------------

    def body(self, verb: str = "create", turn: int = 0) -> Row:
        """A body with every field that the verb takes; another turn gives other values."""
        noun, rules = self.noun, self.noun.rules(verb)
        offered, kept = self.values.offered(noun, verb), rules_of_owner(noun, verb)
        body: Row = dict(self.minimal(verb))
        for place, (name, facts) in enumerate(offered.items()):
            if name in kept:
                continue
            unique = name in noun.facts.get("unique", ())
            needed = required_members(rules, name)
            value = self.value(name, facts, place + turn, rules.get(name, ()), unique=unique, needed=needed)
            if value is not None:
                body[name] = value
        return body

    def minimal(self, verb: str = "create") -> Row:
        """A body with just what the rules of the verb ask for."""
        if verb == "create":
            return self.pool.minimal(self.noun)
        made = self.pool.minimal(self.noun)
        return {name: value for name, value in made.items() if self.noun.required(verb, name)}

    def value(
        self, name: str, facts: Facts, number: int, rules: Any = (), *, unique: bool = False, needed: Any = ()
    ) -> Any:
        """A value of a field by its kind; None when none can be made up."""
        kind = facts["kind"]
        limits = {word: limit for rule in rules if isinstance(rule, dict) for word, limit in rule.items()}
        if kind in ("email", "url"):
            word = f"{self.client.tag}.{next(_numbers)}"
            return f"{word}@example.com" if kind == "email" else f"https://example.com/{word}"
        if kind in ("text", "html"):
            if "in" in limits:
                return limits["in"][number % len(limits["in"])]
            return f"{self.client.tag} {name} {next(_numbers) if unique else number}".ljust(limits.get("min", 0), "x")
        if kind == "enum":
            return facts["values"][number % len(facts["values"])]
        if kind == "list":
            return self._entries(facts, number, needed) if facts.get("of") else None
        if kind in ("lookup", "link"):
            there = self.pool.lookup(facts["of"]) if kind == "lookup" else self.pool.ids(facts["to"])
            return there[number % len(there)] if there else None
        return PLAIN[kind](number) if kind in PLAIN else None

    def _entries(self, facts: Facts, number: int, needed: list[str]) -> list[Row] | None:
        """Two objects of a list, with their plain texts and numbers."""
        members = self.values.simple_members(facts["of"])
        if not members or set(needed) - members.keys():
            return None
        return [
            {
                name: self.value(name, each, number + 20 * entry + place)
                for place, (name, each) in enumerate(members.items())
            }
            for entry in (1, 2)
        ]

    # calls --------------------------------------------------------------------------------------------------------

    def call(self, behaviour: str, hashed: str = "", **options: Any) -> Reply:
        """Call a standard operation of the noun; a 200 is wanted unless the options say otherwise."""
        options.setdefault("want", 200)
        return self.client.call(self.operation(behaviour), path={"id": hashed} if hashed else None, **options)

    def operation(self, behaviour: str) -> Operation:
        return self.noun.operations[behaviour]

    def make(self, turn: int | None = None, **fields: Any) -> Row:
        """A new record: with every field when a turn is given, else with just what is needed."""
        body = self.minimal() if turn is None else self.body(turn=turn)
        record: Row = self.call("create", body={**body, **fields}).data
        return record

    def show(self, hashed: str, **query: Any) -> Row:
        record: Row = self.call("show", hashed, query=query).data
        return record

    def update(self, hashed: str, **fields: Any) -> Row:
        """The answer to an update with these fields, and with those that the rules ask for, as they are."""
        record: Row = self.call("update", hashed, body={**self.needed(hashed), **fields}).data
        return record

    def needed(self, hashed: str) -> Row:
        """Fields that every update must bring, with the values that the record has."""
        stored = self.show(hashed) if self.needed_names else {}
        return {name: stored[name] for name in self.needed_names}

    @property
    def needed_names(self) -> list[str]:
        """Fields that every update must bring."""
        return [name for name in self.noun.fields if self.noun.required("update", name)]

    def rows(self, **query: Any) -> dict[str, Row]:
        """The whole list by id."""
        return {row["id"]: row for row in self.call("list", query={"per_page": 5000, **query}).data}

    def free_text(self, verb: str = "update") -> str:
        """A text field that may hold anything, for a change that means nothing else; empty when there is none."""
        offered = self.values.offered(self.noun, verb)
        return next(
            (
                name
                for name, facts in reversed(offered.items())
                if facts["kind"] == "text" and not name.endswith("_id") and not self.noun.rules(verb).get(name)
            ),
            "",
        )


def turns(options: Options, least: int = 1) -> range:
    """Numbers of the turns to make bodies for: another seed gives others, more effort gives more."""
    first = (options.seed - 1) * 100
    return range(first, first + least * {QUICK: 1, DEFAULT: 3, DEEP: 12}[options.effort])


@contextmanager
def staged(target: Target, noun: Noun) -> Iterator[Stage]:
    """A stage in a world of its own."""
    with target.world() as client:
        yield Stage(target, client, noun)


def changed(before: Mapping[str, Any], after: Mapping[str, Any], *, but: Any = ()) -> str:
    """The members that two readings of a record differ in, in words; nothing when they are alike."""
    names = [*before, *(name for name in after if name not in before)]
    return "; ".join(
        f"{name} was {before.get(name, '(absent)')!r:.200}, now {after.get(name, '(absent)')!r:.200}"
        for name in names
        if name not in but and (name not in before or name not in after or before[name] != after[name])
    )


def changed_rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Where two readings of a list differ, rows by id, in words; nothing when they are alike."""
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    found = [f"{len(gone)} rows are gone: {sorted(gone)}"] if gone else []
    found += [f"{len(new)} rows are new: {sorted(new)}"] if new else []
    moved = {each: changed(before[each], after[each]) for each in before if each in after}
    return "; ".join([*found, *(f"{each}: {what}" for each, what in moved.items() if what)])


def trimmed(value: Any) -> Any:
    """A value with its texts as the service takes them: no blanks at their ends (R-WIRE-49)."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [trimmed(each) for each in value]
    return {name: trimmed(each) for name, each in value.items()} if isinstance(value, dict) else value
