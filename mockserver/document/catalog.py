"""What names mean while one document is bundled: which schemas exist, and which have a request form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.document.errors import DocumentError
from mockserver.document.kinds import KINDS, Schema

if TYPE_CHECKING:
    from mockserver.document.sources import Sources

SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class Catalog:
    """Names of the document: schema name -> the source that defines it."""

    sources: Sources
    with_request: frozenset[str]

    def shown(self, name: str) -> Schema:
        """Schema for `of: NAME` in a response."""
        return {**KINDS[name].shown} if name in KINDS else {"$ref": SCHEMAS + name}

    def accepted(self, name: str) -> Schema:
        """Schema for `of: NAME` in a request: the request form where there is one."""
        if name in KINDS:
            return {**KINDS[name].shown}
        return {"$ref": SCHEMAS + (f"{name}Request" if name in self.with_request else name)}

    def value_fields(self, value: dict[str, Any], where: str) -> dict[str, dict[str, Any]]:
        """Fields of a value object, its own first, then those of the one it extends."""
        fields = dict(value["fields"])
        base = value.get("extends")
        if base is not None:
            if base not in self.sources.values:
                raise DocumentError(
                    f"{where}: extends", f"`{base}`", "the name of a file in values/", f"write values/{base}.yaml"
                )
            inherited = self.value_fields(self.sources.values[base], f"values/{base}.yaml")
            fields.update({name: each for name, each in inherited.items() if name not in fields})
        return fields


def catalog(sources: Sources) -> Catalog:
    """The catalog of all sources."""
    entities = {
        entity["schema"] for entity in sources.entities.values() if _writable(entity["fields"]) or entity.get("input")
    }
    values = {value["schema"] for name, value in sources.values.items() if _writable(_all_fields(sources, name))}
    return Catalog(sources, frozenset(entities | values))


def _all_fields(sources: Sources, name: str) -> dict[str, dict[str, Any]]:
    value = sources.values.get(name, {"fields": {}})
    base = value.get("extends")
    return {**(_all_fields(sources, base) if base else {}), **value["fields"]}


def _writable(fields: dict[str, dict[str, Any]]) -> bool:
    return any(each.get("write") for each in fields.values())
