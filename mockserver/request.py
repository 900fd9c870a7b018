"""A request as the behaviours see it: parsed, trimmed, with the operation and the caller attached."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.document.model import Operation
    from mockserver.draft import Caller
    from mockserver.errors import Diagnosis, Refused
    from mockserver.store.table import Record


class Upload(NamedTuple):
    """A file part of a multipart body."""

    field: str
    name: str
    type: str
    content: bytes


@dataclass(slots=True)
class Request:
    """One call.

    `query` holds the last value of each parameter; `body` the members of a JSON or form body, trimmed, empty text
    as None (R-WIRE-49). `problem` is a refusal found while parsing the body, raised after the record look-up
    (R-AUTH-9). `record` is set when the operation names one in its path. `prefix` is what stood before the path to
    select a world; links in the answer have it too.
    """

    operation: Operation
    method: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: dict[str, Any] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    caller: Caller | None = None
    problem: Refused | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)
    diagnoses: tuple[Diagnosis, ...] = ()
    record: Record | None = None
    scheme: str = "http"
    server: str = ""
    """Where the call was sent to; empty for the host of its headers."""
    remote: str = ""
    prefix: str = ""
    wants_json: bool = True
    unread: str | None = None
    """The Content-Type of a body that was not read for it."""

    @property
    def url(self) -> str:
        """Address of the call, without its query."""
        server = self.server or f"{self.scheme}://{self.headers.get('host', '')}"
        return f"{server}{self.prefix}{self.path}"

    def input(self, name: str, default: Any = None) -> Any:
        """A value from the body, else from the query string: the service merges both."""
        value = self.body.get(name)
        return value if value is not None else self.query.get(name, default)

    def flag(self, name: str) -> bool:
        """Whether a triggered parameter is on: only the text true, or JSON true, counts (R-TRIG-1)."""
        return self.input(name) in ("true", True)


def sent_password(request: Request) -> str | None:
    """The password of the headers; the encoded one wins."""
    encoded = request.headers.get("x-api-password-base64")
    if encoded is not None:
        try:
            return b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return request.headers.get("x-api-password")
