"""Operations of no record: the rules that the document puts beside them, checked over the body and the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.validation import validate
from mockserver.document.load import rules_of
from mockserver.document.model import Entity

if TYPE_CHECKING:
    from mockserver.document.model import Operation
    from mockserver.draft import Draft
    from mockserver.request import Request

VERB = "send"


def form_of(operation: Operation) -> Entity:
    """The rules under `with` of an operation, as an entity without fields that nothing is stored of."""
    rules = rules_of(operation.facts.get("with", {}).get("rules", {}))
    return Entity(operation.id, operation.id, "", operation.id, {}, {}, {}, rules={VERB: rules})


def check_form(draft: Draft, request: Request) -> None:
    """Raise Refused, with all messages, when the input breaks the rules of its operation.

    The query counts where the body lacks a field, because the service merges both.
    """
    form = form_of(request.operation)
    for field in form.rules[VERB]:
        if field.path not in request.body and field.path in request.query:
            request.body[field.path] = request.query[field.path]
    validate(draft, form, VERB, request)
