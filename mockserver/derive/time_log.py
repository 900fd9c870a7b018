"""Time logs of tasks: lists of [start, end, description, billable], times in unix seconds, end 0 while running."""

from __future__ import annotations

import json
import re
from typing import Any

Entry = tuple[int, int, str, bool]

MEMBERS = 4
WHOLE = re.compile(r"[+-]?\d{1,18}")
NO_LIST = "The time_log must be a valid array."
NO_TIMES = "The time_log is invalid. Unix timestamps only."
TOO_LONG = "Timelog can only have up to 4 elements."
OVERLAP = "Please correct overlapping values"


def decoded(value: Any) -> Any:
    """What was sent, read from JSON text; nothing and `{}` are an empty list, unreadable text stays text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    return [] if value in (None, "", {}) else value


def problem(value: Any) -> str:
    """Why a log is refused, in the service's words; "" for a good one (R-VAL-17)."""
    rows = decoded(value)
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return NO_LIST
    if any(len(row) > MEMBERS for row in rows):
        return TOO_LONG
    if not all(len(row) > 1 and is_time(row[0]) and is_time(row[1]) for row in rows):
        return NO_TIMES
    return "" if in_order(entries(rows)) else OVERLAP


def is_time(value: Any) -> bool:
    """Whether a member can be read as a whole number."""
    return isinstance(value, (int, float, str)) and WHOLE.fullmatch(str(value)) is not None


def in_order(rows: list[Entry]) -> bool:
    """The earliest entry, its successor and the last one fit together; nothing further is looked at (R-VAL-17)."""
    if not rows:
        return True
    first, last = rows[0], rows[-1]
    if len(rows) > 1 and (not first[1] or rows[1][0] < first[1]):
        return False
    return all(not row[1] or row[0] <= row[1] for row in (first, last))


def entries(value: Any) -> list[Entry]:
    """The entries of a good log with all four members, by start."""
    rows = [[*row, *("", True)[len(row) - 2 :]] for row in decoded(value)]
    return sorted(((int(a), int(b), text(c), billed(d)) for a, b, c, d in rows), key=lambda row: row[0])


def text(value: Any) -> str:
    """Description of an entry."""
    return "" if value is None else str(value)


def billed(value: Any) -> bool:
    """Whether an entry is billed; true unless it says otherwise."""
    return value is None or value not in (False, 0, "0", "false", "")


def as_json(rows: list[Entry]) -> str:
    """The log as it is stored and shown."""
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def is_running(rows: list[Entry]) -> bool:
    """Whether the last entry runs."""
    return bool(rows) and not rows[-1][1]


def seconds(rows: list[Entry], now: int, *, only_billed: bool = False) -> int:
    """Time of all entries; a running one counts up to now."""
    return sum(max((row[1] or now) - row[0], 0) for row in rows if row[3] or not only_billed)


def rounded(rows: list[Entry], step: int, *, up: bool) -> list[Entry]:
    """Finished entries brought to whole steps of seconds; a step of 0 or 1 leaves them alone (R-STAT-42)."""
    if step <= 1:
        return rows
    return [(row[0], rounded_end(row[0], row[1], step, up=up), *row[2:]) if row[1] else row for row in rows]


def rounded_end(start: int, end: int, step: int, *, up: bool) -> int:
    """End of an entry after rounding: 420 s by 600 are 600 upwards and 0 downwards."""
    span = end - start
    if up:
        return start + -(-span // step) * step
    return start if span <= step else start + span // step * step


def started(rows: list[Entry], now: int) -> list[Entry]:
    """With a running entry at the end; unchanged when there is one (R-STAT-40)."""
    return rows if is_running(rows) else [*rows, (now, 0, "", True)]


def stopped(rows: list[Entry], now: int) -> list[Entry]:
    """With the running entry ended now; unchanged without one (R-STAT-40)."""
    return [*rows[:-1], (rows[-1][0], now, *rows[-1][2:])] if is_running(rows) else rows
