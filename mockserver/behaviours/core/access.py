"""Who may do what with which record (R-AUTH-5, R-AUTH-30, R-WIRE-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.document.model import Entity
    from mockserver.draft import Caller, Draft
    from mockserver.store.table import Data, Record


OPEN = frozenset({"company"})
"""Entities whose records each user of the company may view."""


def unauthorized(rule: str, wanted: str) -> Refused:
    """The service's refusal of a permission."""
    message = "This action is unauthorized."
    return Refused("unauthorized", message, diagnoses=(Diagnosis("header X-API-TOKEN", rule, None, wanted),))


def caller_of(draft: Draft) -> Caller:
    """The caller of a request that needs a token."""
    assert draft.caller is not None
    return draft.caller


def own(caller: Caller, entity: Entity, data: Data) -> bool:
    """Whether the caller created the record, is assigned to it, or is the user that it stands for."""
    if entity.facts.get("caller"):
        return bool(data["id"] == caller.user_id)
    return caller.user_id in (data.get("user_id"), data.get("assigned_user_id"))


def may_touch(draft: Draft, entity: Entity, record: Record, verb: str) -> bool:
    """Whether the caller may view or edit the record."""
    caller = caller_of(draft)
    if entity.stock and not record.company:
        return verb == "view"
    if not draft.reaches(entity, record):
        return False
    if verb == "view" and entity.name in OPEN:
        return True
    return caller.may(verb, entity.permission) or own(caller, entity, record.data)


def require(draft: Draft, entity: Entity, record: Record, verb: str) -> None:
    """Raise Refused when the caller may not `verb` the record; another company's record counts as that (R-AUTH-5)."""
    if not may_touch(draft, entity, record, verb):
        raise unauthorized(
            "R-AUTH-30", f"{verb}_{entity.permission} or {verb}_all, or a record of the caller's company"
        )


def require_create(draft: Draft, entity: Entity) -> None:
    """Raise Refused when the caller may not create records of the entity."""
    caller = draft.caller
    assert caller is not None
    if not caller.admin and not caller.may("create", entity.permission):
        raise unauthorized("R-AUTH-30", f"create_{entity.permission} or create_all")


def require_admin(draft: Draft, rank: str) -> None:
    """Raise Refused unless the caller is an administrator, or the owner when the rank says so."""
    caller = caller_of(draft)
    if not (caller.link["is_owner"] if rank == "owner" else caller.admin):
        raise unauthorized("R-AUTH-30", f"a token of an {rank}")


def visible(draft: Draft, entity: Entity) -> Callable[[Data], bool] | None:
    """Predicate that narrows a list to what the caller may see; None when that is everything."""
    caller = caller_of(draft)
    if entity.facts.get("list_all") or caller.may("view", entity.permission):
        return None
    if any(caller.may(*word.split("_", 1)) for word in entity.facts.get("open_to", ())):
        return None
    return lambda data: own(caller, entity, data)
