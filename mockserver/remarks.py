"""What a call sent that is passed over in silence, as the service does: said beside the answer to who mistyped it.

A body of a type that is not read, a member of one, a parameter or a column to sort by that nobody reads changes nothing
and is no error (R-VAL-26), so that the answer alone never tells. What a record shows may be sent back without a
remark, though it is not written.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.behaviours.records.crud import PAGING
from mockserver.document.errors import did_you_mean
from mockserver.errors import Diagnosis, pointer
from mockserver.payload import JSON, READ
from mockserver.serialize import RESHAPING
from mockserver.store.listing import sort_key
from mockserver.store.query import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.document.model import Document, Operation
    from mockserver.draft import Draft
    from mockserver.request import Request

    Names = dict[str, Any]
    """Members that an object may have, each with those of the objects in it, or None where they may be any."""
    Steps = tuple[str | int, ...]

PREFIX = "#/components/"
ALWAYS = PAGING | RESHAPING | {"_method"}
TYPES = f"{', '.join(READ[:-1])} or {READ[-1]}"
NUMBERS = {"page": "R-WIRE-8", "per_page": "R-WIRE-9"}
MOST = 10
LONGEST = 80
DEEPEST = 6


class Plan(NamedTuple):
    """Parameters of the query string and members of the body that an operation reads; None where it may be any."""

    query: Names | None
    body: Names | None
    nested: frozenset[str]
    """Members of the body whose own members are known."""


class Remarks:
    """Finds what is not read, for the operations of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._plans: dict[str, Plan] = {}
        self._hint = lru_cache(maxsize=1024)(did_you_mean)

    def of(self, request: Request, draft: Draft) -> tuple[Diagnosis, ...]:
        """A diagnosis for each thing that was sent in vain; usually none."""
        body, query = request.body, request.query
        if not body and not query and request.unread is None:
            return ()
        operation = request.operation
        plan = self._plans.get(operation.id) or self._plan(operation)
        found: list[Diagnosis] = []
        if request.unread is not None:
            found.append(Diagnosis("header Content-Type", "R-VAL-25", request.unread, TYPES, "the body was not read"))
        if query and plan.query is not None:
            found += islice(self._of_query(request, draft, plan.query), MOST)
        names = plan.body
        if body and names is not None and not (body.keys() <= names.keys() and plan.nested.isdisjoint(body)):
            found += islice(self._of_body(operation, body, names), MOST)
        return tuple(found[:MOST])

    def _plan(self, operation: Operation) -> Plan:
        document, entity = self._document, operation.entity
        declared = [document.resolved(each) for each in operation.raw.get("parameters", ())]
        query = {each["name"].removesuffix("[]") for each in declared if each["in"] == "query"}
        schemas = bodies(document, operation)
        shown: tuple[str, ...] = ()
        if entity is not None:
            query |= {*entity.filters, *entity.base_filters} if operation.behaviour == "list" else {*entity.triggers}
            if schemas and operation.behaviour != "bulk":  # a record may be sent back as it was read
                schemas, shown = [*schemas, {"$ref": f"{PREFIX}schemas/{entity.schema}"}], tuple(entity.includes)
        names = members(document, schemas, DEEPEST)
        if names is not None:  # what is missing in one of body and query string is read from the other
            names = dict.fromkeys(sorted({*shown, *query}), None) | names
            query |= names.keys()
        nested = frozenset(name for name, inside in (names or {}).items() if inside)
        known = names is not None or not schemas
        asked = dict.fromkeys(sorted(query)) if known else None  # by hash they would differ from run to run
        plan = self._plans[operation.id] = Plan(asked, names, nested)
        return plan

    def _of_body(self, operation: Operation, body: Mapping[str, Any], names: Names) -> Iterator[Diagnosis]:
        for known, steps, value in unread(body, names):
            hint = self._hint(str(steps[-1])[:LONGEST], tuple(known))
            yield Diagnosis(pointer(steps)[:200], "unused", value, f"a field that {operation.id} reads", hint)

    def _of_query(self, request: Request, draft: Draft, names: Names) -> Iterator[Diagnosis]:
        for name, value in request.query.items():
            if name not in names and name not in ALWAYS:
                hint = self._hint(name[:LONGEST], tuple(names))
                wanted = f"a parameter of {request.operation.id}"
                yield Diagnosis(f"query {name[:LONGEST]}", "unused", value, wanted, hint)
            elif name in NUMBERS and not (value.isascii() and value.isdigit() and int(value[:18])):
                yield Diagnosis(f"query {name}", NUMBERS[name], value, "a number from 1 on")
            elif name == "sort" and value and request.operation.behaviour == "list":
                yield from self._of_sort(request, draft, value)

    def _of_sort(self, request: Request, draft: Draft, value: str) -> Iterator[Diagnosis]:
        entity = request.operation.entity
        if entity is None:
            return
        scope = Scope(entity, draft.document, draft.state, draft.company_row, draft.today)
        if sort_key(scope, value) is None:
            wanted = "`column|asc` or `column|desc`, by a column that lists can be sorted by"
            column = value.partition("|")[0][:LONGEST]
            hint = f"`{column}|asc`" if column in entity.stored else self._hint(column, tuple(entity.stored))
            yield Diagnosis("query sort", "R-WIRE-22", value, wanted, hint)


def bodies(document: Document, operation: Operation) -> list[Mapping[str, Any]]:
    """Schemas of the body: that of JSON, or those of what it takes instead; none where it takes no body."""
    content = document.resolved(operation.raw.get("requestBody", {})).get("content", {})
    taken = [content[JSON]] if JSON in content else content.values()
    return [each["schema"] for each in taken if "schema" in each]


def members(document: Document, schemas: list[Mapping[str, Any]], depth: int) -> Names | None:
    """The members that an object of any of the schemas may have; None when they may have any, or are no objects.

    What lies in a record has to be closed somewhere: what its request schema leaves open may be a map.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    resolute = [document.resolved(each) for each in schemas]
    if depth < DEEPEST and not any(each.get("additionalProperties") is False for each in resolute):
        return None
    for schema in resolute:
        if schema.get("additionalProperties"):
            return None
        parts = [document.resolved(each) for word in ("allOf", "anyOf", "oneOf") for each in schema.get(word, ())]
        for part in (schema, *parts):
            for name, member in part.get("properties", {}).items():
                inside = document.resolved(member)
                found.setdefault(name, []).append(inside.get("items", inside))
    if not found or not depth:
        return None
    return {name: members(document, inside, depth - 1) for name, inside in found.items()}


def unread(value: Mapping[str, Any], names: Names, *steps: str | int) -> Iterator[tuple[Names, Steps, Any]]:
    """(names that are known there, place, value) of each member of an object that nobody reads."""
    for name, member in value.items():
        inside = names.get(name)
        if name not in names and name not in ALWAYS:
            yield names, (*steps, name), member
        elif inside is not None and isinstance(member, dict):
            yield from unread(member, inside, *steps, name)
        elif inside is not None and isinstance(member, list):
            for position, each in enumerate(member):
                if isinstance(each, dict):
                    yield from unread(each, inside, *steps, name, position)
