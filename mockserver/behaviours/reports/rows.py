"""The rows of a report: which records count, and their values under each column (R-EP-49)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.access import visible
from mockserver.behaviours.reports.cells import Cells
from mockserver.behaviours.reports.records import Records, listed, truth
from mockserver.behaviours.reports.tables import File
from mockserver.derive.money import ZERO, number, to_decimal
from mockserver.derive.report_values import csv_text, readable, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.query import Predicate
    from mockserver.store.table import Data

    Cell = dict[str, Any]

KINDS = "getReportPreview"
"""Operation beside which the document tells the kinds and their columns."""
DOCUMENT_LINES = "item"
"""Kind of the lines of bills; tasks have spans of time instead."""
UNPAID = "Unpaid"
"""What stands for the amount of payments where there is none."""
SHARED = ("amount", "refunded", "applied")
"""Columns of payments that are sums of their shares in the record of the row."""


class Report(Records):
    """One report as it was asked for: its columns and, from the records of this moment, its rows."""

    def __init__(self, draft: Draft, request: Request) -> None:
        facts: Mapping[str, Any] = request.operation.facts["with"]
        self.shared: Mapping[str, Any] = draft.document.operations[KINDS].facts["with"]
        self.base: str = facts["of"]
        super().__init__(draft, request, draft.entity(self.kind(self.base)["entity"]), facts)
        self.cells = Cells(draft, self.shared)

    def kind(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.shared["kinds"][name]
        return found

    # columns -------------------------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> list[str]:
        """Those asked for, in their order, or the usual ones; then those that are there always."""
        asked = listed(self.request.input("report_keys") or []) or [*self._usual()]
        return [*asked, *(each for each in self.facts.get("always", ()) if each not in asked)]

    def _usual(self) -> Iterator[str]:
        """Columns of kinds, and single ones as `kind.property`."""
        for name in self.facts["usual"]:
            if "." in name:
                yield name
                continue
            facts = self.kind(name)
            for column in facts.get("usual") or facts["columns"]:
                yield column if facts.get("bare") else f"{name}.{column}"

    @cached_property
    def places(self) -> list[tuple[str, str, bool]]:
        """Kind and property of each column, and whether this report knows it."""
        found = []
        for column in self.columns:
            name, dot, prop = column.partition(".")
            if not dot:
                name, prop = self.base, column
            known = name in self.facts["kinds"] and prop in self.kind(name)["columns"]
            found.append((name, prop, known and (bool(dot) or bool(self.kind(name).get("bare")))))
        return found

    # records -------------------------------------------------------------------------------------------------

    def records(self, *, deleted: bool = False) -> list[Data]:
        """Of most kinds without what belongs to a deleted client, whether deleted ones count or not."""
        found = super().records(deleted=deleted)
        if not self.facts.get("live_client"):
            return found
        clients = ((each, self.draft.get("client", each["client_id"]) or {}) for each in found)
        return [each for each, client in clients if not client.get("is_deleted")]

    def _is_deleted(self, data: Data) -> bool:
        """A contact is as deleted as its client."""
        first_of = self.kind(self.base).get("first_of")
        if first_of is not None:
            data = self.draft.get(first_of["kind"], data[first_of["by"]]) or {}
        return bool(data.get("is_deleted"))

    def _seen(self) -> Predicate | None:
        """What the caller may see; of contacts, those of clients that the caller may see."""
        first_of = self.kind(self.base).get("first_of")
        if first_of is None:
            return visible(self.draft, self.entity)
        sees, by = visible(self.draft, self.draft.entity(first_of["kind"])), first_of["by"]
        return sees and (lambda data: sees(self.draft.get(first_of["kind"], data[by]) or {}))

    # rows ----------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row: one row a record, or one for each of its lines."""
        deleted = truth(self.request.input("include_deleted"), default=False)
        for data in self.records(deleted=deleted):
            for line in self._lines(data):
                reached: dict[str, list[Data]] = {self.base: [data]}
                kind = self.facts.get("lines")
                if kind is not None:
                    reached[kind] = [{**data, **line} if kind == self.base else line]
                yield [
                    self._cell(column, place, reached) for column, place in zip(self.columns, self.places, strict=True)
                ]

    def preview(self) -> dict[str, Any]:
        """The columns, and the rows under their numbers."""
        columns = [{"identifier": each, "display_value": self.cells.heading(each, self.base)} for each in self.columns]
        return {"columns": columns, **{str(number): row for number, row in enumerate(self.rows())}}

    def file(self) -> File:
        """The file with a line of headings."""
        lines = ([str(cell["display_value"]) for cell in row] for row in self.rows())
        return File(csv_text([[self.cells.heading(each, self.base) for each in self.columns], *lines]))

    def _lines(self, data: Data) -> list[Data]:
        lines = self.facts.get("lines")
        if lines is None:
            return [data]
        if lines == DOCUMENT_LINES:
            return list(data["line_items"])
        return spans(data["time_log"], self.draft.now, self.draft.zone) or [{}]

    def _reach(self, name: str, reached: dict[str, list[Data]]) -> list[Data]:
        """The records of a kind that stand beside those of the row."""
        if name not in reached:
            reached[name] = [*self._beside(name, reached)]
        return reached[name]

    def _beside(self, name: str, reached: dict[str, list[Data]]) -> Iterator[Data]:
        draft, facts = self.draft, self.kind(name)
        first_of, link = facts.get("first_of"), f"{name}_id"
        if first_of is not None:
            for holder in self._reach(first_of["kind"], reached)[:1]:
                contacts = draft.find(facts["entity"], holder["id"], first_of["by"])
                live = [each for each in contacts if not each["archived_at"]]
                yield from sorted(live, key=lambda each: not each["is_primary"])[:1]
            return
        for base in reached[self.base]:
            if link in base:
                found = draft.get(facts["entity"], base[link])
                yield from () if found is None else (found,)
                continue
            for share in draft.find("paymentable", base["id"], f"{self.base}_id"):
                found = draft.get(facts["entity"], share.get(link) or "")
                if found is not None and not found["is_deleted"]:
                    yield {**found, "shares": share} if link == "payment_id" else found

    def _cell(self, column: str, place: tuple[str, str, bool], reached: dict[str, list[Data]]) -> Cell:
        name, prop, known = place
        found = self._reach(name, reached) if known else []
        value, shown = self._value(name, prop, found) if known else ("", "")
        return {
            "entity": name,
            "id": prop,
            "hashed_id": found[0]["id"] if found and self.kind(name).get("page", True) else None,
            "value": value,
            "identifier": column,
            "display_value": shown,
        }

    def _value(self, name: str, prop: str, found: list[Data]) -> tuple[Any, str]:
        """The value of one record; of several invoices all of them; of payments what fell to the record of the row."""
        shares = [each["shares"] for each in found if "shares" in each]
        if prop in SHARED and name != self.base and self._shared(name):
            if not shares:
                return (UNPAID, UNPAID) if prop == "amount" else ("", "")
            paid, refunded = (
                sum((to_decimal(each[field]) for each in shares), ZERO) for field in ("amount", "refunded")
            )
            value = number({"amount": paid, "refunded": refunded, "applied": paid - refunded}[prop])
            return value, readable(value)
        values = [self.cells.value(name, prop, each) for each in (found[:1] if shares else found)]
        if len(values) < 2:
            return values[0] if values else ("", "")
        text = ", ".join(shown for _, shown in values)
        return text, text

    def _shared(self, name: str) -> bool:
        """Whether records of a kind are reached through their shares in that of the row."""
        return f"{name}_id" in self.draft.entity("paymentable").stored and f"{name}_id" not in self.entity.stored
