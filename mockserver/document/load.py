"""The bundled document, as JSON, to the frozen model. Nothing is validated here: bundling did that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mockserver.document.errors import DocumentError
from mockserver.document.model import IMPLICIT_RULES, PASSED, Document, Entity, Field, FieldRules, Include, Operation
from mockserver.document.statics import Statics

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NO_TYPES: frozenset[type] = frozenset()
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
TYPED = frozenset(
    {
        "model", "permission", "search", "filters", "sorts", "number", "edit_deleted",
        "delete", "documents", "stock", "bulk", "bulk_unknown", "bulk_none", "actions", "triggers", "events",
        "activities", "moves", "store", "through",
    }
)  # fmt: skip


def load_document(path: Path, statics_dir: Path) -> Document:
    """The document at `path` (JSON). Raises DocumentError when it can't be read."""
    try:
        raw = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        raise unusable(path, "no file", "a bundled document") from None
    except OSError as error:
        raise unusable(path, str(error), "a file that can be read") from None
    except orjson.JSONDecodeError as error:
        raise unusable(path, str(error), "JSON") from None
    statics = Statics(statics_dir)
    try:
        return build_document(raw, statics)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise unusable(path, f"{type(error).__name__} {error}", "a document as the bundler writes it") from error


def unusable(path: Path, got: str, wanted: str) -> DocumentError:
    """What is said of a file that can't be the document."""
    return DocumentError(str(path), got=got, wanted=wanted, hint="run `mockserver spec bundle`")


def build_document(raw: Mapping[str, Any], statics: Statics) -> Document:
    """The model of an OpenAPI object."""
    schemas = raw["components"]["schemas"]
    entities = {
        facts["entity"]: entity_of(facts)
        for schema in schemas.values()
        if "entity" in (facts := schema.get("x-mock") or {})
    }
    operations = {operation.id: operation for operation in operations_of(raw, entities)}
    return Document(
        raw=raw,
        operations=operations,
        entities=entities,
        resources={entity.resource: entity for entity in entities.values()},
        schemas=schemas,
        statics=statics,
        parents=parents_of(entities),
        holders=holders_of(entities),
        setting_kinds=setting_kinds(schemas),
        limits=(raw.get("x-mock") or {}).get("limits", {}),
        setting_defaults={name: facts["default"] for name, facts in value_fields(schemas, "CompanySettings").items()},
    )


def setting_kinds(schemas: Mapping[str, Any]) -> dict[str, str]:
    """Type that each company setting is checked against: ids and counters are whole numbers, designs are not."""
    found = {}
    for name, schema in schemas.get("CompanySettings", {}).get("properties", {}).items():
        whole = name in ("payment_terms", "valid_until") or name.endswith(("_id", "number_counter"))
        found[name] = "integer" if whole and not name.endswith("design_id") else schema.get("type", "object")
    return found


def value_fields(schemas: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Facts on the fields of a value object; empty when the document has none of that name."""
    facts: Mapping[str, Any] = (schemas.get(name, {}).get("x-mock") or {}).get("fields", {})
    return facts


def parents_of(entities: Mapping[str, Entity]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Entity name -> (parent entity, our field with its id) for each parent that always shows our records."""
    found: dict[str, list[tuple[str, str]]] = {}
    for parent in entities.values():
        for include in parent.includes.values():
            if include.always and include.many and include.by not in ("", "parent", "company"):
                found.setdefault(include.entity, []).append((parent.name, include.by))
    return {name: tuple(pairs) for name, pairs in found.items()}


def holders_of(entities: Mapping[str, Entity]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Entity name -> (entity that always shows the one record of ours that it links to, its field with our id)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for holder in entities.values():
        for include in holder.includes.values():
            if include.always and not include.many and include.source:
                found.setdefault(include.entity, []).append((holder.name, include.source))
    return {name: tuple(pairs) for name, pairs in found.items()}


def field_of(name: str, facts: Mapping[str, Any]) -> Field:
    """One field from its facts."""
    default = facts.get("default", "")
    return Field(
        name=name,
        kind=facts["kind"],
        default="" if default == "today" else default,
        write=facts.get("write", ""),
        to=facts.get("to", ""),
        computed=facts.get("computed", ""),
        mask=facts.get("mask", ""),
        optional=bool(facts.get("optional")),
        when=facts.get("when", ""),
        when_empty=facts.get("when_empty"),
    )


def include_of(name: str, facts: Mapping[str, Any]) -> Include:
    """One include from its facts."""
    link = facts.get("through") or {}
    return Include(
        name=name,
        entity=facts["entity"],
        many=bool(facts.get("many")),
        by=facts.get("by", ""),
        source=facts.get("from", ""),
        always=bool(facts.get("always")),
        where=facts.get("where", True),
        link=(link["entity"], link["by"], link["from"]) if link else None,
        unmasked=bool(facts.get("unmasked")),
        blank=bool(facts.get("blank")),
        inner=bool(facts.get("inner")),
        scope=facts.get("scope", ""),
    )


def rules_of(paths: Mapping[str, Any]) -> tuple[FieldRules, ...]:
    """The rules of one verb: each a name, or a mapping whose first key is the name; several keys are the argument."""
    found = []
    for path, listed in paths.items():
        pairs = tuple(rule_of(each) for each in listed)
        implicit = any(name in IMPLICIT_RULES for name, _ in pairs)
        nested = "*" in path or "." in path
        found.append(
            FieldRules(path, pairs, implicit, nested, NO_TYPES if nested else passed_by(pairs, implicit=implicit))
        )
    return tuple(found)


def passed_by(rules: tuple[tuple[str, Any], ...], *, implicit: bool) -> frozenset[type]:
    """Types of whose values none of the rules refuses any; `object` stands for a missing value (R-VAL-14)."""
    types = frozenset.intersection(*(PASSED.get(name, NO_TYPES) for name, _ in rules))
    if implicit:
        return types
    # null is refused by one rule alone, which wants a list
    return types | ({object} if rules[0][0] == "array" else {object, type(None)})


def rule_of(facts: Any) -> tuple[str, Any]:
    """One rule as name and argument."""
    if not isinstance(facts, dict):
        return str(facts), None
    name = next(iter(facts))
    return name, facts if len(facts) > 1 else facts[name]


def entity_of(facts: Mapping[str, Any]) -> Entity:
    """One entity from the facts on its schema."""
    fields = {name: field_of(name, each) for name, each in facts["fields"].items()}
    hidden = {name: field_of(name, each) for name, each in (facts.get("hidden") or {}).items()}
    includes = {name: include_of(name, each) for name, each in (facts.get("includes") or {}).items()}
    stored = {**fields, **hidden}
    typed = {name: value for name, value in facts.items() if name in TYPED}
    rules = {verb: rules_of(paths) for verb, paths in (facts.get("rules") or {}).items()}
    return Entity(
        name=facts["entity"],
        schema=facts["schema"],
        resource=facts["resource"],
        fields=fields,
        hidden=hidden,
        includes=includes,
        base_filters=tuple(facts.get("base_filters", ())),
        rules=rules,
        facts=facts,
        stored=stored,
        writes={
            verb: {name: field for name, field in fields.items() if field.writable(verb)}
            for verb in ("create", "update")
        },
        blank={name: field.default for name, field in stored.items() if field.kind != "computed"},
        **{"model": facts["entity"], **typed},
    )


def operations_of(raw: Mapping[str, Any], entities: Mapping[str, Entity]) -> Iterator[Operation]:
    """The operations of a document, in its order."""
    for path, item in raw["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                facts = operation.get("x-mock") or {}
                yield Operation(
                    id=operation["operationId"],
                    method=method.upper(),
                    path=path,
                    behaviour=facts.get("behaviour", ""),
                    entity=entities.get(facts.get("entity", "")),
                    locate=bool(facts.get("locate")),
                    password=bool(facts.get("password")),
                    public=bool(facts.get("public")),
                    needs=facts.get("needs", ""),
                    throttle=tuple(facts.get("throttle", () if facts.get("public") else ("api",))),
                    facts=facts,
                    request=request_schema(operation, raw),
                    raw=operation,
                )


def request_schema(operation: Mapping[str, Any], raw: Mapping[str, Any]) -> str:
    """Name of the component schema of the JSON body, or empty text."""
    body = operation.get("requestBody") or {}
    if "$ref" in body:
        body = raw["components"]["requestBodies"][body["$ref"].rpartition("/")[2]]
    schema = ((body.get("content") or {}).get("application/json") or {}).get("schema") or {}
    return str(schema.get("$ref", "")).rpartition("/")[2]
