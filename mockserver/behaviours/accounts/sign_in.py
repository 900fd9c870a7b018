"""What surrounds a login: sign-up, other services, passwords, one-time tokens (R-AUTH-24..29, R-EP-32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.answer import Items, Plain
from mockserver.behaviours.accounts.auth import check_secret, first_load, person_of, signed_in
from mockserver.behaviours.accounts.companies import default_settings, owned_by
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation, rule
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.mail.mailing import mail_user
from mockserver.errors import Diagnosis, Refused
from mockserver.request import sent_password

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

RESET_PAUSE = 60
"""Seconds before a further link is sent to the same user."""
KEY_LENGTH = 32
UTM = ("utm_source", "utm_medium", "utm_term", "utm_content")


@rule("new_user")
def new_user(context: Context, _: Any) -> str | None:
    """Nobody in any account has the address."""
    taken = context.draft.find("user", context.value, "email")
    return f"The {context.name} has already been taken." if taken else None


@operation("sign_up")
def sign_up(draft: Draft, request: Request) -> Answer:
    """An account with its first company and the person as its owner; answers what a login answers."""
    check_secret(draft, request)
    check_form(draft, request)
    body = request.body
    row = draft.next_row("company")
    draft.company_row = row
    company_id = ids.encode(row)
    account = draft.put(
        "account",
        {
            **draft.blank("account"),
            "key": draft.text("account", "key", KEY_LENGTH),
            "default_company_id": company_id,
            **{name: str(body.get(name) or "") for name in UTM},
        },
    )
    company_key = draft.text("company", "company_key", KEY_LENGTH)
    settings = {**default_settings(draft), "name": "Untitled Company"}
    company = {**draft.blank("company"), "account_id": account["id"], "company_key": company_key, "settings": settings}
    company = draft.put("company", company)
    user = draft.put("user", {**draft.blank("user"), **person(draft, body), "account_id": account["id"]})
    link = owned_by(draft, company, user["id"], "Login")
    draft.caller = signed_in(draft, user)
    return Items("company_user", [int(ids.decode(link["id"]) or 0)], first_load(company, ""))


def person(draft: Draft, body: Data) -> Data:
    """Fields of a user who signs up; the address waits for its confirmation."""
    return {
        "first_name": str(body.get("first_name") or ""),
        "last_name": str(body.get("last_name") or ""),
        "email": str(body["email"]),
        "password": str(body["password"]),
        "email_verified_at": None,
        "referral_code": draft.text("user", "referral_code", KEY_LENGTH),
    }


@operation("sign_up_protection")
def sign_up_protection(draft: Draft, request: Request) -> Answer:
    """Nothing: the bot protection in front of the hosted service looks at the call, not at the answer."""
    return Plain({})


def unsupported(draft: Draft, request: Request) -> Refused:
    """No sign-in service is connected here: an unknown one is refused, a known one does not know its token."""
    name, known = request.input("provider"), request.operation.facts["with"]["providers"]
    if name not in known:
        diagnosis = Diagnosis("/provider", "R-AUTH-28", name, f"one of {', '.join(known)}")
        return Refused("bad_request", "Provider not supported", diagnoses=(diagnosis,))
    diagnosis = Diagnosis("/provider", "R-AUTH-28", name, "a connected service", "this server is connected to none")
    return Refused("credentials", "These credentials do not match our records", diagnoses=(diagnosis,))


@operation("login_with_provider")
def login_with_provider(draft: Draft, request: Request) -> Answer:
    """Refused: there is no sign-in service that could vouch for anybody."""
    check_secret(draft, request)
    raise unsupported(draft, request)


@operation("connect_account")
def connect_account(draft: Draft, request: Request) -> Answer:
    """Refused: no access token, or one that no connected service knows (R-EP-52)."""
    if request.input("access_token") is None and request.input("id_token") is None:
        diagnosis = Diagnosis("/access_token", "R-EP-52", None, "the access token of the sign-in service")
        raise Refused("bad_request", "Provider not supported", diagnoses=(diagnosis,))
    raise unsupported(draft, request)


@operation("password_reset")
def password_reset(draft: Draft, request: Request) -> Answer:
    """A link would go to a known address; 201 says so (R-AUTH-29)."""
    check_secret(draft, request)
    if not request.body.get("email"):
        raise invalid({"email": ["The email field is required."]})
    user = person_of(draft, str(request.body["email"]))
    if user is None:
        diagnosis = Diagnosis("/email", "R-AUTH-29", request.body["email"], "the address of a user")
        raise Refused("credentials", body={"message": "Email not found", "status": False}, diagnoses=(diagnosis,))
    if draft.world.seen_within(("reset_password", user["id"]), RESET_PAUSE):
        diagnosis = Diagnosis("/email", "R-AUTH-29", user["email"], f"one request in {RESET_PAUSE} seconds")
        body = {"message": "Please wait before retrying.", "status": False}
        raise Refused("throttled", body=body, diagnoses=(diagnosis,))
    link = f"{draft.world.base_url}/password/reset/{draft.world.text(64, 'reset', user['id'], draft.now)}"
    text = f'<p>Set a new password here:</p><p><a href="{link}">{link}</a></p>'
    mail_user(draft, "password_reset", user["email"], "Reset your password", text)
    return Plain({"message": "Reset link sent to your email.", "status": True}, status=201)


@operation("password_timeout")
def password_timeout(draft: Draft, request: Request) -> Answer:
    """Whether the password is confirmed, by this call or within the time of the company (R-AUTH-22, R-AUTH-24)."""
    caller = caller_of(draft)
    mark = ("password", caller.user.row)
    header = sent_password(request)
    sent = header if header is not None else request.body.get("password")
    timeout = draft.company["default_password_timeout"] / 1000 or float("inf")
    if sent is None and draft.world.marked_within(mark, timeout):
        return Plain({"message": "Password is valid"})
    if sent is None or sent != caller.user.data["password"]:
        diagnosis = Diagnosis("/password", "R-AUTH-24", None, "the password of the caller")
        raise Refused("password", "Invalid Password", diagnoses=(diagnosis,))
    draft.world.mark_now(mark)
    return Plain({"message": "Password is valid"})


@operation("one_time_token")
def one_time_token(draft: Draft, request: Request) -> Answer:
    """A text of 64 letters, another one each time (R-EP-32)."""
    check_form(draft, request)
    world = draft.world
    made = world.text(64, "one_time_token", caller_of(draft).user_id, draft.now, draft.state.version, len(world.marks))
    world.mark_now(("one_time_token", made))
    return Plain({"hash": made})
