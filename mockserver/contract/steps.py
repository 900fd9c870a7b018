"""Steps that two servers take together, around one noun: what can be done, drawn by Hypothesis from the facts.

Steps speak of records by name (`<invoice 1>`), so that what is drawn does not depend on what a server holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.comparison import Parting
from mockserver.contract.documents import lines
from mockserver.contract.filter_texts import NOWHERE
from mockserver.contract.pool import PNG, Pool
from mockserver.contract.requests import WRONG
from mockserver.contract.values import Values, money, pick

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.contract.client import Reply
    from mockserver.contract.pair import Pair
    from mockserver.contract.spec import Noun, Operation, Spec

    Body = dict[str, Any]

UPLOAD = "multipart/form-data"
STANDARD = frozenset(
    {"list", "create", "blank", "show", "update", "delete", "edit", "bulk", "upload", "action", "blank_stored"}
)
"""Behaviours that have steps of their own."""
SENDING = ("email", "send", "auto_bill", "charge")
COMPANY = "default"
"""In the name of what changes settings of the company: nobody would change them back."""
DELETING = ("delete", "purge", "merge", "detach")
AMOUNTS = ("money", "number")


class Named(Pool):
    """Names of the records of a run in place of ids, so that bodies can be sent to both servers."""

    def __init__(self, pair: Pair, statics: Mapping[str, Any]) -> None:
        super().__init__(pair.spec, pair.clients[0])
        self._pair = pair
        self._tables = statics

    def ids(self, noun: str) -> list[str]:
        return list(self._pair.twins.made.get(noun, ()))

    def first(self, noun: str) -> list[str]:
        return []

    def lookup(self, table: str) -> list[str]:
        return [str(row["id"]) for row in self._tables.get(table, ()) if isinstance(row, dict) and "id" in row]


def links(noun: Noun) -> dict[str, str]:
    """Fields of a create that lead to other records, and the nouns that they lead to."""
    return {name: each["to"] for name, each in noun.writable("create").items() if each["kind"] == "link"}


def parts(spec: Spec, noun: Noun) -> dict[str, dict[str, str]]:
    """Lists of a body whose entries say how much of another record, as the invoices of a payment do.

    Name -> field of an entry -> noun that it leads to.
    """
    found = {}
    for name, member in spec.resolved(noun.operations["create"].body() or {}).get("properties", {}).items():
        entry = spec.resolved(spec.resolved(member).get("items", {})).get("properties", {})
        inner = {each: each.removesuffix("_id") for each in entry if each.removesuffix("_id") in spec.nouns}
        if inner and "amount" in entry:
            found[name] = inner
    return found


def cast(spec: Spec, noun: Noun) -> list[Noun]:
    """The noun, those that its records need or hold in lists, and those that hold its records in lists."""
    found = {noun.name: noun}

    def take(each: Noun) -> None:
        needed = [to for name, to in links(each).items() if each.required("create", name)]
        held = [to for inner in parts(spec, each).values() for to in inner.values()]
        for name in (*needed, *held):
            other = spec.nouns[name]
            if name not in found and "create" in other.operations and not other.facts.get("stock"):
                found[name] = other
                take(other)

    take(noun)
    for each in spec.nouns_with("create", "show"):
        if any(noun.name in inner.values() for inner in parts(spec, each).values()):
            found.setdefault(each.name, each)
    return list(found.values())


class Walk:
    """One run on a pair of servers. Each method is a step: both take it, and what they answer is compared."""

    def __init__(
        self, pair: Pair, noun: Noun, statics: Mapping[str, Any], *, allow: frozenset[str], ours: bool, tag: str
    ) -> None:
        self.pair = pair
        self.noun = noun
        self.cast = cast(pair.spec, noun)
        self.allow = allow
        self.ours = ours
        self.pool = Named(pair, statics)
        self.values = Values(pair.spec, self.pool, tag)
        self.tag = tag
        self.seen: dict[str, Body] = {}
        """Name -> the record as the target showed it last."""
        self._looked: set[tuple[str, str, str]] = set()

    # --- what there is ------------------------------------------------------------------------------------------------

    def names(self, noun: Noun) -> list[str]:
        return self.pool.ids(noun.name)

    def one(self, data: st.DataObject, noun: Noun) -> str:
        """Name of a record that the run has made; mostly one that is not deleted."""
        names = self.names(noun)
        live = [name for name in names if not self.seen.get(name, {}).get("is_deleted")]
        return str(data.draw(pick(live if live and data.draw(st.integers(0, 3)) < 3 else names)))

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

    # --- steps --------------------------------------------------------------------------------------------------------

    def create(self, data: st.DataObject, noun: Noun) -> None:
        """Make a record, with its owners where there are none yet, and with what the query may do besides."""
        self._owners(noun)
        body = data.draw(self.values.bodies(noun, "create"))
        if noun.facts.get("bill") and data.draw(st.integers(0, 3)) < 3:
            body["line_items"] = data.draw(lines(low=1))
        body = self._known(noun, body) | self._held(data, noun)
        self._made(noun, body, self._triggers(data, noun))

    def _known(self, noun: Noun, body: Body) -> Body:
        """The body with links to nothing but records of the run: an example may lead to one here and to none there."""
        kinds = {name: noun.fields.get(name, {}).get("kind") for name in body}
        return {
            name: NOWHERE if kinds[name] == "link" and not str(value).startswith("<") else value
            for name, value in body.items()
        }

    def _owners(self, noun: Noun) -> None:
        for name, to in links(noun).items():
            owner = self.pair.spec.nouns[to]
            if noun.required("create", name) and not self.names(owner) and "create" in owner.operations:
                self._owners(owner)
                self._made(owner, self.pool.minimal(owner), {})

    def _made(self, noun: Noun, body: Body, query: Mapping[str, str]) -> None:
        operation = noun.operations["create"]
        left, _ = self.pair.call(operation, query=query, body=body)
        if left.ok:
            self._look(noun, self.pair.twins.name(0, noun.name, left.data["id"]))

    def _held(self, data: st.DataObject, noun: Noun) -> Body:
        """Entries that lead to other records, such as the invoices of a payment: mostly to one of the same owner."""
        body: Body = {}
        for name, inner in parts(self.pair.spec, noun).items():
            if data.draw(st.integers(0, 3)) == 3:
                continue
            for to in inner.values():
                if not self.pool.ids(to):
                    self.create(data, self.pair.spec.nouns[to])
            if not all(self.pool.ids(to) for to in inner.values()):
                continue
            rows = []
            for _ in range(data.draw(st.integers(1, 2))):
                chosen = {field: self.one(data, self.pair.spec.nouns[to]) for field, to in inner.items()}
                record = self.seen.get(next(iter(chosen.values())), {})
                rows.append({**chosen, "amount": self._amount(data, record)})
                body |= {field: owner for field, to in links(noun).items() if (owner := self._name(to, record, field))}
            body[name] = rows
        return body

    def _name(self, noun: str, record: Body, field: str) -> str:
        """Name of the record that a field of a record leads to, when it is one of the run."""
        return self.pair.twins.name(0, noun, str(record.get(field, "")))

    def _amount(self, data: st.DataObject, record: Body) -> float:
        """An amount; often what is open on a record, or half of it."""
        whole = next((record[name] for name in ("balance", "applied", "amount") if record.get(name)), 0)
        return float(
            data.draw(st.one_of(st.sampled_from([whole, round(whole / 2, 2)]) if whole else amounts(), amounts()))
        )

    def _triggers(self, data: st.DataObject, noun: Noun) -> dict[str, str]:
        """Parameters of a save that do something more, such as `mark_sent`."""
        offered = [each for each in noun.facts.get("triggers", {}) if self.may(noun.operations["create"], each)]
        if not offered or data.draw(st.integers(0, 2)) != 2:
            return {}
        name = data.draw(st.sampled_from(offered))
        return {name: str(data.draw(amounts())) if "amount" in name else "true"}

    def update(self, data: st.DataObject, noun: Noun) -> None:
        """Change some of a record."""
        name, operation = self.one(data, noun), noun.operations["update"]
        body = self._known(noun, data.draw(self.values.bodies(noun, "update"))) | self._held(data, noun)
        self.pair.call(operation, path={"id": name}, query=self._triggers(data, noun), body=body)
        self._look(noun, name)

    def delete(self, data: st.DataObject, noun: Noun) -> None:
        name, operation = self.one(data, noun), noun.operations["delete"]
        self.pair.call(operation, path={"id": name})
        self._look(noun, name)

    def bulk(self, data: st.DataObject, noun: Noun) -> None:
        """An action on some records; now and then one that there is not."""
        operation = noun.operations["bulk"]
        action = data.draw(st.sampled_from([*self.actions(noun, "bulk"), "no_such_action"]))
        chosen = data.draw(st.lists(pick(self.names(noun)), min_size=1, max_size=3, unique=True))
        extra = self._filled(data, operation.body() or {}, noun, chosen[0])
        self.pair.call(operation, body={**extra, "action": action, "ids": chosen})
        for name in chosen:
            self._look(noun, name)

    def act(self, data: st.DataObject, noun: Noun) -> None:
        """An action on one record by its address."""
        operation = noun.operations["action"]
        action, name = data.draw(st.sampled_from(self.actions(noun, "action"))), self.one(data, noun)
        self.pair.call(operation, path={"id": name, "action": action})
        self._look(noun, name)

    def other(self, data: st.DataObject, noun: Noun) -> None:
        """A call that only this noun has, such as a refund."""
        operation = data.draw(st.sampled_from(self.others(noun)))
        name = self.one(data, noun)
        path = {each: name if each == "id" else self.one(data, noun) for each in operation.parameters("path")}
        schema = operation.body()
        body = None if schema is None else self._filled(data, schema, noun, name)
        self.pair.call(operation, path=path, body=body)
        self._look(noun, name)

    def others(self, noun: Noun) -> list[Operation]:
        """Operations of the noun that are not standard ones, take a record, and may be called here."""
        found = []
        for operation in self.pair.spec.operations.values():
            if operation.noun != noun.name or operation.behaviour in STANDARD or operation.method == "PATCH":
                continue
            reachable = not (operation.public or operation.keyed or operation.out_of_reach)
            taken = all(name == "id" or name.endswith("_id") for name in operation.parameters("path"))
            spoken = operation.body() is not None or operation.body(UPLOAD) is None
            if reachable and taken and spoken and self.may(operation) and self._about_one(operation):
                found.append(operation)
        return found

    def _about_one(self, operation: Operation) -> bool:
        """Whether the call is about a record that it names, and answers JSON; others would change the company."""
        members = self.pair.spec.resolved(operation.body() or {}).get("properties", {})
        named = "id" in operation.parameters("path") or not members.keys().isdisjoint(("id", "ids"))
        return named and "application/json" in answered(operation)

    def _filled(self, data: st.DataObject, schema: Any, noun: Noun, name: str) -> Body:
        """A body by its schema: ids by the names of its members, amounts, else the examples of the document."""
        schema = self.pair.spec.resolved(schema)
        required = schema.get("required", ())
        body: Body = {}
        for member, found in schema.get("properties", {}).items():
            each = self.pair.spec.resolved(found)
            if member in required or data.draw(st.integers(0, 2)) == 2:
                value = self._member(data, member, each, noun, name)
                if value is not None:
                    body[member] = value
        return body

    def _member(self, data: st.DataObject, member: str, schema: Any, noun: Noun, name: str) -> Any:
        if member == "id":
            return name
        kind = schema.get("type")
        if member.endswith("_id") and (to := self._noun_called(member)):
            names = self._inside(self.seen.get(name, {}), member, to) or self.pool.ids(to)
            return data.draw(pick(names)) if names else None
        if member.endswith("_id") and not str(schema.get("example", "")).isdigit():
            return NOWHERE  # the id of an example may be that of a record here and of none there
        if member == "ids":
            return [name]
        if kind == "array":
            items = self.pair.spec.resolved(schema.get("items", {}))
            return [self._filled(data, items, noun, name)] if "properties" in items else None
        if kind == "object":
            return None  # its example may name records by their ids
        if kind in ("number", "integer"):
            return self._amount(data, self.seen.get(name, {})) if kind == "number" else schema.get("example", 1)
        if kind == "boolean":
            return data.draw(st.booleans()) if "send" not in member or "sends" in self.allow else False
        return schema.get("example")

    def _inside(self, record: Body, member: str, to: str) -> list[str]:
        """Names of the records that entries of a record lead to, such as the invoices that a payment has paid."""
        rows = [row for value in record.values() if isinstance(value, list) for row in value if isinstance(row, dict)]
        return [name for row in rows if (name := self._name(to, row, member))]

    def _noun_called(self, member: str) -> str:
        stem = member.removesuffix("_id")
        return next(
            (each for each in (stem, f"{stem}_setting", stem.removesuffix("s")) if each in self.pair.spec.nouns), ""
        )

    def upload(self, data: st.DataObject, noun: Noun) -> None:
        """Attach a file to a record."""
        operation, name = noun.operations["upload"], self.one(data, noun)
        files = [("documents[]", data.draw(st.sampled_from(["proof.png", "a b.png"])), PNG)]
        self.pair.call(operation, path={"id": name}, body={"_method": "PUT"}, files=files)
        self._look(noun, name)

    def show(self, data: st.DataObject, noun: Noun) -> None:
        """A record with some of what it can include."""
        name = self.one(data, noun)
        offered = sorted(noun.facts.get("includes", {}))
        chosen = data.draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)) if offered else []
        query = {"include": ",".join(chosen)} if chosen else {}
        verb = data.draw(st.sampled_from([each for each in ("show", "edit") if each in noun.operations]))
        self.pair.call(noun.operations[verb], path={"id": name}, query=query)

    def blank(self, _: st.DataObject, noun: Noun) -> None:
        """The form of a new record."""
        self.pair.call(noun.operations["blank"])

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
            body = self._spoiled(data, noun, operation, data.draw(self.values.bodies(noun, verb)))
        self.pair.call(operation, path=path, body=body)

    def _spoiled(self, data: st.DataObject, noun: Noun, operation: Operation, body: Body) -> Body:
        """The body without a member, or with a wrong value in one."""
        schema = self.pair.spec.resolved(operation.body() or {})
        required = [name for name in body if noun.required(operation.behaviour, name)]
        if required and data.draw(st.booleans()):
            left_out = data.draw(st.sampled_from(required))
            return {name: value for name, value in body.items() if name != left_out}
        members = sorted(name for name, each in schema.get("properties", {}).items() if kind_of(self.pair.spec, each))
        name = data.draw(st.sampled_from(members))
        kind = kind_of(self.pair.spec, schema["properties"][name])
        return {**body, name: data.draw(st.sampled_from([WRONG[kind], None, "", NOWHERE]))}

    # --- looking ------------------------------------------------------------------------------------------------------

    def _look(self, noun: Noun, name: str) -> None:
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
        left, _ = self.pair.call(operation, path={"id": name}, kept=False)
        if left.ok:
            self.seen[name] = left.data
        return left

    def _meet(self) -> None:
        """Look at records that were made on the way, such as the invoice of a quote; both must have made one."""
        strangers, self.pair.comparison.strangers = self.pair.comparison.strangers, []
        for place, to, *pair in strangers:
            noun = self.pair.spec.nouns.get(to)
            key = (to, pair[0], pair[1])
            if key in self._looked or noun is None or "create" not in noun.operations or noun.facts.get("stock"):
                continue
            self._looked.add(key)
            operation = noun.operations["show"]
            replies = [
                client.call(operation, path={"id": each}, judged=False)
                for client, each in zip(self.pair.clients, pair, strict=True)
            ]
            new = [reply.ok and self._new(side, reply.data) for side, reply in enumerate(replies)]
            if new[0] != new[1]:
                told = ["a new one" if each else "one that was there" for each in new]
                self.pair.same(operation, (replies[0], replies[1]), [Parting(place, *told)])
            if new[0] and self.pair.twins.pair(to, *pair):
                self._shown(noun, self.pair.twins.name(0, to, pair[0]))

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


MISTAKES = ("show", "update", "create", "delete", "bulk")


def amounts() -> st.SearchStrategy[float]:
    """Amounts, many of them round and small, so that they often meet what is open."""
    return st.one_of(st.integers(1, 20), st.sampled_from([5, 10, 100]), money(1, 2000_00))


def printed(noun: Noun, action: str) -> bool:
    """Whether an action makes a file: what it holds is not compared, and it takes long."""
    behaviour = {**noun.facts.get("bulk", {}), **noun.facts.get("actions", {})}.get(action, "")
    return any(word in f"{behaviour}" for word in ("download", "print", "template"))


def kind_of(spec: Spec, schema: Any) -> str:
    """The type of a member, when there is a wrong value for it."""
    kind = str(spec.resolved(schema).get("type", ""))
    return kind if kind in WRONG else ""


def answered(operation: Operation) -> set[str]:
    """Media types of a success."""
    return set((operation.response(200) or {}).get("content", {}))
