"""Steps that two servers take together, around one noun: what can be done, drawn by Hypothesis from the facts.

Steps speak of records by name (`<invoice 1>`), so that what is drawn does not depend on what a server holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.differential.bodies import Bodies
from mockserver.contract.differential.cast import links, parts
from mockserver.contract.differential.walk import Walk
from mockserver.contract.requests.pool import NOWHERE, PNG
from mockserver.contract.values.strategies import pick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.differential.pair import Pair
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation

    Body = dict[str, Any]

MISTAKES = ("create", "create", "update", "show", "delete", "bulk")
"""Calls that are made wrong on purpose."""


class Steps(Walk):
    """The steps of a run: both servers take each, and what they answer is compared."""

    def __init__(
        self, pair: Pair, noun: Noun, statics: Mapping[str, Any], *, allow: frozenset[str], ours: bool, tag: str
    ) -> None:
        super().__init__(pair, noun, statics, allow=allow, ours=ours)
        self.bodies = Bodies(self, tag)

    def create(self, data: st.DataObject, noun: Noun) -> None:
        """Make a record, with its owners where there are none yet, and with what the query may do besides."""
        self._owners(noun)
        for inner in parts(self.pair.spec, noun).values():
            for to in inner.values():
                if not self.pool.ids(to) and data.draw(st.booleans()):
                    self.create(data, self.pair.spec.nouns[to])
        self._made(noun, self.bodies.drawn(data, noun, "create"), self.bodies.triggers(data, noun))
        kept = [each for each in self.others(noun) if each.method != "DELETE"]
        if self.names(noun) and kept and data.draw(st.booleans()):
            self._special_call(data, noun, data.draw(st.sampled_from(kept)))

    def _owners(self, noun: Noun) -> None:
        for name, to in links(noun).items():
            owner = self.pair.spec.nouns[to]
            alive = [each for each in self.names(owner) if each not in self.pool.gone]
            if noun.required("create", name) and not alive and "create" in owner.operations:
                self._owners(owner)
                self._made(owner, self.pool.minimal(owner), {})

    def _made(self, noun: Noun, body: Body, query: Mapping[str, str]) -> None:
        operation = noun.operations["create"]
        left, _ = self.call(operation, query=query, body=body)
        if left.ok:
            self.look(noun, self.pair.twins.name(0, noun.name, left.data["id"]))

    def update(self, data: st.DataObject, noun: Noun) -> None:
        """Change some of a record."""
        name, operation = self.one(data, noun), noun.operations["update"]
        body = self.bodies.drawn(data, noun, "update")
        self.call(operation, path={"id": name}, query=self.bodies.triggers(data, noun), body=body)
        self.look(noun, name)

    def delete(self, data: st.DataObject, noun: Noun) -> None:
        name, operation = self.one(data, noun), noun.operations["delete"]
        self.call(operation, path={"id": name})
        self.look(noun, name)

    def bulk(self, data: st.DataObject, noun: Noun) -> None:
        """An action on some records; now and then one that there is not."""
        operation = noun.operations["bulk"]
        chosen = data.draw(st.lists(pick(self.names(noun)), min_size=1, max_size=3, unique=True))
        offered = [*self.actions(noun, "bulk"), "no_such_action"]
        away = any(self.seen.get(name, {}).get("archived_at") for name in chosen)
        if away and "restore" in offered and data.draw(st.booleans()):
            offered = ["restore"]
        action = data.draw(st.sampled_from(offered))
        extra = self.bodies.filled(data, operation.body() or {}, noun, chosen[0])
        self.call(operation, body={**extra, "action": action, "ids": chosen})
        for name in chosen:
            self.look(noun, name)

    def act(self, data: st.DataObject, noun: Noun) -> None:
        """An action on one record by its address."""
        operation = noun.operations["action"]
        action, name = data.draw(st.sampled_from(self.actions(noun, "action"))), self.one(data, noun)
        self.call(operation, path={"id": name, "action": action})
        self.look(noun, name)

    def other(self, data: st.DataObject, noun: Noun) -> None:
        """A call that only this noun has, such as a refund."""
        self._special_call(data, noun, data.draw(st.sampled_from(self.others(noun))))

    def _special_call(self, data: st.DataObject, noun: Noun, operation: Operation) -> None:
        name = self.one(data, noun)
        path = {each: name if each == "id" else self.one(data, noun) for each in operation.parameters("path")}
        schema = operation.body()
        body = None if schema is None else self.bodies.filled(data, schema, noun, name)
        self.call(operation, path=path, body=body)
        self.look(noun, name)

    def upload(self, data: st.DataObject, noun: Noun) -> None:
        """Attach a file to a record."""
        operation, name = noun.operations["upload"], self.one(data, noun)
        files = [("documents[]", data.draw(st.sampled_from(["proof.png", "a b.png"])), PNG)]
        self.call(operation, path={"id": name}, body={"_method": "PUT"}, files=files)
        self.look(noun, name)

    def show(self, data: st.DataObject, noun: Noun) -> None:
        """A record with some of what it can include."""
        name = self.one(data, noun)
        offered = sorted(noun.facts.get("includes", {}))
        chosen = data.draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)) if offered else []
        query = {"include": ",".join(chosen)} if chosen else {}
        verb = data.draw(st.sampled_from([each for each in ("show", "edit") if each in noun.operations]))
        self.call(noun.operations[verb], path={"id": name}, query=query)

    def wrong(self, data: st.DataObject, noun: Noun) -> None:
        """A call that is to be refused: to no record, without what is required, with a value of another type."""
        offered = [each for each in MISTAKES if each in noun.operations and self.may(noun.operations[each])]
        verb = data.draw(st.sampled_from(offered))
        operation = noun.operations[verb]
        path = {"id": NOWHERE} if "id" in operation.parameters("path") else {}
        body: Any = None
        if verb == "bulk":
            body = {"action": data.draw(st.sampled_from(["archive", "restore"])), "ids": [NOWHERE]}
        elif verb in ("create", "update"):
            if verb == "update" and self.names(noun) and data.draw(st.booleans()):
                path = {"id": self.one(data, noun)}
            self._owners(noun)
            body = self.bodies.spoiled(data, noun, operation, self.bodies.drawn(data, noun, verb))
        self.call(operation, path=path, body=body)
