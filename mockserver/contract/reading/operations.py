"""One operation of the document, with what is asked about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.contract.reading.needs import NEEDS, needs_of
from mockserver.contract.reading.plain import is_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.login import Key

JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One operation: its place, its facts (`x-mock`) and its resolved description."""

    id: str
    method: str
    path: str
    raw: Mapping[str, Any] = field(repr=False)
    keys: tuple[Key, ...] = ()
    """Where the token goes; nothing when none is asked for."""

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def facts(self) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self.raw.get("x-mock", {})
        return facts

    @property
    def behaviour(self) -> str:
        return str(self.facts.get("behaviour", ""))

    @property
    def noun(self) -> str:
        return str(self.facts.get("entity", ""))

    @property
    def public(self) -> bool:
        security = self.raw.get("security")
        return bool(self.facts.get("public")) or security == [] or (self.plain and {} in (security or ()))

    @property
    def keyed(self) -> bool:
        """Whether it takes another key than the token of a user: that of a shop or of a contact, or a certificate."""
        security = self.raw.get("security") or []
        if self.plain:
            return bool(security) and {} not in security and not self.keys
        return bool(security) and not any("ApiToken" in each for each in security)

    @property
    def out_of_reach(self) -> bool:
        """Whether the facts say that no contract gets through.

        Such calls need a service that is not connected, a later version, a code that is only right at this moment, or a
        file that can't be made up; or there is nothing behind the route.
        """
        told = self.facts.get("with", {})
        nothing = told.get("connected") is False or told.get("handler") is False
        return nothing or "since" in told or "file" in told or told.get("code") == "totp"

    @property
    def plain(self) -> bool:
        """Whether it stands in a document without facts, so that what is known of it is inferred."""
        return bool(self.facts.get("plain"))

    @property
    def key(self) -> str:
        """Parameter of the path that names the record."""
        return str(self.facts.get("key", "id"))

    @property
    def password(self) -> bool:
        return bool(self.facts.get("password"))

    @property
    def family(self) -> str:
        """What it belongs to, in a word: its first tag, or the first part of its path."""
        return str(next(iter(self.raw.get("tags", ())), self.path.strip("/").partition("/")[0])).replace(" ", "_")

    @property
    def refusing(self) -> bool:
        """Whether every documented answer is a refusal."""
        return not any(status.startswith(("2", "d")) for status in self.raw["responses"])

    @property
    def closed(self) -> bool:
        """Whether it may refuse every call of a contract: by its answers, by its facts, or for want of a key."""
        return self.refusing or self.out_of_reach or self.keyed

    @property
    def reads_only(self) -> bool:
        """Whether the call can't change anything: GET without an action in its path; some blank forms are kept."""
        return self.method == "GET" and "{action}" not in self.path and self.behaviour != "blank_stored"

    @property
    def needs(self) -> frozenset[str]:
        """What calls of it may do to a server; an operation with actions may do anything."""
        if "{action}" in self.path or self.behaviour == "bulk":
            return frozenset(NEEDS)
        return needs_of(self, {}, None)

    @property
    def place(self) -> str:
        """JSON pointer to the operation in the document."""
        return f"/paths/{self.path.replace('~', '~0').replace('/', '~1')}/{self.method.lower()}"

    def parameters(self, place: str) -> dict[str, Mapping[str, Any]]:
        """Parameters in `path`, `query` or `header` by name."""
        return {each["name"]: each for each in self.raw.get("parameters", ()) if each["in"] == place}

    def body(self, media: str = JSON) -> Mapping[str, Any] | None:
        """Schema of the request body; JSON is whatever JSON the operation takes."""
        content = self.raw.get("requestBody", {}).get("content", {})
        media = self.media if media == JSON else media
        return content[media].get("schema", {}) if media in content else None

    @property
    def media(self) -> str:
        """The media type of its JSON body, such as one of a vendor."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return JSON if JSON in content else next((each for each in content if is_json(each)), JSON)

    def wanted(self, place: str) -> dict[str, Any]:
        """Examples of the parameters in `query` or `header` that a call must bring."""
        if not self.plain:
            return {}
        return {
            name: each["example"]
            for name, each in self.parameters(place).items()
            if each.get("required") and "example" in each
        }

    def example(self, media: str = JSON) -> Mapping[str, Any]:
        """Example of the request body; empty when the document has none."""
        media = self.media if media == JSON else media
        found: Mapping[str, Any] = self.raw.get("requestBody", {}).get("content", {}).get(media, {}).get("example", {})
        return found

    def response(self, status: int) -> Mapping[str, Any] | None:
        """What the document says about a status."""
        responses = self.raw["responses"]
        found: Mapping[str, Any] | None = (
            responses.get(str(status)) or responses.get(f"{status // 100}XX") or responses.get("default")
        )
        return found
