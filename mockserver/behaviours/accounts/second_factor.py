"""One-time codes, and telephone numbers without a connected message service (R-EP-33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item, Plain
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation, rule
from mockserver.derive import totp
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ISSUER = "Invoice Ninja"
SECRET_LENGTH = 16
NO_SERVICE = "this server is connected to no message service, so no code is ever sent"


def refused(message: str, wanted: str, hint: str = "") -> Refused:
    """A 400 with the service's text."""
    return Refused("bad_request", message, diagnoses=(Diagnosis("operation", "R-EP-33", None, wanted, hint),))


def check_address(user: Data) -> None:
    """Raise Refused for a user whose address is not confirmed."""
    if not user["email_verified_at"]:
        message = "Please verify your email address before verifying your phone number"
        raise refused(message, "a user with a confirmed address")


@rule("exists_user")
def exists_user(context: Context, field: str) -> str | None:
    """Some user, of whatever account, has the value."""
    found = context.draft.find("user", context.value, field)
    return None if found else f"The selected {context.name} is invalid."


@operation("two_factor_setup")
def setup(draft: Draft, request: Request) -> Answer:
    """A secret that is stored nowhere yet; refused for users who may not have one."""
    user = caller_of(draft).user.data
    if user["google_2fa_secret"]:
        raise refused("2FA already enabled", "a user without one-time codes")
    if not user["phone"]:
        raise refused("Set your mobile phone number as a backup to enable.", "a user with a telephone number")
    if not user["email_verified_at"]:
        raise refused("Please confirm your account first", "a user with a confirmed address")
    made = draft.world.text(SECRET_LENGTH, "two_factor", user["id"], draft.now)
    secret = totp.base32(made)
    return Plain({"data": {"secret": secret, "qrCode": totp.address(secret, user["email"], ISSUER)}})


@operation("two_factor_enable")
def enable(draft: Draft, request: Request) -> Answer:
    """Store the secret when the code fits it."""
    check_form(draft, request)
    user = caller_of(draft).user.data
    secret, sent = str(request.body["secret"]), str(request.body["one_time_password"])
    if not totp.fits(secret, sent, draft.now):
        raise refused("Invalid one time password", "the code that belongs to the secret at this moment")
    if not user["phone"] or not user["email_verified_at"]:
        raise refused(
            "No phone record or user is not confirmed", "a user with a telephone number and a confirmed address"
        )
    draft.patch("user", user["id"], {"google_2fa_secret": secret})
    return Plain({"message": "Successfully enabled Two-Factor Authentication"})


@operation("two_factor_disable")
def disable(draft: Draft, request: Request) -> Answer:
    """Forget the secret of the caller."""
    user_id = caller_of(draft).user_id
    draft.patch("user", user_id, {"google_2fa_secret": False})
    return Item("user", user_id)


@operation("phone_code")
def phone_code(draft: Draft, request: Request) -> Answer:
    """Refused: nothing can be sent."""
    check_form(draft, request)
    check_address(caller_of(draft).user.data)
    message = "Invalid phone number please use + country code + number ie. +15552343334"
    raise refused(message, "a connected message service", NO_SERVICE)


@operation("phone_confirm")
def phone_confirm(draft: Draft, request: Request) -> Answer:
    """Refused: no code was ever sent."""
    check_form(draft, request)
    raise refused("SMS not verified", "a code that was sent", NO_SERVICE)


@operation("two_factor_reset")
def reset(draft: Draft, request: Request) -> Answer:
    """Refused: the user can't get a code, or nothing can be sent."""
    check_form(draft, request)
    user: Data = draft.find("user", request.body["email"], "email")[0]
    check_address(user)
    if not user["first_name"] or not user["last_name"]:
        message = "Please update your first and/or last name in the User Details before verifying your number."
        raise refused(message, "a user with a first and a last name")
    if not user["phone"]:
        message = "User found, but no valid phone number on file, please contact support."
        raise refused(message, "a user with a telephone number")
    message = "Invalid phone number on file, we are unable to reset. Please contact support."
    raise refused(message, "a connected message service", NO_SERVICE)


@operation("two_factor_reset_confirm")
def reset_confirm(draft: Draft, request: Request) -> Answer:
    """Refused: no code was ever sent."""
    check_form(draft, request)
    raise refused("SMS not verified.", "a code that was sent", NO_SERVICE)
