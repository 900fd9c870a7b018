"""Bodies of steps: what a server takes, what leads to records of the run, amounts that meet what is open, mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.differential.cast import links, parts
from mockserver.contract.requests.examples import WRONG
from mockserver.contract.requests.pool import NOWHERE
from mockserver.contract.trade.documents import lines
from mockserver.contract.values.fields import Values
from mockserver.contract.values.strategies import money, pick

if TYPE_CHECKING:
    from mockserver.contract.differential.walk import Walk
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec

    Body = dict[str, Any]


class Bodies:
    """Draws the bodies of one run. They speak of its records by name."""

    def __init__(self, walk: Walk, tag: str) -> None:
        self._walk = walk
        self._spec = walk.pair.spec
        self._values = Values(self._spec, walk.pool, tag)

    def drawn(self, data: st.DataObject, noun: Noun, verb: str) -> Body:
        """A body that the service takes; a bill has mostly lines, so that there is something to owe."""
        body: Body = data.draw(self._values.bodies(noun, verb))
        if noun.facts.get("bill") and verb == "create" and data.draw(st.integers(0, 3)) < 3:
            body["line_items"] = data.draw(lines(low=1))
        return self.known(noun, body) | self.held(data, noun)

    def known(self, noun: Noun, body: Body) -> Body:
        """The body with links to nothing but records of the run: an example may lead to one here and to none there."""
        kinds = {name: noun.fields.get(name, {}).get("kind") for name in body}
        return {
            name: NOWHERE if kinds[name] == "link" and not str(value).startswith("<") else value
            for name, value in body.items()
        }

    def held(self, data: st.DataObject, noun: Noun) -> Body:
        """Entries that lead to other records, such as the invoices of a payment: mostly to one of the same owner."""
        body: Body = {}
        for place, (name, inner) in enumerate(parts(self._spec, noun).items()):
            if (data.draw(st.integers(0, 3)) == 3) is (place == 0):  # seldom more than the first kind
                continue
            if not all(self._walk.pool.ids(to) for to in inner.values()):
                continue
            rows: list[Body] = []
            for _ in range(data.draw(st.integers(1, 2))):
                chosen = {field: self._walk.one(data, self._spec.nouns[to]) for field, to in inner.items()}
                if any(row.items() >= chosen.items() for row in rows):
                    continue
                record = self._walk.seen.get(next(iter(chosen.values())), {})
                rows.append({**chosen, "amount": self._amount(data, record)})
                body |= {field: owner for field, to in links(noun).items() if (owner := self._name(to, record, field))}
            body[name] = rows
        if parts(self._spec, noun) and not body and data.draw(st.integers(0, 3)) < 3:
            body["amount"] = data.draw(amounts())
        return body

    def _name(self, noun: str, record: Body, field: str) -> str:
        """Name of the record that a field of a record leads to, when it is one of the run."""
        return self._walk.pair.twins.name(0, noun, str(record.get(field, "")))

    def _amount(self, data: st.DataObject, record: Body) -> float:
        """An amount; often what is open on a record, or half of it."""
        whole = next((record[name] for name in ("balance", "applied", "amount") if record.get(name)), 0)
        return float(
            data.draw(st.one_of(st.sampled_from([whole, round(whole / 2, 2)]) if whole else amounts(), amounts()))
        )

    def triggers(self, data: st.DataObject, noun: Noun) -> dict[str, str]:
        """Parameters of a save that do something more, such as `mark_sent`."""
        offered = [each for each in noun.facts.get("triggers", {}) if self._walk.may(noun.operations["create"], each)]
        if not offered or data.draw(st.integers(0, 2)) != 2:
            return {}
        name = data.draw(st.sampled_from(offered))
        return {name: str(data.draw(amounts())) if "amount" in name else "true"}

    def filled(self, data: st.DataObject, schema: Any, noun: Noun, name: str) -> Body:
        """A body by its schema: ids by the names of its members, amounts, else the examples of the document."""
        schema = self._spec.resolved(schema)
        required = schema.get("required", ())
        body: Body = {}
        for member, found in schema.get("properties", {}).items():
            each = self._spec.resolved(found)
            if member in required or member == "amount" or data.draw(st.booleans()):
                value = self._member(data, member, each, noun, name)
                if value is not None:
                    body[member] = value
        return body

    def _member(self, data: st.DataObject, member: str, schema: Any, noun: Noun, name: str) -> Any:
        """A value for a member; None leaves it out, as where an example may name records by their ids."""
        kind = schema.get("type")
        if member in ("id", "ids"):
            return name if member == "id" else [name]
        if member.endswith("_id"):
            return self._record(data, member, schema, name)
        if kind == "array":
            items = self._spec.resolved(schema.get("items", {}))
            return self._entries(data, items, noun, name) if "properties" in items else None
        if kind == "number":
            return self._amount(data, self._walk.seen.get(name, {}))
        if kind == "boolean":
            return data.draw(st.booleans()) if "send" not in member or "sends" in self._walk.allow else False
        return schema.get("example", 1 if kind == "integer" else None) if kind != "object" else None

    def _record(self, data: st.DataObject, member: str, schema: Any, name: str) -> Any:
        """A record of the run for a member that is called like its kind; else a fixed row, or one that is not there."""
        if to := self._noun_called(member):
            names = self._inside(self._walk.seen.get(name, {}), member, to) or self._walk.pool.ids(to)
            return data.draw(pick(names)) if names else None
        example = schema.get("example")
        return example if str(example).isdigit() else NOWHERE

    def _entries(self, data: st.DataObject, items: Any, noun: Noun, name: str) -> list[Body] | None:
        """An entry for what the record holds in a list of its own, such as an invoice that a payment has paid."""
        members = items["properties"]
        for row in inside(self._walk.seen.get(name, {})):
            ids = {
                each: self._name(self._noun_called(each), row, each)
                for each in members
                if each.endswith("_id") and row.get(each)
            }
            if ids and all(ids.values()):
                return [{**ids, "amount": self._amount(data, row)} if "amount" in members else ids]
        return [self.filled(data, items, noun, name)] if data.draw(st.integers(0, 3)) == 3 else None

    def _inside(self, record: Body, member: str, to: str) -> list[str]:
        """Names of the records that entries of a record lead to, such as the invoices that a payment has paid."""
        return [name for row in inside(record) if (name := self._name(to, row, member))]

    def _noun_called(self, member: str) -> str:
        stem = member.removesuffix("_id")
        return next(
            (each for each in (stem, f"{stem}_setting", stem.removesuffix("s")) if each in self._spec.nouns), ""
        )

    def spoiled(self, data: st.DataObject, noun: Noun, operation: Operation, body: Body) -> Body:
        """The body without a member, or with a wrong value in one."""
        schema = self._spec.resolved(operation.body() or {})
        required = [name for name in body if noun.required(operation.behaviour, name)]
        without: bool = bool(required) and data.draw(st.booleans())
        if without:
            left_out: str = data.draw(st.sampled_from(required))
            return {name: value for name, value in body.items() if name != left_out}
        members = sorted(name for name, each in schema.get("properties", {}).items() if kind_of(self._spec, each))
        wrong = {
            name: data.draw(
                st.sampled_from([*[WRONG[kind_of(self._spec, schema["properties"][name])]] * 3, None, NOWHERE])
            )
            for name in data.draw(st.lists(st.sampled_from(members), min_size=1, max_size=12, unique=True))
        }
        return {**body, **wrong}


def amounts() -> st.SearchStrategy[float]:
    """Amounts, many of them round and small, so that they often meet what is open."""
    return st.one_of(st.integers(1, 20), st.sampled_from([5, 10, 100]), money(1, 2000_00))


def inside(record: Body) -> list[Body]:
    """The entries of all lists of a record."""
    return [row for value in record.values() if isinstance(value, list) for row in value if isinstance(row, dict)]


def kind_of(spec: Spec, schema: Any) -> str:
    """The type of a member, when there is a wrong value for it."""
    kind = str(spec.resolved(schema).get("type", ""))
    return kind if kind in WRONG else ""
