"""Runs the rules of an entity over a request body and refuses with all messages at once (R-AUTH-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.registry import RULES
from mockserver.behaviours.rules import Context
from mockserver.document.model import IMPLICIT_RULES
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.document.model import Entity, FieldRules
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MISSING = object()


def invalid(errors: Mapping[str, Any], diagnoses: tuple[Diagnosis, ...] = ()) -> Refused:
    """The 422 of the service; without diagnoses its messages stand in for them."""
    found = diagnoses or tuple(
        Diagnosis(f"/{field.replace('.', '/')}", "validation", None, " ".join(map(str, messages)))
        for field, messages in errors.items()
    )
    return Refused("invalid", "The given data was invalid.", errors=errors, diagnoses=found)


def validate(draft: Draft, entity: Entity, verb: str, request: Request, stored: Data | None = None) -> None:
    """Check the body of a request.

    Raises Refused with every message: of types, found when the body was read, and of the entity's own rules.
    """
    validate_by(draft, entity, entity.rules.get(verb, ()), request, stored)


def validate_by(
    draft: Draft, entity: Entity, rules: Iterable[FieldRules], request: Request, stored: Data | None = None
) -> None:
    """As `validate`, by rules that an operation of its own brings."""
    body = request.body
    errors: dict[str, list[str]] = {field: list(messages) for field, messages in request.errors.items()}
    diagnoses = list(request.diagnoses)
    for field in rules:
        if not field.nested and not field.implicit and body.get(field.path) is None and not null_list(body, field):
            continue
        for path, value, siblings in values_at(body, field):
            if path in errors:
                continue
            context = Context(draft, entity, path, None if value is MISSING else value, body, stored, siblings)
            failure = first_failure(context, field.rules)
            if failure is not None:
                name, message = failure
                errors[path] = [message]
                pointer = "/" + path.replace(".", "/")
                diagnoses.append(Diagnosis(pointer, name, context.value, message, hint_for(context, name)))
    if errors:
        raise invalid(errors, tuple(diagnoses))


def null_list(body: Mapping[str, Any], field: FieldRules) -> bool:
    """Whether a null was sent where a list is wanted: the one type rule that refuses null (R-VAL-14)."""
    return field.rules[0][0] == "array" and field.path in body


def first_failure(context: Context, rules: tuple[tuple[str, Any], ...]) -> tuple[str, str] | None:
    """Name and message of the first rule that refuses the value; empty values only meet the `required` family."""
    empty = context.value is None
    for name, argument in rules:
        if name == "unless":
            if any(context.body.get(field) == value for field, value in argument.items()):
                return None
            continue
        if empty and name not in IMPLICIT_RULES and (name != "array" or "." in context.path):
            continue
        message = RULES[name](context, argument)
        if message is not None:
            return name, message
    return None


def hint_for(context: Context, name: str) -> str:
    """What to do about a failure that is easily misread."""
    if name == "exists" and str(context.value).isdigit():
        return "ids are hashed: send the id text that the API answered, such as VolejRejNm"
    if name == "unique":
        return "leave it out to get the next number"
    return ""


def values_at(body: Mapping[str, Any], field: FieldRules) -> Iterable[tuple[str, Any, list[Any]]]:
    """(path, value, all values of the pattern) for a field; `*` walks a list. A missing plain field is MISSING."""
    if not field.nested:
        return ((field.path, body.get(field.path, MISSING), []),)
    if "*" not in field.path:
        return ((field.path, member_at(body, field.path), []),)
    head, _, tail = field.path.partition(".*.")
    rows = member_at(body, head)
    if not isinstance(rows, list):
        return ()
    values = [row.get(tail, MISSING) if isinstance(row, dict) else MISSING for row in rows]
    return [(f"{head}.{position}.{tail}", value, values) for position, value in enumerate(values)]


def member_at(body: Mapping[str, Any], path: str) -> Any:
    """Member at a dotted path, or MISSING."""
    value: Any = body
    for step in path.split("."):
        if not isinstance(value, dict) or step not in value:
            return MISSING
        value = value[step]
    return value
