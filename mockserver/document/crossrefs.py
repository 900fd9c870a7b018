"""Names in an entity's facts against the fields and includes that exist: a name that joins nothing is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.entity_schema import where_of
from mockserver.document.errors import DocumentError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockserver.document.sources import Sources

Entity = dict[str, Any]
_JOINTS = frozenset({"all", "any", "not", "not_deleted"})
# Words for `by` that are no field: a record of any kind owns the child, or the company of the token does.
_BY: dict[str, tuple[str, ...]] = {"parent": ("parent_type", "parent_id"), "company": ()}
# Base filter -> the field that it reads; the others work everywhere.
_COLUMNS = {
    "client_id": "client_id",
    "vendor_id": "vendor_id",
    "date_range": "date",
    "due_date_range": "due_date",
    "without_deleted_clients": "client_id",
    "filter_deleted_clients": "client_id",
    "without_deleted_vendors": "vendor_id",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "is_deleted": "is_deleted",
    "with_trashed": "is_deleted",
    "status": "archived_at",
}


def broken_names(sources: Sources) -> Iterator[DocumentError]:
    """Every name of every entity's facts that leads nowhere, in file order."""
    for entity in sources.entities.values():
        yield from _includes(entity, sources)
        yield from _filters(entity, sources)
        yield from _sorts(entity, sources)
        yield from _numbers(entity, sources)
        yield from _requests(entity)


def stored(entity: Entity) -> dict[str, Any]:
    """Fields that a record holds, shown or hidden."""
    return {**entity["fields"], **entity.get("hidden", {})}


def _includes(entity: Entity, sources: Sources) -> Iterator[DocumentError]:
    for name, include in entity.get("includes", {}).items():
        where = f"{where_of(entity)}: includes.{name}"
        child = sources.entities.get(include["entity"])
        if child is None:
            yield _unknown(f"{where}.entity", include["entity"], "an entity file", sources.entities)
            continue
        if "from" in include:
            yield from _field(f"{where}.from", include["from"], stored(entity))
        if "by" in include and "through" not in include:
            for each in _BY.get(include["by"], (include["by"],)):
                yield from _field(f"{where}.by", each, stored(child))
        yield from _condition(f"{where}.where", include.get("where", True), child)


def _filters(entity: Entity, sources: Sources) -> Iterator[DocumentError]:
    facts, where = entity["facts"], f"{where_of(entity)}: facts"
    for path in facts.get("search", {}).get("fields", []):
        yield from _path(f"{where}.search.fields", path, entity, sources)
    for name, each in facts.get("filters", {}).items():
        if "field" in each:
            yield from _path(f"{where}.filters.{name}.field", each["field"], entity, sources)
        rows = _asked(entity, each, sources)
        conditions = {"where": each.get("where", True), **each.get("words", {}), **each.get("and", {})}
        for word, condition in conditions.items():
            yield from _condition(f"{where}.filters.{name}.{word}", condition, rows)
    for name in facts.get("base_filters", []):
        if name in _COLUMNS and name not in facts.get("filters", {}):
            yield from _field(f"{where}.base_filters: {name}", _COLUMNS[name], stored(entity))


def _sorts(entity: Entity, sources: Sources) -> Iterator[DocumentError]:
    sorts, where = entity["facts"].get("sorts", {}), f"{where_of(entity)}: facts.sorts"
    for name in sorts.get("only", []):
        yield from _field(f"{where}.only", name, {**stored(entity), **sorts.get("special", {})})
    for name, special in sorts.get("special", {}).items():
        if "count" in special:
            yield from _field(f"{where}.special.{name}", special["count"], entity.get("includes", {}))
        for path in [*(special[key] for key in ("digits", "by") if key in special), *special.get("first", [])]:
            yield from _path(f"{where}.special.{name}", path, entity, sources)


def _numbers(entity: Entity, sources: Sources) -> Iterator[DocumentError]:
    facts, where = entity["facts"], f"{where_of(entity)}: facts"
    for name in facts.get("unique", []):
        yield from _field(f"{where}.unique", name, stored(entity))
    for name in facts.get("conceal", {}).get("fields", ()):
        yield from _field(f"{where}.conceal", name, entity["fields"])
    for flag, names in facts.get("narrow", {}).items():
        for name in names:
            yield from _field(f"{where}.narrow.{flag}", name, entity["fields"])
    settings = sources.values.get("company_settings", {}).get("fields", {})
    for key in ("pattern", "counter"):
        if key in facts.get("number", {}):
            yield from _field(f"{where}.number.{key}", facts["number"][key], settings)


def _requests(entity: Entity) -> Iterator[DocumentError]:
    known = {**entity["fields"], **entity.get("input", {})}
    for verb in ("create", "update"):
        body = entity.get("requests", {}).get(verb, {})
        for name in body.get("required", []):
            yield from _field(
                f"{where_of(entity)}: requests.{verb}.required", name, {**known, **body.get("fields", {})}
            )


def _asked(entity: Entity, fact: dict[str, Any], sources: Sources) -> Entity:
    """The entity whose fields the conditions of a filter name: with `match: link` that of the link rows."""
    linked = entity["facts"].get("through", {}).get("entity", "")
    return sources.entities.get(linked, entity) if fact["match"] == "link" else entity


def _condition(where: str, condition: Any, entity: Entity) -> Iterator[DocumentError]:
    if not isinstance(condition, dict):
        return
    for key, test in condition.items():
        if key in ("all", "any"):
            for each in test:
                yield from _condition(where, each, entity)
        elif key == "not":
            yield from _condition(where, test, entity)
        elif key not in _JOINTS:
            yield from _field(where, key, stored(entity))


def _path(where: str, path: str, entity: Entity, sources: Sources) -> Iterator[DocumentError]:
    """`name`, `client.name` through includes, `line_items[].notes` into lists."""
    head, _, rest = path.partition(".")
    if head.endswith("[]") or not rest:
        yield from _field(where, head.removesuffix("[]"), stored(entity))
        return
    include = entity.get("includes", {}).get(head)
    if include is None:
        yield _unknown(where, head, f"an include of {entity['entity']}", entity.get("includes", {}))
    elif include["entity"] in sources.entities:
        yield from _path(where, rest, sources.entities[include["entity"]], sources)


def _field(where: str, name: str, known: Iterable[str]) -> Iterator[DocumentError]:
    if name not in known:
        yield _unknown(where, name, "a field", known)


def _unknown(where: str, name: str, wanted: str, known: Iterable[str]) -> DocumentError:
    return DocumentError(where, f"`{name}`", wanted, did_you_mean(name, known))
