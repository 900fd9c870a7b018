"""Reports of fixed columns: rows that are shown as a preview or as CSV text, with lines around them (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.behaviours.bills.billing import currency
from mockserver.behaviours.records.search import name_of
from mockserver.behaviours.reports.records import Records, asked_days, listed
from mockserver.derive.printed import printed_date, printed_money, printed_number
from mockserver.derive.report_values import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Line = Sequence[str]

CSV = "text/csv"
EVERYBODY, SEVERAL = "All Clients", "Multiple Clients"
ALWAYS = "All available data"
"""What stands in the place of a client, and of the days, when nothing narrows a report."""


class File(NamedTuple):
    """What `exports/preview` answers: content, media type, ending of the name."""

    content: str | bytes
    type: str = CSV
    ending: str = "csv"


class Row(NamedTuple):
    """Values and what people read of them, by column; the record that the row is about, if there is a page for it."""

    entity: str
    hashed: str | None
    cells: Mapping[str, tuple[Any, str]]


class Table(NamedTuple):
    """Columns with their headings, rows, and the lines of the CSV file before and after them.

    `made` is the file of a report that is more than its rows.
    """

    columns: Mapping[str, str]
    rows: Sequence[Row]
    before: Sequence[Line] = ()
    after: Sequence[Line] = ()
    made: File | None = None

    def preview(self) -> dict[str, Any]:
        """The columns, and the rows under their numbers."""
        columns = [{"identifier": name, "display_value": shown} for name, shown in self.columns.items()]
        return {"columns": columns, **{str(number): self._cells(row) for number, row in enumerate(self.rows)}}

    def _cells(self, row: Row) -> list[dict[str, Any]]:
        return [
            {
                "entity": row.entity,
                "id": name,
                "hashed_id": row.hashed,
                "value": row.cells[name][0],
                "identifier": name,
                "display_value": row.cells[name][1],
            }
            for name in self.columns
        ]

    def lines(self) -> list[Line]:
        """The headings and the rows as texts."""
        return [[*self.columns.values()], *([row.cells[name][1] for name in self.columns] for row in self.rows)]

    def file(self) -> File:
        """The file, CSV unless the report is of another kind."""
        return self.made or File(csv_text([*self.before, *self.lines(), *self.after]))


class Asked:
    """A report as it was asked for: the facts beside its operation, and how this company writes money and days."""

    def __init__(self, draft: Draft, request: Request) -> None:
        self.draft = draft
        self.request = request
        self.facts: Mapping[str, Any] = request.operation.facts["with"]
        self.columns: Mapping[str, str] = self.facts.get("columns", {})

    # records -------------------------------------------------------------------------------------------------

    def records(self, name: str, *, states: Sequence[str] = (), archived: bool = True) -> list[Data]:
        """Live records of a kind under the filters that the facts tell for it; of deleted clients none."""
        facts = self.facts["of"].get(name, {})
        found = Records(self.draft, self.request, self.draft.entity(name), facts).records()
        return [
            each
            for each in found
            if (not states or each["status_id"] in states)
            and (archived or not each["archived_at"])
            and not self.client_of(each).get("is_deleted")
        ]

    def client_of(self, data: Data) -> Data:
        """The client of a record, a blank one when it has none."""
        return self.draft.get("client", data.get("client_id") or "") or self.draft.blank("client")

    # words ---------------------------------------------------------------------------------------------------

    def money(self, value: object, client: Data | None = None) -> str:
        """An amount in the currency of a client, or of the company."""
        return printed_money(value, self.draft.document.statics.row("currencies", currency(self.draft, client)))

    def plain(self, value: object) -> str:
        """An amount in the currency of the company without its sign."""
        row = self.draft.document.statics.row("currencies", currency(self.draft, None))
        return printed_money(value, {**row, "symbol": "", "code": ""})

    def amount(self, value: Decimal, client: Data | None = None) -> tuple[float, str]:
        """A cell with money."""
        return float(value), self.money(value, client)

    def day(self, value: str) -> str:
        """A day as the company writes days."""
        formats = self.draft.document.statics.row("date_formats", str(self.draft.setting("date_format_id")))
        return printed_date(value, formats.get("format", "Y-m-d"))

    def dated(self, value: str) -> tuple[str, str]:
        """A cell with a day."""
        return value, self.day(value)

    def days(self) -> tuple[str, str]:
        """First and last day of the period in words."""
        days = asked_days(self.draft, self.request)
        return (ALWAYS, ALWAYS) if days is None else days

    def clients(self) -> str:
        """Name of the client that the request is about, or a word for several."""
        client = self.draft.get("client", str(self.request.input("client_id") or ""))
        if client is not None:
            return name_of(self.draft, client)
        return SEVERAL if listed(self.request.input("clients")) else EVERYBODY

    def titled(self) -> list[Line]:
        """The lines above most reports: four empty ones, the title, the day of the report."""
        today = ["Created On", " ", self.day(self.draft.today)]
        return [[], [], [], [], [self.facts["title"]], today]

    def table(self, rows: Iterable[Row], after: Sequence[Line] = ()) -> Table:
        return Table(self.columns, [*rows], self.titled(), after)


def text(value: object) -> tuple[str, str]:
    """A cell whose value is its text."""
    return str(value or ""), str(value or "")


def count(value: float) -> tuple[float, str]:
    """A cell with a plain number."""
    return value, printed_number(value)
