"""What a call carries to be let in, by the document: `securitySchemes` and the `security` of each operation."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mockserver.contract.reading.operations import Operation

UNKNOWN = "0123456789" * 6 + "abcd"
"""A token that nobody has."""
BAD_TOKENS: Mapping[str, str | None] = {"missing": None, "empty": "", "unknown": UNKNOWN}
LOCKED = (401, 403)
"""What a call without a login is answered, where the document does not name one status."""


class Key(NamedTuple):
    """Where a token goes: `place` is header, query or cookie, `form` what is made of it."""

    place: str
    name: str
    form: str = "plain"
    refusal: int = 0
    """Status of the refusal, when the facts of the document name it."""


class Login(NamedTuple):
    """Headers and query parameters of a call; None takes one away."""

    headers: dict[str, str | None]
    query: dict[str, str | None]


def basic(token: str) -> str:
    return f"Basic {b64encode(token.encode()).decode()}"


FORMS: Mapping[str, Callable[[str], str]] = {"plain": str, "bearer": "Bearer {}".format, "basic": basic}


def key_of(scheme: Mapping[str, Any]) -> Key | None:
    """Where the token of a scheme goes; None for a scheme that no token opens."""
    refusal = scheme.get("x-mock", {}).get("refusal", 0)
    kind, form = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    if kind == "apiKey":
        return Key(scheme["in"], scheme["name"], "plain", refusal)
    if kind == "http" and form in ("bearer", "basic"):
        return Key("header", "Authorization", form, refusal)
    return Key("header", "Authorization", "bearer", refusal) if kind in ("oauth2", "openIdConnect") else None


def keys_of(security: Iterable[Mapping[str, Any]], schemes: Mapping[str, Any]) -> tuple[Key, ...]:
    """Where the token goes for one operation: the first of its alternatives that a token opens."""
    for each in security:
        keys = [key_of(schemes[name]) if name in schemes else None for name in each]
        found = [key for key in keys if key is not None]
        if found and len(found) == len(keys):
            return tuple(found)
    return ()


def login(operation: Operation, token: str | None) -> Login:
    """What a call of the operation carries with a token; with None, what takes a token away."""
    headers: dict[str, str | None] = {}
    query: dict[str, str | None] = {}
    for key in operation.keys:
        value = None if token is None else FORMS[key.form](token)
        if key.place == "query":
            query[key.name] = value
        elif key.place == "cookie":
            headers["Cookie"] = None if value is None else f"{key.name}={quote(value, safe='')}"
        else:
            headers[key.name] = value
    return Login(headers, query)


def locked(operation: Operation, kind: str) -> tuple[int, ...]:
    """Statuses that may answer a call with a bad token: the one that the facts name, else the usual ones.

    An empty token may be told to be malformed, where the document knows that answer.
    """
    named = tuple(key.refusal for key in operation.keys if key.refusal)
    return named or (LOCKED if kind != "empty" else (400, *LOCKED))
