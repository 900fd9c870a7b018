"""What the cells of an imported file stand for: numbers, dates and flags as people write them, and names of records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.derive.dates import parse_date
from mockserver.derive.import_hints import squeezed
from mockserver.derive.money import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.behaviours.core.inner_calls import InnerCalls
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

TRUE = frozenset({"1", "true", "yes", "on", "y", "x"})
USA = "840"
NUMBERS = frozenset({"money", "rate", "number", "integer"})
DATES = frozenset({"date", "datetime"})
CODES = ("id", "name", "code", "iso_3166_2", "iso_3166_3")
"""Members of a static row that a cell may hold."""
FREQUENCIES = {
    "daily": "1", "weekly": "2", "twoweeks": "3", "fourweeks": "4", "monthly": "5", "twomonths": "6", "quarterly": "7",
    "threemonths": "7", "fourmonths": "8", "sixmonths": "9", "annually": "10", "yearly": "10", "twoyears": "11",
    "threeyears": "12",
}  # fmt: skip
PLAIN_NAME = re.compile(r"\s+")


class BadRow(Exception):
    """A row that can't be imported; the arguments are what is said of it."""


class Names:
    """Records of a company by what a cell calls them; those that are made on the way are known from then on."""

    def __init__(self, calls: InnerCalls) -> None:
        self._calls = calls
        self._draft = calls.draft
        self._known: dict[str, dict[str, str]] = {}
        self._added: list[tuple[str, str]] = []

    def begin(self) -> None:
        """A new row begins: what was made so far stays."""
        self._added.clear()

    def undo(self) -> None:
        """The row is refused: what it made is not there any more."""
        for name, key in self._added:
            self._known[name].pop(key, None)
        self._added.clear()

    def find(self, name: str, text: str) -> str:
        """Id of the live record that the text names, or empty text."""
        if name not in self._known:
            self._known[name] = {}
            for record in self._draft.table(name).records(self._draft.company_row):
                if not record.data.get("is_deleted"):
                    for key in keys_of(self._draft, name, record.data):
                        self._known[name].setdefault(key, record.data["id"])
        return self._known[name].get(folded(text), "") if text else ""

    def note(self, name: str, hashed: str) -> None:
        """Know a record that was just stored."""
        known, data = self._known.get(name), self._draft.get(name, hashed)
        if known is None or data is None:
            return
        for key in keys_of(self._draft, name, data):
            if key not in known:
                known[key] = hashed
                self._added.append((name, key))

    def make(self, name: str, text: str, body: dict[str, Any]) -> str:
        """Id of the record that the text names, which is created when there is none."""
        found = self.find(name, text)
        if not found:
            found = self._calls.create(name, body)
            self.note(name, found)
        return found


def folded(text: str) -> str:
    """Texts that count as one name: capitals and spaces make no difference."""
    return PLAIN_NAME.sub("", text).casefold()


def keys_of(draft: Draft, name: str, data: Data) -> Iterator[str]:
    """What a record is called: its name, numbers, and for clients the addresses of the contacts."""
    for field in ("name", "product_key", "number", "id_number"):
        if data.get(field):
            yield folded(str(data[field]))
    if name == "client":
        for contact in draft.find("client_contact", data["id"], "client_id"):
            if contact["email"]:
                yield folded(contact["email"])


def user_named(draft: Draft, text: str) -> str:
    """Id of the user of the company that a cell names by id, e-mail address or a part of the name; "" for none."""
    wanted = text.casefold()
    for link in draft.table("company_user").records(draft.company_row):
        user = draft.record("user", link.data["user_id"])
        if user is None or link.data["archived_at"]:
            continue
        data = user.data
        whole = f"{data['first_name']} {data['last_name']}".casefold()
        if text == data["id"] or wanted == data["email"].casefold() or (wanted and wanted in whole):
            return str(data["id"])
    return ""


def static_named(draft: Draft, name: str, text: str) -> str:
    """Id of the row of a static list that a cell names by id, name or code; "" for none."""
    wanted = text.casefold()
    rows = draft.document.statics.payload[name]
    return next((row["id"] for row in rows if any(str(row.get(key, "")).casefold() == wanted for key in CODES)), "")


def date_in(draft: Draft, column: str, text: str) -> str:
    """YYYY-MM-DD of a cell; outside the United States the day stands before the month. Raises BadRow for no date."""
    own = str(draft.company["settings"].get("country_id") or "")
    day_first, as_written = parse_date(text.replace("/", "-")), parse_date(text)
    found = (as_written or day_first) if own == USA else (day_first or as_written)
    if found is None:
        raise BadRow(f"The {column} is not a valid date: {text[:40]}")
    return found


def number_in(draft: Draft, text: str) -> int | float:
    """The number in a cell; by the company's setting a comma parts the cents."""
    if draft.company["use_comma_as_decimal_place"]:
        text = text.replace(".", "").replace(",", ".")
    return parse_number(text)


def truth_in(text: str) -> bool:
    """Whether a cell says yes."""
    return text.casefold() in TRUE


def frequency_in(text: str) -> str:
    """frequency_id of a cell: the number of one, or its words."""
    return FREQUENCIES.get(squeezed(text), text)


def plain_value(draft: Draft, entity: Entity, path: str, column: str, text: str) -> Any:
    """A cell in the type of the property that it fills."""
    head, _, rest = path.partition(".")
    if not rest:
        kind = entity.fields[head].kind
    elif head == "line_items":
        prop = draft.document.schemas["LineItem"]["properties"][rest.removeprefix("0.")]
        kind = {"number": "number", "boolean": "bool"}.get(prop.get("type", ""), "text")
    else:
        kind = "text"
    if kind in NUMBERS:
        return number_in(draft, text)
    if kind in DATES:
        return date_in(draft, column, text)
    return truth_in(text) if kind == "bool" else text
