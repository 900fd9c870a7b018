"""Runs the rules of an entity over a request body and refuses with all messages at once (R-AUTH-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import RULES
from mockserver.behaviours.core.rules import Context
from mockserver.document.model import IMPLICIT_RULES
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.document.model import Entity, FieldRules
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MISSING = object()
UNSURE: Mapping[str, frozenset[type]] = {}
"""The plan where some rule must always look."""


def invalid(errors: Mapping[str, Any], diagnoses: tuple[Diagnosis, ...] = ()) -> Refused:
    """The 422 of the service; without diagnoses its messages stand in for them."""
    found = diagnoses or tuple(
        Diagnosis(f"/{field.replace('.', '/')}", "validation", None, " ".join(map(str, messages)))
        for field, messages in errors.items()
    )
    return Refused("invalid", "The given data was invalid.", errors=errors, diagnoses=found)


def wrong(field: str, text: str, rule: str, got: Any, wanted: str) -> Refused:
    """The 422 for one field of a form."""
    return invalid({field: [text]}, (Diagnosis(f"/{field}", rule, got, wanted),))


def required(body: Mapping[str, Any], *names: str) -> dict[str, list[str]]:
    """A message for each field that a body lacks."""
    return {name: [f"The {name.replace('_', ' ')} field is required."] for name in names if not body.get(name)}


def validate(draft: Draft, entity: Entity, verb: str, request: Request, stored: Data | None = None) -> None:
    """Check the body of a request.

    Raises Refused with every message: of types, found when the body was read, and of the entity's own rules.
    """
    rules = entity.rules.get(verb, ())
    if request.errors or not passes(entity, verb, rules, request.body):
        validate_by(draft, entity, rules, request, stored)


def passes(entity: Entity, verb: str, rules: Iterable[FieldRules], body: Data) -> bool:
    """Whether a body surely meets rules that are of types only and ask for nothing: what was sent decides then."""
    name = (verb, "passed")
    plan: Mapping[str, frozenset[type]] | None = entity.plans.get(name)
    if plan is None:
        plan = {field.path: field.passed for field in rules}
        plan = plan if all(object in passed for passed in plan.values()) else UNSURE
        entity.plans[name] = plan
    if plan is UNSURE:
        return False
    for sent, value in body.items():
        passed = plan.get(sent)
        if passed is not None and value.__class__ not in passed:
            return False
    return True


def validate_by(
    draft: Draft, entity: Entity, rules: Iterable[FieldRules], request: Request, stored: Data | None = None
) -> None:
    """As `validate`, by rules that an operation of its own brings."""
    body = request.body
    errors = {field: list(messages) for field, messages in request.errors.items()} if request.errors else {}
    diagnoses = [*request.diagnoses]
    context: Context | None = None  # one for all, made when a rule has to look: it keeps nothing of it
    for field in rules:
        plain, own, _, nested, passed = field
        sent = body.get(plain, MISSING)
        if sent.__class__ in passed:
            continue
        found = values_at(body, field) if nested else ((plain, sent, []),)
        for path, value, siblings in found:
            if path in errors:
                continue
            if context is None:
                context = Context(draft, entity, "", None, body, stored, [])
            context.path, context.value, context.siblings = path, None if value is MISSING else value, siblings
            failure = first_failure(context, own, missing=value is MISSING)
            if failure is not None:
                name, message = failure
                errors[path] = [message]
                pointer = "/" + path.replace(".", "/")
                diagnoses.append(Diagnosis(pointer, name, context.value, message, hint_for(context, name)))
    if errors:
        raise invalid(errors, tuple(diagnoses))


def first_failure(
    context: Context, rules: tuple[tuple[str, Any], ...], *, missing: bool = False
) -> tuple[str, str] | None:
    """Name and message of the first rule that refuses the value.

    Empty values only meet the `required` family, and null that was sent also a rule that wants a list (R-VAL-14).
    """
    empty = context.value is None
    for name, argument in rules:
        if name == "unless":
            if any(context.body.get(field) == value for field, value in argument.items()):
                return None
            continue
        if empty and name not in IMPLICIT_RULES and (missing or name != "array" or "." in context.path):
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
    """(path, value, all values of the pattern) for a field inside another; `*` walks a list."""
    if "*" not in field.path:
        return ((field.path, member_at(body, field.path), []),)
    head, _, tail = field.path.partition(".*.")
    rows = body.get(head) if "." not in head else member_at(body, head)
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
