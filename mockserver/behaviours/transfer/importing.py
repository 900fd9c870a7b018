"""Rows of imported files become records: by the columns of the facts, through the API's own create and update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.behaviours.core.inner_calls import InnerCalls
from mockserver.behaviours.transfer.import_finders import FINDERS
from mockserver.behaviours.transfer.import_values import BadRow, Names, plain_value, static_named
from mockserver.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Row = Mapping[str, str]
    Reader = Callable[["Importer", "Kind", Sequence[Row]], str]

MOST_TOLD = 100
"""Refused rows of a kind that are told one by one; the rest is counted."""
READERS: dict[str, Reader] = {}
"""How the rows of one record are stored, by the word of the facts; gives the id of the record."""


def reader(name: str) -> Callable[[Reader], Reader]:
    """Register how rows are read."""

    def keep(function: Reader) -> Reader:
        READERS[name] = function
        return function

    return keep


class Kind(NamedTuple):
    """The facts of one kind of rows."""

    name: str
    entity: str
    columns: Mapping[str, Any]
    reader: str = "plain"
    group: str = ""
    missing: str = ""
    words: Mapping[str, str] | None = None
    same: str = ""
    states: Mapping[str, Mapping[str, str]] | None = None
    state: str = ""


def kinds_of(facts: Mapping[str, Any]) -> dict[str, Kind]:
    """The kinds by name, in the order in which they are imported."""
    return {name: Kind(name, **each) for name, each in facts.items()}


class Importer:
    """One import: what is known of the company's records, what was stored, and which rows were refused why."""

    def __init__(self, draft: Draft, request: Request, *, bank: str = "", payments: bool = False) -> None:
        self.draft = draft
        self.calls = InnerCalls(draft, request)
        self.names = Names(self.calls)
        self.bank = bank
        self.payments = payments
        """Whether payments come as a file of their own; those told in rows of invoices are then left alone."""
        self.counts: dict[str, int] = {}
        self.errors: dict[str, list[dict[str, Any]]] = {}
        self.refused: dict[str, int] = {}

    def take(self, kind: Kind, rows: Sequence[Row | str]) -> None:
        """Store the rows of a kind; a text stands for a row that is refused with it. The good ones stay."""
        resource = self.draft.entity(kind.entity).resource
        self.counts[resource] = 0
        for group in self.grouped(kind, rows):
            self.names.begin()
            try:
                with self.draft.attempt():
                    hashed = READERS[kind.reader](self, kind, group)
                    self.names.note(kind.entity, hashed)
                self.counts[resource] += 1
            except BadRow as bad:
                self.refuse(kind, group[0], [str(each) for each in bad.args])
            except Refused as refused:
                self.refuse(kind, group[0], messages_of(refused))

    def grouped(self, kind: Kind, rows: Sequence[Row | str]) -> list[list[Row]]:
        """The rows of each record: those with the same number where the facts group them."""
        groups: dict[str, list[Row]] = {}
        for place, row in enumerate(rows):
            if isinstance(row, str):
                self.refuse(kind, {}, [row])
                continue
            number = row.get(kind.group, "") if kind.group else ""
            if kind.missing and not number:
                self.refuse(kind, row, [kind.missing])
            elif any(row.values()):
                groups.setdefault(f"={number}" if number else str(place), []).append(row)
        return list(groups.values())

    def refuse(self, kind: Kind, row: Row, messages: list[str]) -> None:
        """Tell that a row was not imported, and undo what it brought along."""
        self.names.undo()
        self.refused[kind.name] = self.refused.get(kind.name, 0) + 1
        told = self.errors.setdefault(kind.name, [])
        if len(told) < MOST_TOLD:
            told.append({kind.name: dict(row), "error": messages})

    # the parts of a reader ---------------------------------------------------------------------------------------

    def body(self, kind: Kind, row: Row, *, lines: bool = False) -> dict[str, Any]:
        """What a row says about a record, as the body of a request; of its line items only with `lines`."""
        made: dict[str, Any] = {}
        for column, text in row.items():
            facts = kind.columns.get(column, "")
            path = facts["to"] if isinstance(facts, dict) else facts
            if text and path and path.startswith("line_items.") is lines:
                value = self.value(kind, path, column, text, row)
                if value not in ("", None):
                    place(made, path, value)
        return made

    def value(self, kind: Kind, path: str, column: str, text: str, row: Row) -> Any:
        """A cell as the value of a property; names that nothing is known by give empty text."""
        facts = kind.columns[column]
        if not isinstance(facts, dict):
            return plain_value(self.draft, self.draft.entity(kind.entity), path, column, text)
        found = FINDERS.get(facts["by"])
        return static_named(self.draft, facts["by"], text) if found is None else found(self, text, row)

    def currency(self) -> str:
        """Currency of the company."""
        return str(self.draft.company["settings"].get("currency_id") or "1")

    def client(self, name: str, email: str) -> str:
        """Id of the client that a row names, by name or address; "" for none."""
        return self.names.find("client", name) or self.names.find("client", email)

    def store(self, kind: Kind, body: dict[str, Any], **query: str) -> Data:
        """Create the record, or update the one that has its key; gives its data."""
        owner = body.pop("user_id", "")
        for field, message in (kind.words or {}).items():
            if self.taken(kind.entity, field, body.get(field)):
                raise BadRow(message)
        same = self.names.find(kind.entity, body.get(kind.same, "")) if kind.same else ""
        hashed = self.calls.update(kind.entity, same, body) if same else self.calls.create(kind.entity, body, **query)
        if owner:
            self.draft.patch(kind.entity, hashed, {"user_id": owner}, touch=False)
        found = self.draft.get(kind.entity, hashed)
        assert found is not None
        return found

    def taken(self, name: str, field: str, value: Any) -> bool:
        """Whether a record of the company has the value: names whatever their capitals, numbers to the letter."""
        if not value:
            return False
        return bool(self.names.find(name, value)) if field == "name" else self.draft.taken(name, field, value)


def place(body: dict[str, Any], path: str, value: Any) -> None:
    """Set a member at a dotted path; `0` stands for the one entry of a list."""
    head, _, rest = path.partition(".")
    if not rest:
        body[head] = value
    elif rest.startswith("0."):
        place(body.setdefault(head, [{}])[0], rest[2:], value)
    else:
        place(body.setdefault(head, {}), rest, value)


def messages_of(refused: Refused) -> list[str]:
    """All that a refusal says, field by field."""
    errors = refused.errors or {}
    told = [
        str(each) for messages in errors.values() for each in ([messages] if isinstance(messages, str) else messages)
    ]
    return told or [refused.message or refused.reason]
