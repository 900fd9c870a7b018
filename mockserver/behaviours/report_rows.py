"""The rows of a report: which records count, and their values under each column (R-EP-49)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.access import visible
from mockserver.behaviours.search import name_of
from mockserver.derive.dates import parse_date, unix_to_date
from mockserver.derive.periods import period
from mockserver.derive.report_values import expense_amounts, readable, spans
from mockserver.store.query import MATCHERS, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.query import Predicate
    from mockserver.store.table import Data

    Cell = dict[str, Any]

KINDS = "getReportPreview"
"""Operation beside which the document tells the kinds and their columns."""
PERIODS = {"last7": "last7_days", "last30": "last30_days", "last365_days": "last365_days"}
WHOLE = frozenset(f"{which}_{span}" for which in ("this", "last") for span in ("month", "quarter", "year"))
MOMENTS = frozenset({"date", "datetime", "timestamp"})
"""Kinds of fields that a period can be about."""
DOCUMENT_LINES = "item"
"""Kind of the lines of bills; tasks have spans of time instead."""
LIFECYCLE = "lifecycle"
"""What stands for a state that no field holds."""


def truth(value: Any, *, default: bool) -> bool:
    """A flag of the body or of the query."""
    return default if value in (None, "") else value in (True, 1, "1", "true")


def listed(value: Any) -> list[str]:
    """A comma list or a list as texts, without empty ones."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def one_of(field: str, wanted: Sequence[str]) -> Predicate:
    """Records whose field holds one of the texts."""
    return lambda data: str(data[field]) in wanted


class Report:
    """One report as it was asked for: its columns and, from the records of this moment, its rows."""

    def __init__(self, draft: Draft, request: Request) -> None:
        self.draft = draft
        self.request = request
        self.facts: Mapping[str, Any] = request.operation.facts["with"]
        self.shared: Mapping[str, Any] = draft.document.operations[KINDS].facts["with"]
        self.base: str = self.facts["of"]
        self.entity = draft.entity(self.kind(self.base)["entity"])

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

    def records(self) -> Iterator[Data]:
        """The records that count, in the order of their rows."""
        tests = [each for each in (self._seen(), self._period(), *self._narrowed()) if each is not None]
        deleted = truth(self.request.input("include_deleted"), default=False)
        for record in self.draft.table(self.entity.name).records(self.draft.company_row):
            data = record.data
            if (deleted or not self._is_deleted(data)) and all(test(data) for test in tests):
                yield data

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

    def _period(self) -> Predicate | None:
        """Records of the period, by the asked field or the usual one; no period counts all."""
        word = str(self.request.input("date_range") or "all")
        if word == "all":
            return None
        if word == "custom":
            ends = (parse_date(str(self.request.input(name) or "")) or "" for name in ("start_date", "end_date"))
            first, last = ends
        else:
            known = PERIODS.get(word) or (word if word in WHOLE else "this_year")
            first, last = period(known, "", "", self.draft.today)
        asked = self.entity.stored.get(str(self.request.input("date_key") or "").rpartition(".")[2])
        field = asked.name if asked is not None and asked.kind in MOMENTS else self.facts["date"]

        def inside(data: Data) -> bool:
            value = data[field]
            day = unix_to_date(value, self.draft.zone) if value and isinstance(value, int) else str(value or "")[:10]
            return bool(day) and first <= day <= last

        return inside

    def _narrowed(self) -> Iterable[Predicate | None]:
        """The filters of the request that this report knows."""
        for name, field in self.facts.get("filters", {}).items():
            wanted = listed(self.request.input(name))
            if wanted:
                yield one_of(field, wanted)
        states, text = self.entity.filters.get("client_status"), ",".join(listed(self.request.input("status")))
        if states is not None and text:
            scope = Scope(self.entity, self.draft.document, self.draft.state, self.draft.company_row, self.draft.today)
            yield MATCHERS[states["match"]](states, text, scope)
        keys = listed(self.request.input("product_key"))
        if keys and "line_items" in self.entity.stored:
            yield lambda data: any(line["product_key"] in keys for line in data["line_items"])

    # rows ----------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row: one row a record, or one for each of its lines."""
        for data in self.records():
            for line in self._lines(data):
                reached: dict[str, Data | None] = {self.base: data}
                kind = self.facts.get("lines")
                if kind is not None:
                    reached[kind] = {**data, **line} if kind == self.base else line
                yield [
                    self._cell(column, place, reached) for column, place in zip(self.columns, self.places, strict=True)
                ]

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
