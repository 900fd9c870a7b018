"""The names that join facts and verbs: one that joins nothing stops the load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import ACTIONS, HOOKS, OPERATIONS, RULES
from mockserver.derive.computed import COMPUTED
from mockserver.errors import StartError
from mockserver.store.query import MATCHERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.document.model import Document

SPECIAL_RULES = frozenset({"unless"})
SPECIAL_MATCHERS = frozenset({"with"})


def check_agreement(document: Document) -> None:
    """Raise StartError when the facts name what is not written, or something is written that no fact names."""
    routed = [
        entity
        for entity in document.entities.values()
        if any(op.entity is entity for op in document.operations.values())
    ]
    entities = {include.entity for entity in document.entities.values() for include in entity.includes.values()}
    hooks = {name for entity in routed for name in entity.store.values()}
    rules = [rule for entity in routed for verb in entity.rules.values() for field in verb for rule in field.rules]
    targets = {facts["exists"] if isinstance(facts, dict) else facts for name, facts in rules if name == "exists"}
    matchers = {facts["match"] for entity in routed for facts in entity.filters.values()}
    computed = {
        name
        for entity in document.entities.values()
        for field in entity.fields.values()
        for name in (field.computed, field.mask)
        if name
    }
    actions = {
        name for entity in routed for table in (entity.bulk, entity.actions, entity.triggers) for name in table.values()
    }
    actions |= {answer["action"] for entity in routed for answer in entity.facts.get("portal", {}).values()}
    operations = {operation.behaviour for operation in document.operations.values()}
    problems = [
        *unknown("operation", operations, OPERATIONS),
        *unknown("action", actions, ACTIONS),
        *unknown("entity", entities | targets, document.entities),
        *unknown("hook", hooks, HOOKS),
        *unknown("rule", {name for name, _ in rules} - SPECIAL_RULES, RULES),
        *unknown("matcher", matchers - SPECIAL_MATCHERS, MATCHERS),
        *unknown("computed field", computed, COMPUTED),
        *unused("operation", OPERATIONS, operations),
        *unused("action", ACTIONS, actions),
        *unused("hook", HOOKS, hooks),
    ]
    if problems:
        raise StartError(
            "The document and the behaviours do not agree: "
            + "; ".join(problems)
            + ". Mend the name, or write the function."
        )


def unknown(kind: str, named: Iterable[str], known: Iterable[str]) -> list[str]:
    """Names of the facts that have no function."""
    return [f"the document names the {kind} {name!r}, which is not written" for name in sorted(set(named) - set(known))]


def unused(kind: str, written: Iterable[str], named: Iterable[str]) -> list[str]:
    """Functions that the document does not name."""
    return [
        f"the {kind} {name!r} is written, but the document does not name it"
        for name in sorted(set(written) - set(named))
    ]
