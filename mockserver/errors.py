"""Why a request is refused, as facts; the HTTP shape of a refusal is made in `respond`.

Refused                 the service's own refusals; `reason` is a key of REASONS
ContractBreach          a response of ours that its own document does not allow (a fault of the mock)
StartError              the server can't start; the command line prints the text and ends with 2
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REASONS: Mapping[str, int] = {
    "bad_request": 400,
    "malformed": 400,
    "not_found": 400,
    "deleted": 400,
    "duplicate": 400,
    "credentials": 401,
    "unauthorized": 401,
    "token": 403,
    "forbidden": 403,
    "route": 404,
    "gone": 410,
    "password": 412,
    "too_large": 413,
    "invalid": 422,
    "throttled": 429,
    "too_many": 429,
    "headers_too_large": 431,
}
"""Reason of a refusal -> status that a client sees when it asked for JSON (R-AUTH-7..16)."""


def pointer(steps: Iterable[object]) -> str:
    """The JSON pointer of a place in a body."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


class Diagnosis(NamedTuple):
    """For people and tools, sent beside the body: where it went wrong, by which rule, what came, what was wanted."""

    where: str
    rule: str
    got: Any = None
    wanted: str = ""
    hint: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Compact form: empty members are left out, long values are cut to 80 characters."""
        plain = isinstance(self.got, (bool, float)) or (isinstance(self.got, int) and abs(self.got) < 1 << 63)
        got = self.got if plain or self.got is None else str(self.got)[:80]
        members = {"where": self.where, "rule": self.rule, "got": got, "wanted": self.wanted, "hint": self.hint}
        return {key: value for key, value in members.items() if value not in ("", None)}


class Refused(Exception):
    """A request that the service answers with an error.

    `errors` maps a field (dots for nesting) to its messages; with reason `invalid` it becomes the 422 body.
    `body` replaces the usual `{"message": ...}` where the service answers with another shape (R-AUTH-16).
    """

    def __init__(
        self,
        reason: str,
        message: str = "",
        *,
        errors: Mapping[str, Any] | None = None,
        body: Any = None,
        diagnoses: tuple[Diagnosis, ...] = (),
    ) -> None:
        super().__init__(message or reason)
        self.reason = reason
        self.message = message
        self.errors = errors
        self.body = body
        self.diagnoses = diagnoses
        self.headers: Mapping[str, str] = {}
        """What a middleware adds to the answer."""

    @property
    def status(self) -> int:
        return REASONS[self.reason]


class ContractBreach(Exception):
    """A response that the document does not allow; nothing of its request is kept."""

    def __init__(self, operation: str, status: int, problem: str) -> None:
        super().__init__(f"{operation} -> {status}: {problem}")
        self.operation = operation
        self.status = status
        self.problem = problem


class StartError(Exception):
    """The server can't start: what came, what was wanted, what to do, in one line."""
