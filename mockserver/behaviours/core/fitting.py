"""Rows of a file in the form in which records are stored; what does not fit the document is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import parse_number
from mockserver.derive.text import as_text

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.document.schemas import Schemas
    from mockserver.draft import Draft
    from mockserver.store.table import Data

NUMBERS = frozenset({"money", "rate", "number", "integer", "timestamp"})
TEXTS = frozenset({"text", "html", "email", "url", "lookup", "enum", "date", "datetime", "id", "link"})


class Fit:
    """Rows of a file in the form in which an entity is stored; `problem` says why the last one was none."""

    def __init__(self, draft: Draft, entity: Entity, schemas: Schemas) -> None:
        self.problem = ""
        self._entity = entity
        shown = draft.document.schemas[entity.schema]["properties"]
        self._plain = {
            name: shown[name]
            for name, field in entity.fields.items()
            if name != "id" and name in shown and name in entity.blank and not (field.computed or field.mask)
        }
        self._validator = schemas.compile({"type": "object", "properties": self._plain})

    def read(self, row: Data) -> Data | None:
        """The row with every stored field, None when a value does not fit the document. Unknown members go."""
        entity = self._entity
        data = dict(entity.blank)
        for name, field in entity.stored.items():
            if name in row and name in data and name != "id":
                nullable = self._plain.get(name, {}).get("nullable", False)
                data[name] = coerced(field.kind, row[name], None if nullable else data[name])
        for name, blank in entity.blank.items():
            if name not in self._plain and not same_form(data[name], blank):
                self.problem = f"{name} is {str(data[name])[:40]!r}"
                return None
        error = next(self._validator.iter_errors(data), None)
        if error is not None:
            self.problem = f"{'.'.join(map(str, error.instance_path))} {error.message[:100]}"
            return None
        return data


def coerced(kind: str, value: Any, empty: Any) -> Any:
    """A value as it is stored: null is the empty one, numbers may come as texts, flags as 0 and 1."""
    if value is None:
        return empty
    if kind == "bool" and value in (0, 1):
        return bool(value)
    if kind in NUMBERS and isinstance(value, str):
        return parse_number(value)
    return as_text(value) if kind in TEXTS and isinstance(value, (int, float)) else value


def same_form(value: Any, blank: Any) -> bool:
    """Whether a value is of the kind of a blank one; whole numbers and fractions are one kind."""
    forms = (int, float) if type(blank) in (int, float) else type(blank)
    return isinstance(value, forms) and isinstance(value, bool) is isinstance(blank, bool)
