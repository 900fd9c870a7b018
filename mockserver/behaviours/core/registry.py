"""The verbs by name. A name is registered once; the document names it, the loader checks that both sides agree.

operation(draft, request) -> Answer               answers a whole operation
action(draft, entity, data, request) -> Answer | None    acts on one record: bulk, GET action, trigger
hook(draft, entity, data, request) -> None        a step of create, update, delete or restore of one entity
rule(context, argument) -> str | None             one validation rule: the service's message, or None
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Operation = Callable[[Draft, Request], Answer]
    Action = Callable[[Draft, Entity, Data, Request], Answer | None]
    Hook = Callable[[Draft, Entity, Data, Request], None]
    Rule = Callable[[Context, Any], str | None]

F = TypeVar("F")

OPERATIONS: dict[str, Operation] = {}
ACTIONS: dict[str, Action] = {}
HOOKS: dict[str, Hook] = {}
RULES: dict[str, Rule] = {}


def _into(shelf: dict[str, F], kind: str, name: str) -> Callable[[F], F]:
    def keep(function: F) -> F:
        if name in shelf:
            raise ValueError(f"got a second {kind} named {name!r}, wanted one: rename one of them")
        shelf[name] = function
        return function

    return keep


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register the behaviour of an operation."""
    return _into(OPERATIONS, "operation", name)


def action(name: str) -> Callable[[Action], Action]:
    """Register what is done to one record."""
    return _into(ACTIONS, "action", name)


def hook(name: str) -> Callable[[Hook], Hook]:
    """Register an entity's own step of a standard operation."""
    return _into(HOOKS, "hook", name)


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a validation rule."""
    return _into(RULES, "rule", name)


def run_hook(name: str, draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Run the entity's hook of that name, when its facts name one."""
    function = entity.store.get(name)
    if function is not None:
        HOOKS[function](draft, entity, data, request)
