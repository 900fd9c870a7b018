"""Hypothesis strategies for bodies, from the facts of a noun: what a client may send and must read back."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.values.strategies import MADE, pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.requests.pool import Pool

    Facts = Mapping[str, Any]
    Body = dict[str, Any]

NUMBERS = frozenset({"money", "rate", "number", "integer"})
SIMPLE_RULES = frozenset(
    {
        "required",
        "required_without",
        "numeric",
        "string",
        "integer",
        "boolean",
        "array",
        "email",
        "url",
        "date",
        "max",
        "max_length",
        "min",
        "gte",
        "in",
    }
    | {"exists", "exists_static", "unique", "not_list", "distinct"}
)
"""Rules that single values keep by their kind; a field with any other rule is left out of generated bodies."""
STAMPED = ("private_notes", "notes", "custom_value4", "custom_value3")
"""Texts that may carry the tag of a run."""
_numbers = itertools.count(1)


NAMED = {"email": "{}.{}.{}@example.com", "url": "https://example.com/{}/{}/{}"}


class Values:
    """Strategies for one world: links lead to its records, lookups to its fixed rows."""

    def __init__(self, spec: Spec, pool: Pool, tag: str) -> None:
        self._spec = spec
        self._pool = pool
        self._tag = tag

    def field(
        self, name: str, facts: Facts, noun: Noun | None = None, needed: frozenset[str] = frozenset()
    ) -> SearchStrategy[Any] | None:
        """Values of one field; None for a kind that can't be made up, such as a link to what has no list.

        `needed` names what the entries of a list can't do without.
        """
        kind = facts["kind"]
        if noun is not None and name in noun.facts.get("unique", ()):
            return self._numbered("{}-{}-{}")
        if kind in MADE:
            return MADE[kind]
        if kind in NAMED:
            return self._numbered(NAMED[kind])
        if kind == "enum":
            return st.sampled_from(list(facts["values"]))
        if kind == "list":
            return self.nested(facts["of"], needed) if facts.get("of") else None
        ids = {"lookup": self._pool.lookup, "link": self._pool.ids}.get(kind)
        there = ids(facts["of" if kind == "lookup" else "to"]) if ids is not None else []
        return pick(there) if there else None

    def _numbered(self, text: str) -> SearchStrategy[str]:
        """Texts that nobody has used yet: the tag of the run, a running number, a random one."""
        return st.integers(0, 10**9).map(lambda number: text.format(self._tag, next(_numbers), number))

    def nested(self, schema: str, needed: frozenset[str] = frozenset()) -> SearchStrategy[list[Body]] | None:
        """Lists of objects or records inside a record: their plain texts and numbers, never links between records."""
        parts = {
            name: made
            for name, facts in self.simple_members(schema).items()
            if (made := self.field(name, facts)) is not None
        }
        always = {name: parts.pop(name) for name in list(parts) if name in needed}
        entry = st.fixed_dictionaries(always, optional=parts)
        free = next((name for name in STAMPED if name in {**always, **parts}), "")
        if free:  # rows may become records of their own, as lines do products
            entry = entry.map(lambda row: self._row(row, free))
        return st.lists(entry, min_size=1, max_size=3) if always or parts else None

    def _row(self, row: Body, free: str) -> Body:
        """A row of a list with the tag of the run in a text, on a server where what was made has to be found again."""
        stamped = self._pool.client.stamp is not None
        return {**row, free: f"{self._tag} {row.get(free, '')}".strip()} if stamped else row

    def simple_members(self, schema: str) -> dict[str, Facts]:
        """Texts and numbers of a nested schema that are kept as they are sent."""
        return {
            name: facts
            for name, facts in self._spec.value_fields(schema).items()
            if facts.get("write") == "both"
            and facts["kind"] in {"text", "email", *NUMBERS}
            and not name.endswith("_id")
            and not facts.get("mask")
        }

    def plain(self, facts: Facts, value: Any) -> Any:
        """A stored value without what the service works out inside it, such as the totals of lines."""
        if facts["kind"] != "list" or not facts.get("of"):
            return value
        kept = self.simple_members(facts["of"])
        return [{name: each[name] for name in kept if name in each} for each in value]

    def offered(self, noun: Noun, verb: str) -> dict[str, Facts]:
        """Fields that a create or update takes as they are sent; fields tied to others by rules stay out."""
        rules = noun.rules(verb)
        tied = {str(rule["required_with"]) for each in rules.values() for rule in each if "required_with" in rule}
        gates = noun.operations[verb].parameters("query")
        told = {
            name: facts
            for name, facts in noun.facts.get("input", {}).items()
            if name in noun.facts.get("includes", {}) or noun.required(verb, name)
        }
        return {
            name: facts
            for name, facts in {**noun.writable(verb), **told}.items()
            if name not in tied
            and all(simple(rule) for rule in rules.get(name, ()))
            and f"update_{name}" not in gates  # a parameter of this name decides whether the body may change the field
        }

    def parts(self, noun: Noun, verb: str) -> dict[str, SearchStrategy[Any]]:
        """Strategies by field for the fields that a create or update takes."""
        rules = noun.rules(verb)
        found = {}
        for name, facts in self.offered(noun, verb).items():
            made = self.field(name, facts, noun, frozenset(required_members(rules, name)))
            if made is not None:
                found[name] = within(made, facts["kind"], rules.get(name, ()))
        return found

    def bodies(self, noun: Noun, verb: str) -> SearchStrategy[Body]:
        """Bodies of a create or update that the service takes: what is required, and any of the rest."""
        parts, example = self.parts(noun, verb), noun.operations[verb].example()
        needed = {name: part for name, part in parts.items() if noun.required(verb, name)}
        needed |= {
            name: st.just(value)
            for name, value in example.items()
            if name not in needed and name in noun.fields and noun.required(verb, name)
        }
        free = {
            name: part for name, part in parts.items() if name not in needed and name not in rules_of_owner(noun, verb)
        }
        return st.fixed_dictionaries(needed, optional=free).map(self._marked)

    def _marked(self, body: Body) -> Body:
        """The body with the tag of the run at the start of its first text that may carry it."""
        name = next((name for name in STAMPED if isinstance(body.get(name), str)), "")
        return {**body, name: f"{self._tag} {body[name]}"} if name else body


def required_members(rules: Mapping[str, Sequence[Any]], name: str) -> list[str]:
    """Members that each entry of a list must bring."""
    prefix = f"{name}.*."
    return [path.removeprefix(prefix) for path, each in rules.items() if path.startswith(prefix) and "required" in each]


def within(made: SearchStrategy[Any], kind: str, rules: Sequence[Any]) -> SearchStrategy[Any]:
    """Texts as long as the rules want them, or of the values that they allow."""
    limits = {name: limit for rule in rules if isinstance(rule, dict) for name, limit in rule.items()}
    if kind != "text":
        return made
    if "in" in limits:
        return st.sampled_from(limits["in"])
    least = limits.get("min", 0)
    return made.map(lambda text: text.ljust(least, "x")) if least else made


def rules_of_owner(noun: Noun, verb: str) -> frozenset[str]:
    """Fields that must keep the stored value on an update, such as the owner of a record."""
    return frozenset(name for name, rules in noun.rules(verb).items() if "same_as_stored" in rules)


def simple(rule: Any) -> bool:
    """Whether a value keeps the rule by itself, whatever else is in the body."""
    if isinstance(rule, dict):
        return "match" not in rule and next(iter(rule)) in SIMPLE_RULES
    return rule in SIMPLE_RULES
