"""What reports show beside the fields of records: headings, spans of time, taxes of expenses, and the CSV file."""

from __future__ import annotations

import re
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

from mockserver.derive.dates import at
from mockserver.derive.money import MONEY, round_half_up, to_decimal
from mockserver.derive.printed import printed_number
from mockserver.derive.time_log import entries, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HUNDRED = Decimal(100)
DAY = 86400


CAPITALS = frozenset({"id", "ip", "po", "url", "vat"})


def heading(column: str) -> str:
    """`client.country_id` is Client Country; a column without a kind is named by its property alone."""
    kind, dot, prop = column.partition(".")
    own = dot and prop.startswith(f"{kind}_")  # activity.activity_type_id is Activity Type
    text = (prop if own else column.replace(".", "_")).removesuffix("_id")
    words = re.findall(r"[^\W\d_]+|\d+", text)
    return " ".join(word.upper() if word in CAPITALS else word.capitalize() for word in words)


def readable(value: Any) -> str:
    """A stored value as a report shows it: Yes and No, the shortest form of a number, nothing for null."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (int, float)):
        return printed_number(value)
    return value if isinstance(value, str) else ""


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as RFC 4180 has them; the first holds the headings."""
    import csv

    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


RUNNING = "Running"
UNITS = (("year", 29030400), ("month", 2419200), ("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60))


def spans(time_log: str, now: int, zone: str) -> list[dict[str, Any]]:
    """The spans of a task's log as a report shows them; one that runs counts up to now.

    `duration` is that of the whole log, on each of them; that of a span stands in `time_log_duration_words`.
    """
    found = []
    rows = entries(time_log)
    whole = seconds(rows, now)
    for start, end, notes, billable in rows:
        began, spent = at(start, zone), max((end or now) - start, 0)
        ended = at(end, zone) if end else None
        found.append(
            {
                "start_date": began.strftime("%Y-%m-%d"),
                "start_time": began.strftime("%H:%M:%S"),
                "end_date": ended.strftime("%Y-%m-%d") if ended else RUNNING,
                "end_time": ended.strftime("%H:%M:%S") if ended else RUNNING,
                "duration": whole,
                "duration_words": duration_words(whole),
                "time_log_duration_words": duration_words(spent),
                "billable": billable,
                "item_notes": notes,
            }
        )
    return found


def duration_words(spent: int) -> str:
    """`02:30:00` up to a day, beyond it in words: `1 day 2 hours`."""
    if spent <= DAY:
        return f"{spent // 3600:02}:{spent // 60 % 60:02}:{spent % 60:02}"
    words = []
    for name, size in (*UNITS, ("second", 1)):
        count, spent = divmod(spent, size)
        if count:
            words.append(f"{count} {name}{'s' if count > 1 else ''}")
    return " ".join(words)


def expense_amounts(data: Mapping[str, Any]) -> dict[str, float]:
    """Taxes of an expense, and its amount without them: of the tax amounts, or worked out by the rates (R-CALC-30)."""
    amount = to_decimal(data["amount"])
    if data["calculate_tax_by_amount"]:
        taxes = [to_decimal(data[f"tax_amount{n}"]) for n in (1, 2, 3)]
    else:
        rates = [to_decimal(data[f"tax_rate{n}"]) / HUNDRED for n in (1, 2, 3)]
        inclusive = data["uses_inclusive_taxes"]
        taxes = [amount - amount / (1 + rate) if inclusive else amount * rate for rate in rates]
    tax = round_half_up(sum(taxes, Decimal(0)), 2)
    net = MONEY.subtract(amount, tax) if data["uses_inclusive_taxes"] else amount
    return {"tax_amount": float(tax), "net_amount": float(net)}
