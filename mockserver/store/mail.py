"""An e-mail that the service would send, as it stands in the journal of a world."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.store.table import Table


class Attached(NamedTuple):
    """A file of an e-mail: its bytes, or what it is made from when somebody looks at it.

    `made_by` names the maker, `of` the record (and, after a comma, the contact) that it takes.
    """

    name: str
    type: str
    content: bytes = b""
    made_by: str = ""
    of: str = ""


class Mail(NamedTuple):
    """One e-mail. `kind` is the template or what it is about, `sender` and `reply_to` are (name, address).

    Moment, company and tables are those of the world at the time, and filled in when it is posted.
    """

    kind: str
    to: tuple[str, ...]
    subject: str
    body: str
    sender: tuple[str, str] = ("", "")
    reply_to: tuple[str, str] = ("", "")
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    entity: str = ""
    id: str = ""
    attachments: tuple[Attached, ...] = ()
    at: int = 0
    company: int = 0
    tables: Mapping[str, Table] = MappingProxyType({})
