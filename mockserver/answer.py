"""What a behaviour answers with; the wire form is made by `serialize`. No answer is ever changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(slots=True, eq=False)
class Item:
    """One stored record, by its hashed id."""

    entity: str
    id: str


@dataclass(slots=True, eq=False)
class Unsaved:
    """A record that is not stored: a blank form, a clone."""

    entity: str
    data: dict[str, Any]


@dataclass(slots=True, eq=False)
class Items:
    """A list of rows, in order; serialized a page at a time. `include` replaces the include parameter."""

    entity: str
    rows: Sequence[int]
    include: str | None = None
    since: int = 0
    """Nested collections only hold rows changed at this moment or later."""


@dataclass(slots=True, eq=False)
class Plain:
    """A JSON value without envelope: {"message": ...}, ping, statics."""

    value: Any
    pretty: bool = False
    status: int = 200


@dataclass(slots=True, eq=False)
class File:
    """Bytes with a media type; `name` makes it an attachment."""

    content: bytes
    type: str
    name: str = ""
    inline: bool = False


@dataclass(slots=True, eq=False)
class Empty:
    """An empty 200."""


Answer = Item | Unsaved | Items | Plain | File | Empty


@dataclass(slots=True, eq=False)
class Reply:
    """A finished response."""

    status: int
    body: bytes
    type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
