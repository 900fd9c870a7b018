"""All components: what a person wrote stays; what is shared or made for every entity is there where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.bodies import bulk_schema, request_bodies
from mockserver.document.entity_schema import blank_record, record, requests, value_schemas
from mockserver.document.errors import DocumentError
from mockserver.document.naming import context
from mockserver.document.parameters import include_component
from mockserver.document.references import pruned
from mockserver.document.render import render

if TYPE_CHECKING:
    from mockserver.document.catalog import Catalog
    from mockserver.document.sources import Sources

PARTS = ("schemas", "parameters", "responses", "requestBodies", "headers")
Parts = dict[str, dict[str, Any]]


def components(sources: Sources, names: Catalog, paths: dict[str, Any]) -> dict[str, Any]:
    """The components by part and name, sorted. DocumentError when two have one name."""
    own = sources.openapi.get("components", {})
    written, made = _written(sources, names), _made(sources, names)
    for part in PARTS:
        clash = sorted(written[part].keys() & made[part].keys())
        if clash:
            raise DocumentError(f"components.{part}.{clash[0]}", "two definitions", "one", "rename one of the two")
    used = pruned({"paths": paths, "components": {**own, **written}}, made)
    parts = {part: {**written[part], **used[part]} for part in PARTS}
    return {**{part: dict(sorted(each.items())) for part, each in parts.items() if each}, **own}


def _written(sources: Sources, names: Catalog) -> Parts:
    """The schema of every entity, and what entity and path files bring along."""
    parts: Parts = {part: {} for part in PARTS}
    for stem, entity in sources.entities.items():
        _add(parts, "schemas", {entity["schema"]: record(entity, names)}, f"entities/{stem}.yaml")
    for folder, files in (("entities", sources.entities), ("paths", sources.paths)):
        for stem, content in files.items():
            for part, more in content.get("components", {}).items():
                _add(parts, part, more, f"{folder}/{stem}.yaml")
    return parts


def _made(sources: Sources, names: Catalog) -> Parts:
    """Shared parts, value objects, request forms, bodies, envelopes and include parameters."""
    parts: Parts = {part: {} for part in PARTS}
    for part in PARTS:
        _add(parts, part, sources.shared.get(part, {}), f"shared/{part}.yaml")
    for name, response in parts["responses"].items():
        # `status` tells the bundler where the response belongs; OpenAPI knows no such key.
        parts["responses"][name] = {key: value for key, value in response.items() if key != "status"}
    for stem, value in sources.values.items():
        _add(parts, "schemas", value_schemas(stem, value, names), f"values/{stem}.yaml")
    envelopes = sources.shared.get("envelopes", {})
    for stem, entity in sources.entities.items():
        where = f"entities/{stem}.yaml"
        made = {**requests(entity, names), **bulk_schema(entity, names), **blank_record(entity, names)}
        _add(parts, "schemas", made, where)
        _add(parts, "requestBodies", request_bodies(entity), where)
        _add(parts, "parameters", include_component(entity), where)
        for part, more in render(envelopes, context(entity, sources), "shared/envelopes.yaml").items():
            _add(parts, part, more, where)
    return parts


def _add(parts: Parts, part: str, more: dict[str, Any], where: str) -> None:
    for name, each in more.items():
        if name in parts[part]:
            raise DocumentError(where, f"a second component {part}/{name}", "each name once", "rename one of the two")
        parts[part][name] = each
