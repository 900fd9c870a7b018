"""Dates of recurring documents and expenses: when the next one goes out and falls due (R-STAT-32, R-TRIG-8)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from mockserver.derive.computed import computed
from mockserver.derive.dates import add_days, add_months_no_overflow, advance
from mockserver.derive.text import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDLESS = -1
SHOWN = 10
"""Dates that are told of a template without an end."""
MOST = 500
"""Dates that are told of one with an end."""
COMPLETED = "4"
_DAYS = re.compile(r"-?[0-9]{1,9}")


def send_moment(day: str, hour: int, utc_offset: int) -> str:
    """`YYYY-MM-DD HH:MM:SS` in UTC at which a document of that day goes out.

    That is `hour` o'clock in a zone that is `utc_offset` seconds ahead, whatever the season; hour 0 is midnight in UTC.
    """
    start = datetime.combine(date.fromisoformat(day), time())
    try:
        return (start + timedelta(seconds=hour * 3600 - utc_offset if hour else 0)).isoformat(sep=" ")
    except OverflowError:  # the first and the last day of the calendar
        return start.isoformat(sep=" ")


def due_on(day: str, due_date_days: str, terms: str) -> str:
    """Due date of what goes out on `day`: by the payment terms (days as text), or on the next such day of a month."""
    if due_date_days == "on_receipt":
        return day
    if due_date_days in ("", "terms"):
        return add_days(day, int(terms)) if _DAYS.fullmatch(terms) else ""
    if not due_date_days.isdigit() or not 1 <= int(due_date_days) <= 31:
        return ""
    wanted = int(due_date_days)
    first = f"{day[:8]}01"
    month = first if int(day[8:]) < wanted else add_months_no_overflow(first, 1)
    last = add_days(add_months_no_overflow(month, 1), -1)
    return min(add_days(month, wanted - 1), last)


def coming_dates(record: Mapping[str, Any], terms: str) -> list[dict[str, str]]:
    """{send_date, due_date} of what a template will still send: all of it, or ten when there is no end."""
    day, cycles = as_text(record["next_send_date"])[:10], int(record["remaining_cycles"])
    if record["status_id"] == COMPLETED or not day:
        return []
    found = []
    for _ in range(SHOWN if cycles == ENDLESS else min(max(cycles, 0), MOST)):
        found.append({"send_date": day, "due_date": due_on(day, as_text(record["due_date_days"]), terms)})
        day = advance(day, as_text(record["frequency_id"]))
    return found


@computed
def recurring_dates(record: Mapping[str, Any], related: Mapping[str, Any], _base_url: str) -> list[dict[str, str]]:
    """The coming dates of a recurring invoice, by the payment terms of its client."""
    return coming_dates(record, as_text(related["settings"].get("payment_terms")))


@computed
def recurring_expense_dates(
    record: Mapping[str, Any], _related: Mapping[str, Any], _base_url: str
) -> list[dict[str, str]]:
    """{send_date} of what the template of an expense will still make: all of it, or ten when there is no end."""
    day, cycles = str(record["next_send_date"])[:10], int(record["remaining_cycles"])
    found: list[dict[str, str]] = []
    while day and record["status_id"] != COMPLETED and len(found) < (SHOWN if cycles == ENDLESS else min(cycles, MOST)):
        found.append({"send_date": day})
        day = advance(day, str(record["frequency_id"]))
    return found
