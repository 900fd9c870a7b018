"""From input to record: which fields a body may write, and in what form they are stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.derive.dates import datetime_text, parse_date
from mockserver.derive.money import number
from mockserver.derive.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Entity, Field
    from mockserver.store.table import Data

    Form = Callable[[Any], Any]

CLEANED = frozenset({"public_notes", "private_notes", "terms", "footer"})
"""Texts that the service scrubs of script fragments (R-WIRE-50)."""


def _money(value: Any) -> Any:
    kind = value.__class__
    return number(value) if kind is float or kind is int else value


def _date(value: Any) -> Any:
    return parse_date(str(value)) or ""


def _datetime(value: Any) -> Any:
    return datetime_text(str(value)) or ""


def _link(value: Any) -> Any:
    """A hashed id; text that is none ends as no link (R-WIRE-48)."""
    return value if isinstance(value, str) and ids.decode(value) is not None else ""


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, (int, float)) else value


STORED_FORM: Mapping[str, Form] = {
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


def _object(field: Field, value: Any) -> Any:
    """An object as it is kept, without nulls; what is none stays as it is."""
    if not isinstance(value, dict):
        return value
    kept = _without_nulls(value)
    return field.when_empty if not kept and field.when_empty is not None else kept


def form_of(field: Field) -> Form | None:
    """What brings an input value, other than null, to the form that is stored; None when it is kept as it came."""
    if field.kind == "object":
        return partial(_object, field)
    return STORED_FORM.get(field.kind) or (clean_text if field.name in CLEANED else None)


def stored_value(field: Field, value: Any) -> Any:
    """What is kept of an input value; null is the field's empty value (R-WIRE-43)."""
    if value is None:
        return field.default
    form = form_of(field)
    return form(value) if form is not None else value


def written(entity: Entity, verb: str, body: Mapping[str, Any]) -> Data:
    """The fields that the body writes on `create` or `update`; everything else in it is ignored (R-VAL-26)."""
    plan: dict[str, tuple[Form | None, Any]] | None = entity.plans.get(verb)
    if plan is None:
        fields = entity.writes[verb]
        plan = entity.plans[verb] = {name: (form_of(field), field.default) for name, field in fields.items()}
    made = {}
    for name, value in body.items():
        if name in plan:
            form, empty = plan[name]
            made[name] = empty if value is None else value if form is None else form(value)
    return made
