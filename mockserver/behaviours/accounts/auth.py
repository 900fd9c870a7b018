"""Login, refresh and logout (R-AUTH-25..27, R-WIRE-39, R-WIRE-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids
from mockserver.answer import Items, Plain
from mockserver.behaviours.accounts.tokens import LENGTH, new_token
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid, required
from mockserver.derive import totp
from mockserver.derive.dates import moment
from mockserver.draft import Caller
from mockserver.errors import Diagnosis, Refused
from mockserver.limits import Limit

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MINI = (
    "users", "account", "activities", "tax_rates", "documents", "company_gateways", "task_statuses", "payment_terms",
    "groups", "designs", "expense_categories", "subscriptions", "bank_integrations", "bank_transaction_rules",
    "task_schedulers", "locations",
)  # fmt: skip
"""What of a company comes with each login."""
COLLECTIONS = (
    *MINI, "clients", "credits", "expenses", "invoices", "purchase_orders", "products", "payments", "projects",
    "recurring_expenses", "recurring_invoices", "quotes", "tasks", "tokens_hashed", "vendors", "webhooks",
    "system_logs", "bank_transactions",
)  # fmt: skip
"""What comes besides, unless the company is flagged is_large."""


def first_load(company: Data, since: str) -> str:
    """Include paths of a login: the large tree, or the small one for a company flagged is_large."""
    small = company["is_large"] and not since
    nested = ",".join(f"company.{name}" for name in (MINI if small else COLLECTIONS))
    return f"account,user.company_user,token,{nested}"


def check_secret(draft: Draft, request: Request) -> None:
    """Raise Refused when the installation has a secret and the call lacks it (R-AUTH-6)."""
    secret = draft.world.identity.api_secret
    if secret and request.headers.get("x-api-secret", "") != secret:
        diagnosis = Diagnosis("header X-API-SECRET", "R-AUTH-6", None, "the secret of this installation")
        raise Refused("forbidden", body={"message": "Invalid secret", "errors": {}}, diagnoses=(diagnosis,))


def person_of(draft: Draft, email: str) -> Data | None:
    """The user with the address, who is neither archived nor deleted."""
    found = draft.find("user", email, "email")
    return next((each for each in found if not each["is_deleted"] and not each["archived_at"]), None)


@operation("login")
def login(draft: Draft, request: Request) -> Answer:
    """One company user for each company of the person; a missing system token is made.

    The password counts as confirmed from now on (R-AUTH-21).
    """
    check_secret(draft, request)
    errors = required(request.body, "email", "password")
    if errors or request.errors:
        raise invalid({**errors, **request.errors}, request.diagnoses)
    email, password = str(request.body["email"]), str(request.body["password"])
    user = person_of(draft, email)
    refuse_tries(draft, request, email)
    if user is None or user["password"] != password:
        count_try(draft, request, email)
        hint = "the server says its login when it starts"
        diagnosis = Diagnosis("/email", "R-AUTH-25", email, "address and password of a user", hint)
        raise Refused("credentials", "These credentials do not match our records", diagnoses=(diagnosis,))
    check_one_time_password(draft, user, request)
    draft.patch("user", user["id"], {"last_login": draft.now}, touch=False)
    draft.world.mark_now(("password", ids.decode(user["id"])))
    answer = company_users(draft, user, "", only="")
    draft.caller = signed_in(draft, user)
    return answer


TRIES = Limit(5, 60)
"""Failed logins of an address with one e-mail address, where rate limits are on."""


def refuse_tries(draft: Draft, request: Request, email: str) -> None:
    """Raise Refused while too many tries of the last minute have failed (R-AUTH-25)."""
    world = draft.world
    if world.limits is not None and world.calls.look(tries_of(request, email), TRIES, draft.now).refused:
        diagnosis = Diagnosis("/email", "R-AUTH-25", email, f"{TRIES.calls} failed tries in {TRIES.seconds} s at most")
        raise Refused("credentials", "Too many login attempts, you are being throttled", diagnoses=(diagnosis,))


def count_try(draft: Draft, request: Request, email: str) -> None:
    """Note a login that failed."""
    if draft.world.limits is not None:
        draft.world.calls.take(tries_of(request, email), TRIES, draft.now)


def tries_of(request: Request, email: str) -> tuple[str, str, str]:
    """What tries are counted by."""
    return "tries", email.lower(), request.remote


def check_one_time_password(draft: Draft, user: Data, request: Request) -> None:
    """Raise Refused when the user signs in with one-time codes and the call lacks the present one (R-AUTH-25)."""
    secret, sent = user["google_2fa_secret"], str(request.body.get("one_time_password") or "")
    if isinstance(secret, str) and secret and not totp.fits(secret, sent, draft.now):
        diagnosis = Diagnosis("/one_time_password", "R-AUTH-25", None, "the code that the user's app shows now")
        raise Refused("credentials", "Invalid one time password", diagnoses=(diagnosis,))


def signed_in(draft: Draft, user: Data) -> Caller | None:
    """The person as a caller of the company that a login opens first; the answer is seen from there."""
    account = draft.record("account", user["account_id"])
    company = account.data["default_company_id"] if account is not None else ""
    for link in draft.find("company_user", (user["id"], company), "user_id", "company_id"):
        token, person = draft.record("company_token", link["token_id"]), draft.record("user", user["id"])
        if token is not None and person is not None:
            return Caller(token, person, token.company, link)
    return None


@operation("refresh")
def refresh(draft: Draft, request: Request) -> Answer:
    """What a login answers, for the user of the token; `current_company=true` narrows it to the token's company."""
    user = caller_of(draft).user.data
    only = str(draft.company["id"]) if request.query.get("current_company") == "true" else ""
    return company_users(draft, user, request.query.get("updated_at", ""), only=only)


def company_users(draft: Draft, user: Data, since: str, *, only: str) -> Answer:
    """The links between the user and the companies, with the first-load tree."""
    links = [
        each
        for each in draft.find("company_user", user["id"], "user_id")
        if not each["archived_at"] and not each["is_locked"]
    ]
    links = [each for each in links if only in ("", each["company_id"])]
    if not links:
        text = "User found, but not attached to any companies, please see your administrator"
        hint = "archived and locked links to a company do not count: add the user to one, or restore the link"
        diagnosis = Diagnosis("/email", "R-AUTH-25", user["email"], "a user of a company", hint)
        raise Refused("bad_request", text, diagnoses=(diagnosis,))
    tree = ""
    for link in links:
        company = draft.record("company", link["company_id"])
        if company is None:
            continue
        token = draft.record("company_token", link["token_id"]) if link["token_id"] else None
        if token is None or token.data["archived_at"]:
            made = new_token(draft, "Login", user["id"], link["company_id"], system=True)
            draft.patch("company_user", link["id"], {"token_id": made["id"]}, touch=False)
        tree = tree or first_load(company.data, since)
    rows = [row for each in links if (row := ids.decode(each["id"])) is not None]
    changed = moment(since, now=draft.now) if since else None
    return Items("company_user", rows, tree, since=changed or 0)


@operation("logout")
def logout(draft: Draft, request: Request) -> Answer:
    """New texts for the tokens that logins made for the company; the token of the call, too, when it is one."""
    for record in draft.table("company_token").records(draft.company_row):
        if record.data["is_system"]:
            text = draft.world.text(LENGTH, "tokens", record.row, "token", draft.now, draft.state.version)
            draft.patch("company_token", record.data["id"], {"token": text})
    return Plain({"message": "All tokens deleted"})
