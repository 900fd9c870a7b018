"""A run on two servers: what it has made, what may be done with it, and the looks at what a step has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.differential.cast import Named, cast
from mockserver.contract.differential.comparison import Parting
from mockserver.contract.differential.pair import Call
from mockserver.contract.reading.operations import JSON
from mockserver.contract.values.strategies import pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.differential.pair import Pair
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.wire.reply import Reply

    Body = dict[str, Any]

UPLOAD = "multipart/form-data"
STANDARD = frozenset(
    {"list", "create", "blank", "show", "update", "delete", "edit", "bulk", "upload", "action", "blank_stored"}
)
"""Behaviours that have steps of their own."""
SENDING = ("email", "send", "auto_bill", "charge", "retry", "test")
COMPANY = "default"
"""In the name of what changes settings of the company: nobody would change them back."""
DELETING = ("delete", "purge", "merge", "detach")
FILES = ("download", "print", "template")
"""In the names of behaviours that make a file: what it holds is not compared, and it takes long."""


class Walk:
    """One run on a pair of servers around a noun."""

    def __init__(
        self, pair: Pair, noun: Noun, statics: Mapping[str, Any], *, allow: frozenset[str], ours: bool
    ) -> None:
        self.pair = pair
        self.noun = noun
        self.cast = cast(pair.spec, noun)
        self.allow = allow
        self.ours = ours
        self.pool = Named(pair, statics)
        self.seen: dict[str, Body] = {}
        """Name -> the record as the target showed it last."""
        self._others: dict[str, list[Operation]] = {}
        self._looked: set[tuple[str, str, str]] = set()

    def names(self, noun: Noun) -> list[str]:
        """All records of the noun that the run has made."""
        return self.pair.twins.made.get(noun.name, [])

    def one(self, data: st.DataObject, noun: Noun) -> str:
        """Name of a record that the run has made; mostly one that is not deleted."""
        names = self.pool.ids(noun.name) if data.draw(st.integers(0, 3)) < 3 else self.names(noun)
        return str(data.draw(pick(names)))

    def has(self, verb: str) -> bool:
        """Whether there is a record that the step can be taken with, and whether it may be taken."""
        return bool(self._with(verb))

    def _with(self, verb: str) -> list[Noun]:
        """Nouns of the cast that have the call, and records of the run; the one that the run is about comes first."""
        return [each for each in self.cast if self.names(each) and self._offers(each, verb)]

    def _offers(self, noun: Noun, verb: str) -> bool:
        if verb == "other":
            return bool(self.others(noun))
        if verb in ("bulk", "action"):
            return bool(self.actions(noun, verb))
        return verb in noun.operations and self.may(noun.operations[verb])

    def there(self, data: st.DataObject, verb: str) -> Noun:
        """A noun that the step can be taken with; often the one that the run is about."""
        nouns = self._with(verb)
        if self.noun in nouns and data.draw(st.integers(0, 3)) < 3:
            return self.noun
        return nouns[data.draw(st.integers(0, 99)) % len(nouns)]

    def any_of_the_cast(self, data: st.DataObject) -> Noun:
        nouns = [each for each in self.cast if "create" in each.operations]
        return nouns[data.draw(st.integers(0, 99)) % len(nouns)]

    def rows(self, noun: Noun) -> list[Body]:
        """Records of the run as the target showed them last."""
        return [self.seen[name] for name in self.names(noun) if name in self.seen]

    def others_of(self, noun: Noun) -> dict[str, dict[str, Body]]:
        """Records that links of the noun may lead to: noun -> id -> record."""
        names = {each["to"] for each in noun.fields.values() if each["kind"] == "link"}
        return {
            name: {row["id"]: row for row in self.rows(self.pair.spec.nouns[name])}
            for name in names
            if name in self.pair.spec.nouns
        }

    def actions(self, noun: Noun, verb: str) -> list[str]:
        """Actions on many records or on one that may be taken here, and make no file."""
        operation = noun.operations.get(verb)
        told = noun.facts.get("bulk" if verb == "bulk" else "actions", {}) if operation is not None else {}
        return [
            each for each in told if operation is not None and self.may(operation, each) and not printed(noun, each)
        ]

    def may(self, operation: Operation, action: str = "") -> bool:
        """Whether the step may be taken on a server that is not ours."""
        words = f"{action or operation.id} {operation.behaviour if not action else ''}".lower()
        needs = {"writes"} if action or not operation.reads_only else set()
        if COMPANY in words and not self.ours:
            return False
        needs |= {"sends"} if any(each in words for each in SENDING) else set()
        needs |= {"deletes"} if operation.method == "DELETE" or any(each in words for each in DELETING) else set()
        return needs <= self.allow

    def call(self, operation: Operation, **words: Any) -> tuple[Reply, Reply]:
        return self.pair.call(Call(operation, **words))

    def others(self, noun: Noun) -> list[Operation]:
        """Operations of the noun that are not standard ones, take a record, and may be called here."""
        if noun.name not in self._others:
            self._others[noun.name] = list(self._special(noun))
        return self._others[noun.name]

    def _special(self, noun: Noun) -> Iterator[Operation]:
        for operation in self.pair.spec.operations.values():
            if operation.noun != noun.name or operation.behaviour in STANDARD or operation.method == "PATCH":
                continue
            reachable = not (operation.public or operation.keyed or operation.out_of_reach)
            taken = all(name == "id" or name.endswith("_id") for name in operation.parameters("path"))
            spoken = operation.body() is not None or operation.body(UPLOAD) is None
            if reachable and taken and spoken and self.may(operation) and self._about_one(operation):
                yield operation

    def _about_one(self, operation: Operation) -> bool:
        """Whether the call is about a record that it names, and answers JSON; others would change the company."""
        members = self.pair.spec.resolved(operation.body() or {}).get("properties", {})
        named = "id" in operation.parameters("path") or not members.keys().isdisjoint(("id", "ids"))
        return named and JSON in (operation.response(200) or {}).get("content", {})

    def look(self, noun: Noun, name: str) -> None:
        """Compare the record as it is shown, and those that it leads to."""
        left = self._shown(noun, name)
        if left is not None and left.ok:
            record = left.data
            for field, each in noun.fields.items():
                if each["kind"] == "link" and (owner := self.pair.twins.name(0, each["to"], record.get(field) or "")):
                    self._shown(self.pair.spec.nouns[each["to"]], owner)
        self._meet()

    def _shown(self, noun: Noun, name: str) -> Reply | None:
        operation = noun.operations.get("show")
        if operation is None or not name:
            return None
        left, _ = self.call(operation, path={"id": name}, look=True)
        if left.ok:
            self.seen[name] = left.data
            (self.pool.gone.add if left.data.get("is_deleted") else self.pool.gone.discard)(name)
        return left

    def _meet(self) -> None:
        """Look at records that were made on the way, such as the invoice of a quote; both must have made one."""
        strangers, self.pair.strangers = self.pair.strangers, []
        for call, place, to, ids in strangers:
            noun = self.pair.spec.nouns.get(to)
            if (to, *ids) in self._looked or noun is None or "create" not in noun.operations or noun.facts.get("stock"):
                continue
            self._looked.add((to, *ids))
            operation = noun.operations["show"]
            replies = [
                client.call(operation, path={"id": each}, judged=False)
                for client, each in zip(self.pair.clients, ids, strict=True)
            ]
            new = [reply.ok and self._new(side, reply.data) for side, reply in enumerate(replies)]
            if new[0] != new[1]:
                told = ["a new one" if each else "one that was there" for each in new]
                self.pair.part(operation, replies[0], [Parting(place, *told)])
            if new[0] and self.pair.twins.pair(to, *ids):
                call.met[place, to] = self.pair.twins.name(0, to, ids[0])
                self._shown(noun, call.met[place, to])

    def _new(self, side: int, record: Mapping[str, Any]) -> bool:
        return int(record.get("created_at") or 0) >= self.pair.moments[side].now - 1

    def look_at_all(self) -> None:
        """Compare all that the run has made."""
        for noun in self.nouns():
            for name in self.names(noun):
                self._shown(noun, name)

    def nouns(self) -> Iterator[Noun]:
        for name in list(self.pair.twins.made):
            if name in self.pair.spec.nouns:
                yield self.pair.spec.nouns[name]


def printed(noun: Noun, action: str) -> bool:
    """Whether an action makes a file."""
    behaviour = str({**noun.facts.get("bulk", {}), **noun.facts.get("actions", {})}.get(action, ""))
    return any(word in behaviour for word in FILES)
