"""Payment links: the steps of a purchase, and invoices that are linked to one (R-EP-37, R-BULK-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Plain
from mockserver.behaviours.core.registry import action, operation, rule
from mockserver.behaviours.core.validation import invalid

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

STEPS = ("auth.login", "auth.login-or-register", "auth.register", "cart")
"""Steps of a purchase; none of them needs another one before it."""


def steps_problem(text: str) -> str:
    """What is wrong with the steps of a purchase, or empty text."""
    steps = [step.strip() for step in text.split(",") if step.strip()]
    if any(step not in STEPS for step in steps):
        return "The selected steps is invalid."
    if not any(step.startswith("auth.") for step in steps):
        return "You must include at least one of the authentication methods."
    return ""


@rule("purchase_steps")
def purchase_steps(context: Context, _: Any) -> str | None:
    return steps_problem(str(context.value)) or None


@rule("exists_chosen")
def exists_chosen(context: Context, _: Any) -> str | None:
    """A record of the kind that `entity` of the body names."""
    kind = str(context.body.get("entity") or "")
    known = kind in ("invoice", "recurring_invoice") and context.draft.get(kind, str(context.value)) is not None
    return None if known else f"The selected {context.name} is invalid."


@operation("subscription_steps")
def subscription_steps(draft: Draft, request: Request) -> Answer:
    """All steps as a bare list."""
    return Plain([{"id": step, "dependencies": []} for step in STEPS])


@operation("subscription_steps_check")
def subscription_steps_check(draft: Draft, request: Request) -> Answer:
    """An empty list for steps that form a purchase."""
    sent = request.body.get("steps")
    problem = steps_problem(str(sent)) if sent else "The steps field is required."
    if problem:
        raise invalid({"steps": [problem]})
    return Plain([])


@action("subscription_assign_invoice")
def subscription_assign_invoice(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: link the invoice or recurring invoice of `entity` and `entity_id`."""
    kind, hashed = str(request.input("entity") or ""), str(request.input("entity_id") or "")
    if kind in ("invoice", "recurring_invoice") and draft.get(kind, hashed) is not None:
        draft.patch(kind, hashed, {"subscription_id": data["id"]})
