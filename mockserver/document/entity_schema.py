"""One entity -> its component schemas: the record shown, the bodies accepted, and the facts as `x-mock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document import kinds
from mockserver.document.catalog import SCHEMAS, Catalog

if TYPE_CHECKING:
    from mockserver.document.kinds import Schema

Entity = dict[str, Any]
_FACT_KEYS = ("to", "of", "values", "nullable", "optional", "when", "when_empty", "max_length", "computed", "mask")


def where_of(entity: Entity) -> str:
    """Start of every message about an entity."""
    return f"entities/{entity['entity']}.yaml"


def record(entity: Entity, catalog: Catalog) -> Schema:
    """The closed schema of a record in a response; every field is required, includes only when always there."""
    where = where_of(entity)
    abouts = catalog.sources.shared.get("abouts", {})
    properties = {
        name: kinds.shown(_told(name, each, abouts), f"{where}: fields.{name}", catalog.shown)
        for name, each in entity["fields"].items()
    }
    own = entity["fields"].get("id", {})
    if own.get("is") == "id":
        properties["id"]["pattern"] = own.get("pattern", kinds.ID_PATTERN)
    required = [name for name, each in entity["fields"].items() if not each.get("optional")]
    for name, include in entity.get("includes", {}).items():
        if include.get("inner"):
            continue
        properties[name] = _include(include, catalog)
        if include.get("always") and include.get("many"):
            required.append(name)
    return {
        "type": "object",
        "description": str(entity["about"]).strip(),
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        "x-mock": facts(entity),
    }


def blank_record(entity: Entity, catalog: Catalog) -> dict[str, Schema]:
    """Blank{schema}: a record that is not stored, which only differs in that its id is empty."""
    schema = record(entity, catalog)
    del schema["x-mock"]
    noun = _article(entity["label"][0]).capitalize()
    schema["description"] = f"{noun} that is not stored yet: the defaults of a new one, without id."
    if "id" in entity["fields"]:
        schema["properties"]["id"] |= {"pattern": kinds.LINK_PATTERN, "example": ""}
    return {f"Blank{entity['schema']}": schema}


def requests(entity: Entity, catalog: Catalog) -> dict[str, Schema]:
    """Open schemas of the bodies: {name: schema}; one XRequest when create and update take the same."""
    create, update = _body(entity, "create", catalog), _body(entity, "update", catalog)
    create_name, update_name = request_names(entity)
    if create_name == update_name:
        return {create_name: create}
    return {create_name: create, update_name: update, f"{entity['schema']}Request": create}


def request_names(entity: Entity) -> tuple[str, str]:
    """Schema names of the create body and of the update body."""
    schema, bodies = entity["schema"], entity.get("requests", {})
    one_sided = any(
        each.get("write") in ("create", "update") for each in {**entity["fields"], **entity.get("input", {})}.values()
    )
    differ = any(
        bodies.get("create", {}).get(key) != bodies.get("update", {}).get(key) for key in ("required", "fields")
    )
    operations = entity.get("operations", {})
    if "create" in operations and "update" in operations and (one_sided or differ):
        return f"{schema}CreateRequest", f"{schema}UpdateRequest"
    return f"{schema}Request", f"{schema}Request"


def _body(entity: Entity, verb: str, catalog: Catalog) -> Schema:
    where = where_of(entity)
    body = entity.get("requests", {}).get(verb, {})
    required = list(body.get("required", []))
    abouts = catalog.sources.shared.get("abouts", {})
    taken = {
        name: each
        for name, each in entity["fields"].items()
        if each.get("write") in (True, verb) or (each.get("write") and "operations" not in entity)
    }
    taken |= {
        name: each for name, each in entity.get("input", {}).items() if each.get("write", True) in (True, verb)
    } | body.get("fields", {})
    schema: Schema = {
        "type": "object",
        "description": f"What may be sent about {_article(entity['label'][0])}; other keys are ignored.",
    }
    if required:
        schema["required"] = required
    schema["properties"] = {
        name: kinds.accepted(_told(name, each, abouts), f"{where}: {name}", catalog.accepted, required=name in required)
        for name, each in taken.items()
    }
    return schema


def _include(include: dict[str, Any], catalog: Catalog) -> Schema:
    child = catalog.sources.entities.get(include["entity"])
    # A missing child gets a reference that dangles; the bundler reports all of those together.
    reference = {"$ref": SCHEMAS + (child["schema"] if child else _pascal(include["entity"]))}
    about = str(include.get("about", "")).strip()
    schema: Schema = {"type": "array", "items": reference} if include.get("many") else {"allOf": [reference]}
    if include.get("nullable"):
        schema = {"type": "object", "nullable": True, **schema}
    if about:
        schema["description"] = about
    schema["readOnly"] = True
    return schema


def facts(entity: Entity) -> dict[str, Any]:
    """The entity's facts with what the engine needs from the rest of the file, so that the bundle alone drives it."""
    derived: dict[str, Any] = {
        "entity": entity["entity"],
        "schema": entity["schema"],
        "resource": entity["resource"],
        "label": entity["label"],
        "fields": fact_fields(entity["fields"], f"{where_of(entity)}: fields"),
    }
    for part in ("hidden", "input"):
        if entity.get(part):
            derived[part] = fact_fields(entity[part], f"{where_of(entity)}: {part}")
    if entity.get("includes"):
        derived["includes"] = {
            name: {key: value for key, value in each.items() if key != "about"}
            for name, each in entity["includes"].items()
        }
    own = dict(entity["facts"])
    if "filters" in own:
        own["filters"] = {
            name: {key: value for key, value in each.items() if key not in ("about", "example", "grammar")}
            for name, each in own["filters"].items()
        }
    return {**derived, **own}


def fact_fields(fields: dict[str, dict[str, Any]], where: str) -> dict[str, dict[str, Any]]:
    """{name: {kind, default, write, to, computed, mask ...}}: what the engine reads of each field."""
    result = {}
    for name, each in fields.items():
        fact: dict[str, Any] = {"kind": each["is"], "default": kinds.default_of(each, f"{where}.{name}")}
        if each.get("write"):
            fact["write"] = "both" if each["write"] is True else each["write"]
        fact.update({key: each[key] for key in _FACT_KEYS if key in each})
        result[name] = fact
    return result


def value_schemas(name: str, value: dict[str, Any], catalog: Catalog) -> dict[str, Schema]:
    """A value object as shown and, when something in it can be set, as accepted."""
    where = f"values/{name}.yaml"
    fields = catalog.value_fields(value, where)
    shown: Schema = {"type": "object", "description": str(value["about"]).strip()}
    shown["additionalProperties"] = "open" in value
    if "open" in value:
        shown[kinds.OPEN] = value["open"]
    required = [key for key, each in fields.items() if not each.get("optional", value.get("optional"))]
    if required and value.get("or_empty"):
        shown["anyOf"] = [{"required": required}, {"maxProperties": 0}]
    elif required:
        shown["required"] = required
    shown["properties"] = {
        key: kinds.shown(each, f"{where}: fields.{key}", catalog.shown) for key, each in fields.items()
    }
    own = {"value": name, **({"extends": value["extends"]} if "extends" in value else {})}
    shown["x-mock"] = {**own, "fields": fact_fields(value["fields"], where)}
    schemas = {value["schema"]: shown}
    if value["schema"] in catalog.with_request:
        writable = {
            key: kinds.accepted(each, f"{where}: fields.{key}", catalog.accepted)
            for key, each in fields.items()
            if each.get("write")
        }
        schemas[f"{value['schema']}Request"] = {
            "type": "object",
            "description": shown["description"],
            "properties": writable,
        }
    return schemas


def _told(name: str, each: dict[str, Any], abouts: dict[str, Any]) -> dict[str, Any]:
    """The field with the shared description of its name when it brings none."""
    return each if "about" in each or name not in abouts else {"about": abouts[name], **each}


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
