"""From input to record: which fields a body may write, and in what form they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.derive.dates import datetime_text, parse_date
from mockserver.derive.money import number
from mockserver.derive.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Entity, Field
    from mockserver.store.table import Data

CLEANED = frozenset({"public_notes", "private_notes", "terms", "footer"})
"""Texts that the service scrubs of script fragments (R-WIRE-50)."""


def _money(value: Any) -> Any:
    return number(value) if value.__class__ is int or value.__class__ is float else value


def _date(value: Any) -> Any:
    return parse_date(str(value)) or ""


def _datetime(value: Any) -> Any:
    return datetime_text(str(value)) or ""


def _link(value: Any) -> Any:
    """A hashed id; text that is none ends as no link (R-WIRE-48)."""
    return value if isinstance(value, str) and ids.decode(value) is not None else ""


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, (int, float)) else value


STORED_FORM: Mapping[str, Callable[[Any], Any]] = {
    "money": _money,
    "rate": _money,
    "number": _money,
    "integer": _integer,
    "date": _date,
    "datetime": _datetime,
    "bool": bool,
    "link": _link,
}


def _without_nulls(value: dict[str, Any]) -> dict[str, Any]:
    """An object without its null members, at every depth."""
    return {
        name: _without_nulls(each) if isinstance(each, dict) else each
        for name, each in value.items()
        if each is not None
    }


def stored_value(field: Field, value: Any) -> Any:
    """What is kept of an input value; null is the field's empty value (R-WIRE-43)."""
    if value is None:
        return field.default
    if isinstance(value, dict) and field.kind == "object":
        kept = _without_nulls(value)
        return field.when_empty if not kept and field.when_empty is not None else kept
    form = STORED_FORM.get(field.kind)
    if form is not None:
        return form(value)
    return clean_text(value) if field.name in CLEANED else value


def written(entity: Entity, verb: str, body: Mapping[str, Any]) -> Data:
    """The fields that the body writes on `create` or `update`; everything else in it is ignored (R-VAL-26)."""
    fields = entity.writes[verb]
    return {name: stored_value(fields[name], value) for name, value in body.items() if name in fields}
