"""Users and their place in a company (R-EP-29, R-EP-30, R-LIFE-11, R-BULK-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.answer import Item, Plain
from mockserver.behaviours.accounts.tokens import new_token
from mockserver.behaviours.core.access import caller_of, unauthorized
from mockserver.behaviours.core.registry import action, operation, rule
from mockserver.behaviours.core.validation import invalid, validate
from mockserver.behaviours.core.writing import written
from mockserver.behaviours.mail.mailing import mail_user
from mockserver.behaviours.records.crud import entity_of, record_of
from mockserver.behaviours.records.lifecycle import live
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

OWN_FIELDS = ("settings", "notifications", "react_settings")


def link_of(draft: Draft, user_id: str) -> Data | None:
    """The link between the user and the caller's company."""
    return next(iter(draft.find("company_user", (user_id, draft.company["id"]), "user_id", "company_id")), None)


@rule("attachable_user")
def attachable_user(context: Context, _: Any) -> str | None:
    """The address is free, or belongs to a person of the account who is not in the company yet."""
    draft = context.draft
    for user in draft.find("user", context.value, "email"):
        link = link_of(draft, user["id"])
        if user["account_id"] != draft.company["account_id"] or (link is not None and not link["archived_at"]):
            return f"The {context.name} has already been taken."
    return None


@rule("unique_user")
def unique_user(context: Context, _: Any) -> str | None:
    """A changed address is not registered already."""
    own = context.stored["id"] if context.stored is not None else ""
    taken = any(user["id"] != own for user in context.draft.find("user", context.value, "email"))
    return f"The {context.name} has already been taken." if taken else None


@rule("min_length")
def min_length(context: Context, limit: int) -> str | None:
    return f"The {context.name} must be at least {limit} characters." if len(str(context.value)) < limit else None


@operation("user_create")
def create(draft: Draft, request: Request) -> Answer:
    """Add a person to the company, with a token; an unknown one is created first."""
    entity = entity_of(request)
    validate(draft, entity, "create", request)
    known = next(iter(draft.find("user", request.body["email"], "email")), None)
    if known is None:
        data = draft.blank("user")
        data.update(written(entity, "create", request.body))
        data |= {
            "account_id": draft.company["account_id"],
            "referral_code": draft.text("user", "referral_code", 32),
            "email_verified_at": None,
        }
        known = draft.put("user", data)
        confirm(draft, known)
    else:
        known = draft.patch("user", known["id"], written(entity, "create", request.body))
    attach_user(draft, known, request.body.get("company_user"))
    draft.emit("created", "user", known["id"])
    return Item("user", known["id"])


def confirm(draft: Draft, user: Data) -> None:
    """Ask a person to confirm the address, with a link that nobody can guess."""
    code = draft.world.text(32, "confirm", user["id"], user["email"])
    link = f"{draft.world.base_url}/user/confirm/{code}"
    text = f'<p>Please confirm your e-mail address:</p><p><a href="{link}">{link}</a></p>'
    mail_user(draft, "user_confirmation", user["email"], "Confirm your account", text)


def attach_user(draft: Draft, user: Data, sent: Any) -> None:
    """Link the user to the caller's company with the posted rights; a former link is revived with its tokens."""
    entity = draft.entity("company_user")
    values = written(entity, "create", sent) if isinstance(sent, dict) else {}
    values.pop("is_owner", None)
    link = link_of(draft, user["id"])
    if link is not None:
        draft.patch("company_user", link["id"], {**values, "archived_at": 0})
        revive_tokens(draft, user["id"])
        return
    token = new_token(draft, "Default", user["id"], str(draft.company["id"]), system=True)
    data = draft.blank("company_user")
    data |= {
        **values,
        "user_id": user["id"],
        "company_id": draft.company["id"],
        "account_id": draft.company["account_id"],
        "token_id": token["id"],
    }
    draft.put("company_user", data)


@operation("user_update")
def update(draft: Draft, request: Request) -> Answer:
    """Change the person, and the link to the company when `company_user` was sent."""
    entity, before = entity_of(request), record_of(request)
    if "email" in request.body and request.body["email"] is None:
        request.body["email"] = ""  # an address can't be taken away
    validate(draft, entity, "update", request, before)
    changes = written(entity, "update", request.body)
    if request.body.get("password"):
        changes["password"] = request.body["password"]
    if changes.get("email", before["email"]) != before["email"]:
        changes["email_verified_at"] = None
    draft.patch("user", before["id"], changes)
    sent, link = request.body.get("company_user"), link_of(draft, before["id"])
    if isinstance(sent, dict) and link is not None:
        values = written(draft.entity("company_user"), "update", sent)
        values.pop("is_owner", None)
        draft.patch("company_user", link["id"], values)
    draft.emit("updated", "user", before["id"])
    return Item("user", before["id"])


@operation("user_detach")
def detach(draft: Draft, request: Request) -> Answer:
    """Take the user out of the company with the user's tokens for it; an owner stays."""
    data = record_of(request)
    link = link_of(draft, data["id"])
    if link is not None and link["is_owner"]:
        diagnosis = Diagnosis("path id", "owner", data["id"], "a user who does not own the company")
        raise Refused("unauthorized", body=["message", "Cannot detach owner."], diagnoses=(diagnosis,))
    drop_link(draft, data["id"], link)
    return Plain({"message": "User detached from company"})


def drop_link(draft: Draft, user_id: str, link: Data | None) -> None:
    """Archive the link and mark the user's tokens for the company as deleted."""
    if link is not None:
        draft.patch("company_user", link["id"], {"archived_at": draft.now})
    for token in draft.find("company_token", (user_id, draft.company["id"]), "user_id", "company_id"):
        draft.patch("company_token", token["id"], {"archived_at": draft.now, "is_deleted": True})


@action("user_delete")
def delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: mark the user as deleted and take away link and tokens."""
    drop_link(draft, data["id"], link_of(draft, data["id"]))
    draft.patch("user", data["id"], {"archived_at": data["archived_at"] or draft.now, "is_deleted": True})
    draft.emit("deleted", "user", data["id"])


@action("user_restore")
def restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: bring back the user, the link and its tokens."""
    draft.patch("user", data["id"], live(entity))
    link = link_of(draft, data["id"])
    if link is not None:
        draft.patch("company_user", link["id"], {"archived_at": 0})
    revive_tokens(draft, data["id"])
    draft.emit("restored", "user", data["id"])


def revive_tokens(draft: Draft, user_id: str) -> None:
    """Bring back the user's tokens for the company."""
    for token in draft.find("company_token", (user_id, draft.company["id"]), "user_id", "company_id"):
        draft.patch("company_token", token["id"], {"archived_at": 0, "is_deleted": False})


@operation("user_invite")
def invite(draft: Draft, request: Request) -> Answer:
    """The confirmation e-mail goes out again."""
    confirm(draft, record_of(request))
    return Plain({"message": "The confirmation email was resent"})


@operation("user_disconnect")
def disconnect(draft: Draft, request: Request) -> Answer:
    """Forget the connected mailbox, or the sign-in service."""
    data = record_of(request)
    changes: dict[str, Any] = {"oauth_user_token": ""}
    if request.operation.facts["with"]["what"] == "oauth":
        changes["oauth_provider_id"] = ""
    draft.patch("user", data["id"], changes)
    return Item("user", data["id"])


def linked(draft: Draft, request: Request) -> Data:
    """The link that a company_users path names by its user. Raises Refused when there is none."""
    link = link_of(draft, request.parameters["id"])
    if link is None:
        diagnosis = Diagnosis("path id", "R-EP-29", request.parameters["id"], "the id of a user of the company")
        raise Refused("not_found", "No query results for model [App\\Models\\CompanyUser].", diagnoses=(diagnosis,))
    caller = caller_of(draft)
    if not caller.admin and link["user_id"] != caller.user_id:
        raise unauthorized("R-EP-29", "an administrator, or the user's own link")
    return link


@operation("company_user_update")
def update_link(draft: Draft, request: Request) -> Answer:
    """Administrators set everything, other users only their own settings."""
    link = linked(draft, request)
    sent = request.body.get("company_user")
    if not isinstance(sent, dict):
        raise invalid({"company_user": ["The company user field is required."]})
    values = written(draft.entity("company_user"), "update", sent)
    if not caller_of(draft).admin:
        values = {name: value for name, value in values.items() if name in OWN_FIELDS}
    if "permissions" in values:
        values["permissions_updated_at"] = draft.now
    draft.patch("company_user", link["id"], values)
    return Item("company_user", link["id"])


@operation("company_user_preferences")
def preferences(draft: Draft, request: Request) -> Answer:
    """Keep the settings of the web app; answers the user."""
    link = linked(draft, request)
    sent = request.body.get("react_settings")
    if not sent or not isinstance(sent, dict):
        raise invalid({"react_settings": ["The react settings field is required."]})
    draft.patch("company_user", link["id"], {"react_settings": sent})
    assert ids.decode(link["user_id"]) is not None
    return Item("user", link["user_id"])
