"""Which records a report counts: what the caller may see, of the period, under the filters of the request (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.access import visible
from mockserver.derive.dates import parse_date, unix_to_date
from mockserver.derive.periods import period
from mockserver.derive.text import is_true
from mockserver.store.query import MATCHERS, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.query import Predicate
    from mockserver.store.table import Data

PERIODS = {"last7": "last7_days", "last30": "last30_days", "last365_days": "last365_days"}
WHOLE = frozenset(f"{which}_{span}" for which in ("this", "last") for span in ("month", "quarter", "year"))
MOMENTS = frozenset({"date", "datetime", "timestamp"})
"""Kinds of fields that a period can be about."""


def truth(value: Any, *, default: bool) -> bool:
    """A flag of the body or of the query."""
    return default if value in (None, "") else is_true(value)


def listed(value: Any) -> list[str]:
    """A comma list or a list as texts, without empty ones."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def one_of(field: str, wanted: Sequence[str]) -> Predicate:
    """Records whose field holds one of the texts."""
    return lambda data: str(data[field]) in wanted


def asked_days(draft: Draft, request: Request) -> tuple[str, str] | None:
    """First and last day of the asked period; None for `all`, which is usual."""
    word = str(request.input("date_range") or "all")
    if word == "all":
        return None
    if word == "custom":
        first, last = (parse_date(str(request.input(name) or "")) or "" for name in ("start_date", "end_date"))
        return first, last
    known = PERIODS.get(word) or (word if word in WHOLE else "this_year")
    return period(known, "", "", draft.today, draft.company["first_month_of_year"])


class Records:
    """Records of one entity under a request. `facts` tell the usual day of the period (`date`) and the `filters`."""

    def __init__(self, draft: Draft, request: Request, entity: Entity, facts: Mapping[str, Any]) -> None:
        self.draft = draft
        self.request = request
        self.entity = entity
        self.facts = facts

    def records(self, *, deleted: bool = False) -> list[Data]:
        """The records that count: of a period by their day, else in the order of their rows. Deleted ones on demand."""
        tests = [each for each in (self._seen(), self._period(), *self._narrowed()) if each is not None]
        rows = (record.data for record in self.draft.table(self.entity.name).records(self.draft.company_row))
        found = [data for data in rows if (deleted or not self._is_deleted(data)) and all(test(data) for test in tests)]
        field = self._day
        if field is not None and asked_days(self.draft, self.request) is not None:
            found.sort(key=lambda data: data[field])
        return found

    def _is_deleted(self, data: Data) -> bool:
        return bool(data.get("is_deleted"))

    def _seen(self) -> Predicate | None:
        return visible(self.draft, self.entity)

    @property
    def _day(self) -> str | None:
        """The field that a period is about: the asked one or the usual one."""
        asked = self.entity.stored.get(str(self.request.input("date_key") or "").rpartition(".")[2])
        return asked.name if asked is not None and asked.kind in MOMENTS else self.facts.get("date")

    def _period(self) -> Predicate | None:
        """Records of the period; no period counts all."""
        days, field = asked_days(self.draft, self.request), self._day
        if days is None or field is None:
            return None
        first, last = days

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
