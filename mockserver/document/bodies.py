"""Request bodies of an entity: JSON by its schema, and two kinds of forms, which the service reads alike (R-VAL-25).

A form is no JSON: its values are texts, and what is nested in JSON has a name with brackets there. So all forms share
a schema of their own, which also keeps a generated client from mistaking one kind of body for another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document import kinds
from mockserver.document.entity_schema import request_names, where_of

if TYPE_CHECKING:
    from mockserver.document.catalog import Catalog
    from mockserver.document.kinds import Schema

Entity = dict[str, Any]
FORMS = {"application/x-www-form-urlencoded": "FormBody", "multipart/form-data": "MultipartBody"}


def request_bodies(entity: Entity) -> dict[str, Any]:
    """Components of the create and update bodies, named after their schema without the word Request."""
    create, update = request_names(entity)
    bodies = ((update, "update"), (create, "create"))
    return {name.removesuffix("Request"): _body(name, verb, entity) for name, verb in bodies}


def forms_apart(body: dict[str, Any]) -> dict[str, Any]:
    """A request body whose forms have the schema of forms where they were given that of the JSON body."""
    content = body.get("content", {})
    shared = content.get("application/json", {}).get("schema")
    forms = {
        media: {**each, "schema": {"$ref": f"#/components/schemas/{FORMS[media]}"}}
        for media, each in content.items()
        if media in FORMS and shared is not None and each.get("schema") == shared
    }
    return {**body, "content": {**content, **forms}} if forms else body


def bulk_schema(entity: Entity, catalog: Catalog) -> dict[str, Schema]:
    """{schema}BulkRequest: the action, the ids, and what single actions need besides."""
    facts = entity["facts"]
    if "bulk" not in entity.get("operations", {}):
        return {}
    actions = list(facts.get("bulk", {}))
    overrides = entity["operations"]["bulk"] or {}
    body = entity.get("requests", {}).get("bulk", {})
    fields = {**overrides.get("input", {}), **body.get("fields", {})}
    action: Schema = {
        "type": "string",
        "description": "What to do with the records.",
        "example": actions[0] if actions else "archive",
    }
    if facts.get("bulk_unknown", "refuse") == "refuse":
        action["enum"] = actions
    else:
        action["description"] += f" Known: {', '.join(f'`{name}`' for name in actions)}."
    ids = {
        "type": "array",
        "description": "Hashed ids of the records.",
        "items": {"type": "string"},
        "example": ["VolejRejNm"],
    }
    where = f"{where_of(entity)}: requests.bulk"
    properties = {"action": action, "ids": ids}
    properties.update(
        {name: kinds.accepted(each, f"{where}.{name}", catalog.accepted) for name, each in fields.items()}
    )
    schema = {
        "type": "object",
        "description": f"A bulk action on {entity['label'][1]}.",
        "required": body.get("required", ["action", "ids"]),
        "properties": properties,
    }
    return {f"{entity['schema']}BulkRequest": schema}


def _body(name: str, verb: str, entity: Entity) -> dict[str, Any]:
    schemas = {"application/json": name, **FORMS}
    content = {media: {"schema": {"$ref": f"#/components/schemas/{each}"}} for media, each in schemas.items()}
    body: dict[str, Any] = {"description": f"Properties of the {entity['label'][0]}."}
    if entity.get("requests", {}).get(verb, {}).get("required"):
        body["required"] = True
    return {**body, "content": content}
