"""The service's validation rules, by the names that the facts use; messages in its words (R-VAL-*).

Each rule sees one value of one field. Empty values pass every rule but the `required` family.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import rule
from mockserver.derive.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

EMAIL = re.compile(r"^[^@\s\"(),:;<>\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]*[A-Za-z0-9])*$")
LOCKED = "This invoice is locked and unable to be modified"


@dataclass(slots=True)
class Context:
    """One value under validation: the field's path, the whole body, and the stored record on an update."""

    draft: Draft
    entity: Entity
    path: str
    value: Any
    body: dict[str, Any]
    stored: Data | None
    siblings: list[Any]

    @property
    def name(self) -> str:
        return self.path.replace("_", " ")

    @property
    def field(self) -> str:
        return self.path.rsplit(".", 1)[-1]

    def sent(self, field: str) -> Any:
        """A field of the body; dots lead into objects."""
        value: Any = self.body
        for step in field.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def other(self, field: str) -> Any:
        """Another field of the body; on updates the stored value stands in for one that was not sent."""
        if "." in field:
            return self.sent(field)
        if field in self.body or self.stored is None:
            return self.body.get(field)
        return self.stored.get(field)


@rule("required")
def required(context: Context, _: Any) -> str | None:
    return f"The {context.name} field is required." if context.value in (None, "", [], {}) else None


@rule("required_with")
def required_with(context: Context, field: str) -> str | None:
    if context.value in (None, "") and context.body.get(field) not in (None, ""):
        return f"The {context.name} field is required when {field.replace('_', ' ')} is present."
    return None


@rule("required_without")
def required_without(context: Context, field: str) -> str | None:
    if context.value in (None, "") and context.body.get(field) in (None, ""):
        return f"The {context.name} field is required when {field.replace('_', ' ')} is not present."
    return None


@rule("required_if")
def required_if(context: Context, wanted: dict[str, Any]) -> str | None:
    if context.value in (None, "") and all(context.sent(field) == value for field, value in wanted.items()):
        field, value = next(iter(wanted.items()))
        return f"The {context.name} field is required when {field.replace('_', ' ')} is {value}."
    return None


@rule("string")
def string(context: Context, _: Any) -> str | None:
    return None if isinstance(context.value, (str, int, float)) else f"The {context.name} must be a string."


@rule("numeric")
def numeric(context: Context, _: Any) -> str | None:
    value = context.value
    good = isinstance(value, (int, float)) and not isinstance(value, bool)
    return None if good else f"The {context.name} must be a number."


@rule("integer")
def integer(context: Context, _: Any) -> str | None:
    return None if re.fullmatch(r"[+-]?\d{1,18}", str(context.value)) else f"The {context.name} must be an integer."


@rule("boolean")
def boolean(context: Context, _: Any) -> str | None:
    good = context.value in (True, False, 1, 0, "1", "0", "true", "false")
    return None if good else f"The {context.name} field must be true or false."


@rule("array")
def array(context: Context, _: Any) -> str | None:
    return None if isinstance(context.value, (list, dict)) else f"The {context.name} must be an array."


@rule("not_list")
def not_list(context: Context, _: Any) -> str | None:
    return f"The {context.name} must be a string." if isinstance(context.value, (list, dict)) else None


@rule("email")
def email(context: Context, _: Any) -> str | None:
    good = isinstance(context.value, str) and EMAIL.match(context.value) is not None
    return None if good else f"The {context.name} must be a valid email address."


@rule("url")
def url(context: Context, _: Any) -> str | None:
    good = isinstance(context.value, str) and re.match(r"^[a-z][a-z0-9+.-]*://[^\s/?#]+", context.value, re.IGNORECASE)
    return None if good else f"The {context.name} must be a valid URL."


@rule("date")
def date(context: Context, _: Any) -> str | None:
    return None if parse_date(str(context.value)) else f"The {context.name} is not a valid date."


@rule("date_format")
def date_format(context: Context, pattern: str) -> str | None:
    """`Y-m-d` is the one pattern that the service asks for."""
    good = isinstance(context.value, str) and parse_date(context.value) == context.value
    return None if good else f"The {context.name} does not match the format {pattern}."


@rule("max")
def maximum(context: Context, limit: float) -> str | None:
    value = context.value
    if isinstance(value, str):
        return f"The {context.name} may not be greater than {limit} characters." if len(value) > limit else None
    if isinstance(value, (int, float)) and value > limit:
        return f"The {context.name} may not be greater than {limit}."
    return None


@rule("max_length")
def max_length(context: Context, limit: int) -> str | None:
    return (
        f"The {context.name} may not be greater than {limit} characters." if len(str(context.value)) > limit else None
    )


@rule("min")
def minimum(context: Context, limit: float) -> str | None:
    value = context.value
    if isinstance(value, str):
        return f"The {context.name} must be at least {limit} characters." if len(value) < limit else None
    if isinstance(value, (int, float)) and value < limit:
        return f"The {context.name} must be at least {limit}."
    return None


@rule("gte")
def gte(context: Context, limit: float) -> str | None:
    value = context.value
    good = isinstance(value, (int, float)) and value >= limit
    return None if good else f"The {context.name} must be greater than or equal {limit}."


@rule("in")
def is_in(context: Context, allowed: list[Any]) -> str | None:
    return None if context.value in allowed else f"The selected {context.name} is invalid."


@rule("not_in")
def not_in(context: Context, refused: list[Any]) -> str | None:
    if str(context.value) not in refused:
        return None
    return LOCKED if context.field == "status_id" else f"The selected {context.name} is invalid."


@rule("stored_not_in")
def stored_not_in(context: Context, refused: list[Any]) -> str | None:
    if context.stored is not None and context.stored[context.field] in refused:
        return LOCKED
    return None


@rule("regex")
def regex(context: Context, pattern: str) -> str | None:
    return None if re.search(pattern, str(context.value)) else f"The {context.name} format is invalid."


@rule("unique")
def unique(context: Context, options: Any) -> str | None:
    """Per company, archived and deleted rows included (R-NUM-10)."""
    but = str(context.stored["id"]) if context.stored is not None else ""
    facts = options if isinstance(options, dict) else {}
    draft, name = context.draft, context.entity.name
    if facts.get("everywhere") or options == "all":
        taken = any(each["id"] != but for each in draft.find(name, context.value, context.field))
    elif facts.get("live"):
        found = [
            each
            for each in draft.find(name, context.value, context.field)
            if not each["archived_at"] and each["id"] != but
        ]
        taken = any(draft.get(name, each["id"]) for each in found)
    else:
        taken = draft.taken(name, context.field, context.value, but=but)
    return f"The {context.name} has already been taken." if taken else None


@rule("exists")
def exists(context: Context, options: Any) -> str | None:
    """A record of the company with that id; `live` wants it not deleted, `match` ties fields of it to the body."""
    facts = options if isinstance(options, dict) else {"exists": options}
    listed = context.value if isinstance(context.value, list) else [context.value]
    good = all(_named(context, facts, each) for each in listed)
    return None if good else f"The selected {context.name} is invalid."


def _named(context: Context, facts: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is the id of a record as the facts of `exists` want it."""
    found = context.draft.get(facts["exists"], value) if isinstance(value, str) else None
    if found is None or (facts.get("live") and found["is_deleted"]):
        return False
    return all(found[own] == context.other(sent) for own, sent in facts.get("match", {}).items())


@rule("exists_static")
def exists_static(context: Context, name: str) -> str | None:
    return (
        None
        if context.draft.document.statics.has(name, str(context.value))
        else f"The selected {context.name} is invalid."
    )


@rule("distinct")
def distinct(context: Context, _: Any) -> str | None:
    return f"The {context.name} field has a duplicate value." if context.siblings.count(context.value) > 1 else None


@rule("same_as_stored")
def same_as_stored(context: Context, _: Any) -> str | None:
    good = context.stored is None or context.stored[context.field] == context.value
    return None if good else f"The selected {context.name} is invalid."


def _dates(context: Context, field: str) -> tuple[str, str] | None:
    mine, other = parse_date(str(context.value)), context.other(field)
    theirs = parse_date(str(other)) if other else None
    return (mine, theirs) if mine and theirs else None


@rule("after")
def after(context: Context, field: str) -> str | None:
    pair = _dates(context, field)
    return (
        f"The {context.name} must be a date after {field.replace('_', ' ')}."
        if pair and not pair[0] > pair[1]
        else None
    )


@rule("after_or_equal")
def after_or_equal(context: Context, field: str) -> str | None:
    pair = _dates(context, field)
    wrong = pair is not None and not pair[0] >= pair[1]
    return f"The {context.name} must be a date after or equal to {field.replace('_', ' ')}." if wrong else None


@rule("before")
def before(context: Context, field: str) -> str | None:
    pair = _dates(context, field)
    return (
        f"The {context.name} must be a date before {field.replace('_', ' ')}."
        if pair and not pair[0] < pair[1]
        else None
    )


@rule("no_project_of_other_client")
def no_project_of_other_client(context: Context, _: Any) -> str | None:
    """R-VAL-4."""
    client = context.other("client_id")
    project = context.draft.get("project", context.value)
    good = project is not None and client and project["client_id"] == client
    return None if good else "Project client does not match entity client"


@rule("e_invoice_section")
def e_invoice_section(context: Context, _: Any) -> str | None:
    """An object whose section `Invoice` is one too; the description of a period is two dates with a bar between."""
    section = context.value.get("Invoice", {}) if isinstance(context.value, dict) else None
    if not isinstance(section, dict):
        return f"The {context.name} must be an array."
    periods = section.get("InvoicePeriod")
    for period in periods if isinstance(periods, list) else ():
        described = period.get("Description") if isinstance(period, dict) else None
        if described and [bool(each.strip()) for each in str(described).split("|")] != [True, True]:
            return "The description of the invoice period must be two dates with a bar between them."
    return None
