"""Who calls: tokens, locked users, the password of protected routes (R-AUTH-1..5, R-AUTH-20..24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids
from mockserver.clock import stopwatch
from mockserver.draft import Caller
from mockserver.errors import Diagnosis, Refused
from mockserver.request import sent_password

if TYPE_CHECKING:
    from mockserver.request import Request
    from mockserver.store.state import State
    from mockserver.world import World

PASSWORD = ("x-api-password", "x-api-password-base64")
TOKEN_HEADER = "header X-API-TOKEN"


def authenticate(request: Request, world: World, token: str) -> None:
    """Attach the caller to the request. Raises Refused: unknown token, locked or removed user, wrong password."""
    request.caller = caller_for(world, token)
    if request.operation.password:
        check_password(request, world, request.caller)


def caller_for(world: World, token: str) -> Caller:
    """The caller that a token stands for, from memory while nobody has written to what it depends on.

    Raises Refused when the token is none that works.
    """
    tables = world.state.tables
    tokens, users, links = tables.get("tokens"), tables.get("users"), tables.get("company_users")
    kept: tuple[object, object, object, Caller] | None = world.memo.get(("caller", token))
    if kept is None or kept[0] is not tokens or kept[1] is not users or kept[2] is not links:
        kept = (tokens, users, links, found_caller(world.state, token))
        world.remember(("caller", token), kept)
    return kept[3]


def found_caller(state: State, token: str) -> Caller:
    """The caller that a token stands for. Raises Refused when it is none that works."""
    table = state.table("tokens")
    record = (
        next((each for row in table.find(token, "token") if (each := table.get(row)) is not None), None)
        if token
        else None
    )
    if record is None or record.data["archived_at"] or record.data["is_deleted"]:
        hint = "the server says its token when it starts; POST /api/v1/login answers one too"
        raise Refused(
            "token",
            "Invalid token",
            diagnoses=(Diagnosis(TOKEN_HEADER, "R-AUTH-1", masked(token), "a live token", hint),),
        )
    user_row = ids.decode(record.data["user_id"])
    user = None if user_row is None else state.table("users").get(user_row)
    if user is None or user.data["is_deleted"] or user.data["archived_at"]:
        raise Refused(
            "token",
            "User inactive",
            diagnoses=(Diagnosis(TOKEN_HEADER, "R-AUTH-2", masked(token), "the token of a live user"),),
        )
    links = state.table("company_users")
    link = next(
        (
            each.data
            for row in links.find((user.data["id"], record.data["company_id"]), "user_id", "company_id")
            if (each := links.get(row)) is not None
        ),
        None,
    )
    if link is None or link["archived_at"]:
        raise Refused(
            "token",
            "User inactive",
            diagnoses=(Diagnosis(TOKEN_HEADER, "R-AUTH-2", masked(token), "a user of the company"),),
        )
    if link["is_locked"]:
        raise Refused(
            "token",
            "User access locked",
            diagnoses=(Diagnosis(TOKEN_HEADER, "R-AUTH-3", masked(token), "a user who is not locked"),),
        )
    return Caller(record, user, record.company, link)


def masked(token: str) -> str:
    """A token for messages: its first four characters."""
    return f"{token[:4]}..." if token else "nothing"


def check_password(request: Request, world: World, caller: Caller) -> None:
    """Raise Refused unless the caller's password was sent, or confirmed within the company's timeout (R-AUTH-21)."""
    sent = sent_password(request)
    mark = ("password", caller.user.row)
    company = world.state.table("companies").get(caller.company)
    timeout = (company.data["default_password_timeout"] if company is not None else 0) / 1000 or float("inf")
    if sent is None and world.marked_within(mark, timeout):
        world.mark(mark, stopwatch())
        return
    if sent is None or sent != caller.user.data["password"]:
        wanted = "header X-API-PASSWORD (plain) or X-API-PASSWORD-BASE64"
        diagnosis = Diagnosis(
            "header X-API-PASSWORD", "R-AUTH-21", None if sent is None else "another password", wanted
        )
        raise Refused("password", body={"message": "Invalid Password", "errors": {}}, diagnoses=(diagnosis,))
    world.mark(mark, stopwatch())
