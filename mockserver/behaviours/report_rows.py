"""The rows of a report: which records count, and their values under each column (R-EP-49)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.access import visible
from mockserver.behaviours.report_records import Records, listed, truth
from mockserver.behaviours.report_tables import File
from mockserver.behaviours.search import name_of
from mockserver.derive.dates import unix_to_date
from mockserver.derive.report_values import csv_text, expense_amounts, heading, readable, spans

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
LIFECYCLE = "lifecycle"
"""What stands for a state that no field holds."""


class Report(Records):
    """One report as it was asked for: its columns and, from the records of this moment, its rows."""

    def __init__(self, draft: Draft, request: Request) -> None:
        facts: Mapping[str, Any] = request.operation.facts["with"]
        self.shared: Mapping[str, Any] = draft.document.operations[KINDS].facts["with"]
        self.base: str = facts["of"]
        super().__init__(draft, request, draft.entity(self.kind(self.base)["entity"]), facts)

    def kind(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.shared["kinds"][name]
        return found

    # columns -------------------------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> list[str]:
        """Those asked for, in their order; the usual ones when none are."""
        asked = listed(self.request.input("report_keys") or [])
        return asked or [
            column if self.kind(name).get("bare") else f"{name}.{column}"
            for name in self.facts["usual"]
            for column in self.kind(name)["columns"]
        ]

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
                reached: dict[str, Data | None] = {self.base: data}
                kind = self.facts.get("lines")
                if kind is not None:
                    reached[kind] = {**data, **line} if kind == self.base else line
                yield [
                    self._cell(column, place, reached) for column, place in zip(self.columns, self.places, strict=True)
                ]

    def preview(self) -> dict[str, Any]:
        """The columns, and the rows under their numbers."""
        columns = [{"identifier": each, "display_value": heading(each)} for each in self.columns]
        return {"columns": columns, **{str(number): row for number, row in enumerate(self.rows())}}

    def file(self) -> File:
        """The file with a line of headings."""
        lines = ([str(cell["display_value"]) for cell in row] for row in self.rows())
        return File(csv_text([[heading(each) for each in self.columns], *lines]))

    def _lines(self, data: Data) -> list[Data]:
        lines = self.facts.get("lines")
        if lines is None:
            return [data]
        if lines == DOCUMENT_LINES:
            return list(data["line_items"])
        return spans(data["time_log"], self.draft.now, self.draft.zone)

    def _reach(self, name: str, reached: dict[str, Data | None]) -> Data | None:
        """The record of a kind that stands beside those of the row."""
        if name in reached:
            return reached[name]
        draft, base, facts = self.draft, reached[self.base] or {}, self.kind(name)
        found: Data | None = None
        first_of, link = facts.get("first_of"), f"{name}_id"
        if first_of is not None:
            holder = self._reach(first_of["kind"], reached)
            contacts = draft.find(facts["entity"], holder["id"], first_of["by"]) if holder else []
            found = next((each for each in contacts if not each["archived_at"]), None)
        elif link in base:
            found = draft.get(facts["entity"], base[link])
        else:
            shares = draft.find("paymentable", base["id"], f"{self.base}_id")
            others = (draft.get(facts["entity"], each[link]) for each in shares if each[link])
            found = next((each for each in others if each is not None), None)
        reached[name] = found
        return found

    def _cell(self, column: str, place: tuple[str, str, bool], reached: dict[str, Data | None]) -> Cell:
        name, prop, known = place
        data = self._reach(name, reached) if known else None
        value, shown = ("", "") if data is None else self._value(name, prop, data)
        has_page = data is not None and self.kind(name).get("page", True)
        return {
            "entity": name,
            "id": prop,
            "hashed_id": data["id"] if data is not None and has_page else None,
            "value": value,
            "identifier": column,
            "display_value": shown,
        }

    # values --------------------------------------------------------------------------------------------------

    def _value(self, name: str, prop: str, data: Data) -> tuple[Any, str]:
        """A value as it is stored and as people read it."""
        facts = self.kind(name)
        path = {**self.shared["fields"], **facts.get("fields", {})}.get(prop, prop)
        path = path if prop not in data or path.startswith("settings.") else prop
        if path.startswith("settings."):
            path = path.partition(".")[2]
            value = self.draft.setting(path, data)
        elif path == LIFECYCLE:
            value = "deleted" if data["is_deleted"] else "archived" if data["archived_at"] else "active"
            return value, value.capitalize()
        elif name == "expense" and path in ("tax_amount", "net_amount"):
            value = expense_amounts(data)[path]
        else:
            value = data.get(path, "")
        if path == "parent_id":
            return value, self._label(data["parent_type"], value) if data["parent_type"] else ""
        value = value if isinstance(value, (str, int, float)) or value is None else ""
        return value, self._shown(facts, path, value)

    def _shown(self, facts: Mapping[str, Any], path: str, value: Any) -> str:
        """Ids as names, moments as dates; everything else in its shortest form."""
        words = facts.get("words", {}).get(path)
        if words is not None:
            return str(words.get(str(value), "")).replace("_", " ").capitalize()
        if not facts["entity"]:
            return readable(value)
        statics, lookups = self.draft.document.statics, self.shared["lookups"]
        if path in lookups:
            row = statics.row(lookups[path], str(value))
            return str(row.get("code" if lookups[path] == "currencies" else "name", ""))
        field = self.draft.entity(facts["entity"]).stored.get(path)
        if field is not None and field.kind == "link":
            return self._label(field.to, value)
        if field is not None and field.kind == "timestamp":
            return unix_to_date(value, self.draft.zone) if value else ""
        return readable(value)

    def _label(self, name: str, hashed: str) -> str:
        """What a record is called: a name, a number, the names of a person."""
        record = self.draft.record(name, hashed)
        if record is None:
            return ""
        data = record.data
        if name == "client":
            return name_of(self.draft, data)
        person = f"{data.get('first_name') or ''} {data.get('last_name') or ''}".strip()
        return str(data.get("name") or data.get("number") or person)
