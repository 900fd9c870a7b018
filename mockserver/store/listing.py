"""The rows of a list: filters of the facts, base filters, visibility and order (R-WIRE-10..33)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.store.conditions import OnFields, compile_condition, on_field
from mockserver.store.query import MATCHERS, Scope, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mockserver.store.query import Predicate
    from mockserver.store.table import Data, Record

    SortKey = tuple[Callable[[Data], Any], bool]

SCALARS = frozenset(
    {
        "id",
        "link",
        "text",
        "html",
        "email",
        "url",
        "lookup",
        "enum",
        "date",
        "datetime",
        "timestamp",
        "money",
        "rate",
        "number",
        "integer",
        "bool",
    }
)

ARCHIVED = {"all": [{"archived_at": {"gt": 0}}, {"not_deleted": True}]}
BASE_FILTERS: Mapping[str, Mapping[str, Any]] = {
    "status": {
        "match": "words",
        "words": {"active": {"archived_at": [0]}, "archived": ARCHIVED, "deleted": {"is_deleted": [True]}},
    },
    "created_at": {"match": "since", "field": "created_at", "of": "timestamp"},
    "updated_at": {"match": "since", "field": "updated_at", "of": "timestamp"},
    "is_deleted": {"match": "truth", "field": "is_deleted"},
    "with_trashed": {"match": "flag", "value": "false", "where": {"not_deleted": True}},
    "client_id": {"match": "id", "field": "client_id"},
    "vendor_id": {"match": "id", "field": "vendor_id"},
    "date_range": {"match": "range", "field": "date"},
    "due_date_range": {"match": "range", "field": "due_date"},
    "filter_deleted_clients": {"match": "relation_live", "of": "client", "value": "true", "required": True},
    "without_deleted_clients": {"match": "relation_live", "of": "client", "archived": True},
    "without_deleted_vendors": {"match": "relation_live", "of": "vendor", "archived": True},
}
"""Filters that every list has, where its columns allow: named by `base_filters` of the entity."""

EMPTY_COUNTS = frozenset({"present", "relation_live", "link"})
"""Matchers that act on the mere presence of the parameter."""


def filters_of(scope: Scope) -> dict[str, Mapping[str, Any]]:
    """All filters of an entity's list: its own, the search, and those base filters that it takes."""
    entity = scope.entity
    found = {name: BASE_FILTERS[name] for name in entity.base_filters if name in BASE_FILTERS}
    if entity.search:
        found["filter"] = {"match": "search", **entity.search}
    found.update(entity.filters)
    return found


def _truth(facts: Mapping[str, Any], text: str) -> Predicate | None:
    path, wanted = facts["field"], text in ("1", "true")
    return on_field(path, lambda value: bool(value) is wanted) if text in ("0", "1", "true", "false") else None


def _relation_live(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Rows whose client (vendor) is live; rows without one stay unless `required` (R-WIRE-15, R-WIRE-16)."""
    if "value" in facts and text != facts["value"]:
        return None
    name = facts["of"]
    if name not in scope.document.entities:
        return None
    table = scope.state.table(scope.document.entities[name].resource)
    archived, required, field = facts.get("archived", False), facts.get("required", False), f"{name}_id"

    def matches(data: Data) -> bool:
        row = ids.decode(data[field]) if data[field] else None
        record = None if row is None else table.get(row)
        if record is None:
            return not required
        return not record.data["is_deleted"] and not (archived and record.data["archived_at"])

    return matches


def _predicate(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    kind = facts["match"]
    if kind == "truth":
        return _truth(facts, text)
    if kind == "relation_live":
        return _relation_live(facts, text, scope)
    if not text and kind not in EMPTY_COUNTS:
        return None
    return MATCHERS[kind](facts, text, scope)


def select(scope: Scope, parameters: Mapping[str, str], restrict: Predicate | None = None) -> Sequence[int]:
    """Row numbers that match the parameters, in the order asked for; unknown parameters are ignored.

    `restrict` narrows to what the caller may see. The whole table, unsorted, costs nothing.
    """
    table = scope.state.table(scope.entity.resource)
    known = filters_of(scope)
    predicates: list[Predicate] = [] if restrict is None else [restrict]
    candidates: Iterable[Record] | None = None
    order: str = ""
    for name, facts in known.items():
        if name not in parameters or facts["match"] == "with":
            continue
        text = parameters[name]
        if candidates is None and facts["match"] == "id" and "where" not in facts and text and facts["field"] != "id":
            rows = table.find(text, facts["field"], company=scope.company)
            candidates = table.some(rows)
            continue
        predicate = _predicate(facts, text, scope)
        if predicate is nothing:
            return []
        if predicate is not None:
            predicates.append(predicate)
            order = facts.get("order", order)
    key = sort_key(scope, parameters.get("sort", ""), order)
    extra = _pinned(scope, parameters)
    if candidates is None and not predicates and key is None and extra is None and scope.entity.through is None:
        return [*table.rows(0), *table.rows(scope.company)] if scope.entity.stock else table.rows(scope.company)
    rows_found = matching(scope, candidates, predicates, key)
    return rows_found if extra is None else [extra, *(row for row in rows_found if row != extra)]


def matching(
    scope: Scope, candidates: Iterable[Record] | None, predicates: list[Predicate], key: SortKey | None
) -> list[int]:
    """Row numbers of the candidates, or of all records, that pass all predicates, in the order of the key."""
    table = scope.state.table(scope.entity.resource)
    if candidates is None and scope.entity.through is None and not scope.entity.stock:
        first = next((each for each in predicates if isinstance(each, OnFields) and each.fields), None)
        if first is not None:
            predicates = [each for each in predicates if each is not first]
            rows = table.scan(scope.company, first.fields, first.test)
            if not predicates and key is None:
                return rows
            candidates = table.some(rows)
    records = everybody(scope) if candidates is None else candidates
    for predicate in predicates:
        holds = predicate.holds if isinstance(predicate, OnFields) else predicate
        records = [record for record in records if holds(record.data)]
    if key is not None:
        value, descending = key
        records = sorted(records, key=lambda record: value(record.data), reverse=descending)
    return [record.row for record in records]


def everybody(scope: Scope) -> Iterable[Record]:
    """All records of the company: its own, or those that a link table gives to it."""
    table = scope.state.table(scope.entity.resource)
    through = scope.entity.through
    if scope.entity.stock:
        return [*table.some(table.rows(0)), *table.records(scope.company)]
    if through is None:
        return table.records(scope.company)
    links = scope.state.table(scope.document.entities[through["entity"]].resource)
    rows = dict.fromkeys(ids.decode(record.data[through["field"]]) for record in links.records(scope.company))
    return table.some(row for row in rows if row is not None)


def _pinned(scope: Scope, parameters: Mapping[str, str]) -> int | None:
    """Row that `with=` adds in front (R-WIRE-19)."""
    text = parameters.get("with", "")
    if not text or "with" not in scope.entity.base_filters:
        return None
    table = scope.state.table(scope.entity.resource)
    field = scope.entity.sorts.get("with", "id")
    if field == "id":
        row = ids.decode(text)
        record = None if row is None else table.get(row)
        return record.row if record is not None and record.company == scope.company else None
    return next(iter(table.find(text, field, company=scope.company)), None)


def _digits(value: Any) -> int:
    return int(re.sub(r"\D", "", str(value))[:18] or "0")


def _comparable(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else (value is not None, value or 0)


def _ranked(special: Mapping[str, Any], scope: Scope) -> Callable[[Data], float]:
    """Rank by the first case whose condition holds; `seen` wants a value at a path as well."""
    cases = []
    for case in special["cases"]:
        values = scope.values(case["seen"]) if "seen" in case else None
        cases.append((compile_condition(case["where"], today=scope.today), values, case["rank"]))
    path = special["else"]["number"]

    def rank(data: Data) -> float:
        for holds, values, position in cases:
            if holds(data) and (values is None or any(values(data))):
                return float(position)
        return float(data[path])

    return rank


def _special_key(special: Mapping[str, Any], scope: Scope) -> Callable[[Data], Any] | None:
    """Key of an order that is more than one value at a path: cases, digits, first of several, number of records."""
    if "cases" in special:
        return _ranked(special, scope)
    if "digits" in special:
        path = special["digits"]
        return lambda data: _digits(data[path])
    if "first" in special:
        getters = [scope.values(path) for path in special["first"]]
        return lambda data: _comparable(next((v for get in getters for v in get(data) if v), ""))
    if "count" in special:
        children = scope.values(f"{special['count']}.id")
        return lambda data: len(children(data))
    return None


def sort_key(scope: Scope, text: str, order: str = "") -> SortKey | None:
    """Key function and direction for `column|direction`; None when there is nothing to sort by (R-WIRE-22..23)."""
    parts = text.split("|")
    if len(parts) != 2:
        return ((lambda data: data[order]), False) if order else None
    column, direction = parts
    facts = scope.entity.sorts
    special: Mapping[str, Any] = facts.get("special", {}).get(column, {})
    if facts.get("direction") == "strict" and direction not in ("asc", "desc"):
        return None
    if column in facts.get("ignored", ()) or ("only" in facts and column not in facts["only"]):
        return None
    descending = direction != "asc"
    key = _special_key(special, scope)
    if key is not None:
        return key, descending
    path = special.get("by", column)
    if not special:
        field = scope.entity.stored.get(path)
        if field is None or field.kind not in SCALARS or field.computed:
            return None
    values = scope.values(path)
    return (lambda data: _comparable(next(iter(values(data)), ""))), descending
