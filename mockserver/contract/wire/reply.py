"""An answer with the request that got it, and requests as curl lines."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.contract.wire.multipart import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

SECRET = ("x-api-token", "x-api-password", "x-api-password-base64", "authorization", "cookie")


@dataclass
class Reply:
    """An answer and the request that got it."""

    status: int
    headers: dict[str, str]
    body: bytes
    request: tuple[str, str, Mapping[str, str], bytes] = field(repr=False, default=("", "", {}, b""))
    """Method, URL, headers and content of the request."""
    operation: str = ""
    """Id of the operation that was called; empty for a call that is none of the document."""
    prepared: bool = False
    """Whether the call only made the ground ready for a contract."""

    @property
    def asked(self) -> str:
        """The request as a curl line."""
        return self.curl()

    def curl(self, without: Collection[str] = ()) -> str:
        """The request as a curl line, some headers left out."""
        method, url, headers, content = self.request
        return curl(method, url, {name: value for name, value in headers.items() if name not in without}, content)

    @property
    def shown(self) -> str:
        """The answer for people: its status and how its body begins."""
        return f"{self.status} {self.body[:600].decode('utf-8', 'replace')}"

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The parsed body; raises ValueError when it is none."""
        return orjson.loads(self.body)

    @property
    def data(self) -> Any:
        """What stands under `data`."""
        return self.json()["data"]

    def __str__(self) -> str:
        return f"{self.asked}\n-> {self.shown}"


def header_words(headers: Mapping[str, str]) -> Iterator[str]:
    """Options of curl for headers; secrets are names of shell variables."""
    for name, value in headers.items():
        variable = f'"{name}: ${name.upper().replace("-", "_")}"'
        yield "-H"
        yield variable if name.lower() in SECRET else shlex.quote(f"{name}: {value}")


def curl(method: str, url: str, headers: Mapping[str, str], content: bytes) -> str:
    """The request as a curl line; secrets are names of shell variables."""
    words = ["curl", "-X", method, shlex.quote(url)]
    files = content.startswith(f"--{BOUNDARY}".encode())
    # with files curl makes a content type of its own, with a boundary of its own
    words += header_words({name: value for name, value in headers.items() if not files or name != "Content-Type"})
    if files:
        names = re.findall(rb'name="([^"]*)"; filename="([^"]*)"', content)
        words += [f"-F {shlex.quote(f'{field.decode()}=@{file.decode()}')}" for field, file in names]
    elif content:
        words += ["--data-binary", shlex.quote(content[:2000].decode("utf-8", "replace"))]
    return " ".join(words)
