"""The installation itself: licence, subdomain, mail server, support, calls of the hosted service (R-EP-15, R-EP-52)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mockserver.answer import Empty, Item, Plain
from mockserver.behaviours.core.access import unauthorized
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.mail.mailing import mail_user
from mockserver.derive.computed import is_mask
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request

SMTP = ("smtp_host", "smtp_port", "smtp_username", "smtp_password")
NO_LICENSE = "Invalid license, or invalid environment selfhost"
LICENSE_REFUSED = (
    "Failed to validate the license, either expired or excessive activations. "
    "Email contact@invoiceninja.com for more information."
)
NO_UPDATES = "this server never calls another one"
UPDATE_REFUSED = "There was a problem reaching the update server, please try again in a little while."


SUPPORT = "contact@invoiceninja.com"


@operation("license_claim")
def license_claim(draft: Draft, request: Request) -> Answer:
    """Refused: there is no licence server that would know a key."""
    message = LICENSE_REFUSED if request.input("license_key") is not None else NO_LICENSE
    hint = "this server is connected to no licence server"
    diagnosis = Diagnosis("/license_key", "R-EP-52", None, "a key that the licence server knows", hint)
    raise Refused("bad_request", body={"message": message, "errors": {}}, diagnoses=(diagnosis,))


@operation("license_check")
def license_check(draft: Draft, request: Request) -> Answer:
    """The installation has no licence key."""
    return Plain({"message": "No license key found"}, status=422)


@operation("subdomain_check")
def subdomain_check(draft: Draft, request: Request) -> Answer:
    """Whether another company has the subdomain, or the service keeps it back; the own one is fine (5.12)."""
    wanted = str(request.input("subdomain") or "")
    own = draft.company["id"]
    taken = any(each["id"] != own for each in draft.find("company", wanted, "subdomain")) if wanted else False
    if taken or wanted in request.operation.facts["with"]["kept"]:
        diagnosis = Diagnosis("/subdomain", "R-EP-52", wanted, "a subdomain that nobody has")
        raise Refused("credentials", "Subdomain is not available", diagnoses=(diagnosis,))
    return Plain({"message": "Domain available"})


@operation("smtp_check")
def smtp_check(draft: Draft, request: Request) -> Answer:
    """Refused: no mail server is ever called. What is left out, or masked, is taken from the company."""
    for name in SMTP:
        if request.body.get(name) in (None, "") or is_mask(str(request.body[name])):
            request.body[name] = draft.company[name] or None
    check_form(draft, request)
    server = f"{request.body['smtp_host']}:{request.body['smtp_port']}"
    diagnosis = Diagnosis("/smtp_host", "R-EP-52", server, "a mail server", "this server never calls another one")
    message = f'Connection could not be established with host "{server}"'
    raise Refused("bad_request", message, diagnoses=(diagnosis,))


@operation("support_message")
def support_message(draft: Draft, request: Request) -> Answer:
    """The message goes to the makers of the service, as far as the outbox."""
    check_form(draft, request)
    mail_user(draft, "support_message", SUPPORT, "Support message", escape(str(request.body.get("message") or "")))
    return Plain({"success": True})


@operation("reactivate_email")
def reactivate_email(draft: Draft, request: Request) -> Answer:
    """Refused: no mail service is connected that would know a bounce."""
    number = request.parameters["bounce_id"]
    diagnosis = Diagnosis("path bounce_id", "R-EP-15", number, "a bounce that a connected mail service knows")
    raise Refused("bad_request", "Bounce ID not found", diagnoses=(diagnosis,))


@operation("hosted_only")
def hosted_only(draft: Draft, request: Request) -> Answer:
    """Nobody knows the secret of the hosted installation, and strangers get an empty answer."""
    return Empty()


@operation("account_update")
def account_update(draft: Draft, request: Request) -> Answer:
    """Choose the web app that opens by default, in the account of the caller."""
    wanted, own = request.parameters["id"], str(draft.company["account_id"])
    if draft.record("account", wanted) is None:
        diagnosis = Diagnosis("path id", "R-WIRE-47", wanted, "the id of an account")
        message = "No query results for model [App\\Models\\Account]."
        raise Refused("not_found", message, diagnoses=(diagnosis,))
    if wanted != own:
        raise unauthorized("R-AUTH-5", "the account of the caller")
    check_form(draft, request)
    draft.patch("account", own, {"set_react_as_default_ap": bool(request.body["set_react_as_default_ap"])})
    return Item("account", own)


@operation("self_update")
def self_update(draft: Draft, request: Request) -> Answer:
    """Refused: no update server is ever called, so there is nothing to install (R-EP-52)."""
    diagnosis = Diagnosis("operation", "R-EP-52", request.operation.id, "an update server", NO_UPDATES)
    raise Refused("gone", UPDATE_REFUSED, diagnoses=(diagnosis,))


@operation("not_in_this_version")
def not_in_this_version(draft: Draft, request: Request) -> Answer:
    """A call that later versions of the service have: this one has no such route."""
    since = request.operation.facts["with"]["since"]
    message = "Route does not exist" if request.method == "GET" else "Method not supported for this route"
    diagnosis = Diagnosis("path", "R-AUTH-12", request.path, f"version {since} or later of the service")
    raise Refused("route", message, diagnoses=(diagnosis,))
