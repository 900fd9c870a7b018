"""Numbers of documents, clients, tasks ...: patterns, counters and their reset (R-NUM-1..6, R-NUM-12)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.derive.dates import advance, at
from mockserver.derive.phpdate import php_date
from mockserver.derive.text import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TRIES = 100
MAX_PADDING = 100

_SHARED = {"quote": "shared_invoice_quote_counter", "credit": "shared_invoice_credit_counter"}
_RESET = (
    "invoice", "quote", "credit", "payment", "recurring_invoice", "recurring_quote", "project", "task", "expense",
    "recurring_expense", "purchase_order", "ticket",
)  # fmt: skip
_DATE = re.compile(r"\{\$date:(.*?)\}")
_TOKEN = re.compile(r"\{\$(\w+)\}")
_RELATED = {
    "client_number": ("client", ("number",)),
    "client_id_number": ("client", ("id_number", "number")),
    "clientIdNumber": ("client", ("id_number", "number")),
    "vendor_number": ("vendor", ("number",)),
    "vendor_id_number": ("vendor", ("id_number",)),
    "expense_id_number": ("record", ("id_number",)),
} | {
    f"{owner}_custom{n}": (owner, (f"custom_value{n}",)) for owner in ("client", "user", "vendor") for n in (1, 2, 3, 4)
}


@dataclass(slots=True, eq=False)  # one is made for each number
class NumberContext:
    """What the tokens of a pattern may speak of.

    `now` are unix seconds and `zone` the company's time zone, `user_id` is the plain row number, `record` what gets
    the number. The tokens of an empty record stay as written.
    """

    now: int
    zone: str = "UTC"
    user_id: int = 0
    user: Mapping[str, Any] = field(default_factory=dict)
    client: Mapping[str, Any] = field(default_factory=dict)
    vendor: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)


def format_number(pattern: str, padding: int, counter: int, context: NumberContext) -> str:
    """The number that a pattern gives: the padded counter alone without one (R-NUM-2, R-NUM-3)."""
    padded = str(counter).rjust(min(padding, MAX_PADDING), "0")
    if not pattern:
        return padded
    if len(pattern) > 1 and "counter" not in pattern.lower():
        pattern += "{$counter}"
    pattern = _DATE.sub(lambda found: _printed(context, found[1]), pattern, count=1)
    return _TOKEN.sub(lambda found: _token(found, padded, context), pattern)


def _printed(context: NumberContext, letters: str) -> str:
    return php_date(at(context.now, context.zone), letters)


def _token(found: re.Match[str], padded: str, context: NumberContext) -> str:
    name = found[1]
    if name in ("counter", "client_counter", "clientCounter", "group_counter", "groupCounter"):
        return padded
    if name == "year":
        return _printed(context, "Y")
    if name in ("user_id", "userId"):
        return f"{context.user_id:02}"
    owner, keys = _RELATED.get(name, ("", ()))
    source = getattr(context, owner) if owner else None
    if not source:
        return found[0]
    return next((as_text(source[key]) for key in keys if source.get(key)), "")


def counter_owner(pattern: str) -> str:
    """Whose settings hold the counter of a pattern: client, group or company (R-NUM-3)."""
    if "{$client_counter}" in pattern or "{$clientCounter}" in pattern:
        return "client"
    return "group" if "{$group_counter}" in pattern or "{$groupCounter}" in pattern else "company"


def counter_key(entity: str, settings: Mapping[str, Any]) -> str:
    """The settings key of an entity's counter; shared counters are the invoices' (R-NUM-5, R-NUM-6)."""
    shared = entity in _SHARED and settings.get(_SHARED[entity])
    return f"{'invoice' if shared else entity}_number_counter"


def next_number(
    pattern: str,
    padding: int,
    counter: int,
    context: NumberContext,
    taken: Callable[[str], bool],
    suffix: Callable[[], str],
    *,
    prefix: str = "",
) -> tuple[str, int]:
    """A free number and the counter to store: last used plus one (R-NUM-4).

    `taken` tells whether the entity has the number already; after 100 tries the last number gets `_` and `suffix()`,
    five random characters. `prefix` is recurring_number_prefix for what a recurring invoice makes (R-NUM-9).
    """
    number = ""
    for value in range(counter, counter + TRIES):
        number = prefix + format_number(pattern, padding, value, context)
        if not taken(number):
            return number, value + 1
    return f"{number}_{suffix()}", counter + TRIES


def advance_reset(settings: Mapping[str, Any], today: str) -> dict[str, Any]:
    """Changes of company settings before a number is taken: counters back to 1 and the next reset date (R-NUM-12).

    Frequency 0 clears the date; clients and vendors go on counting. Empty when nothing is due.
    """
    due = settings.get("reset_counter_date") or ""
    frequency = as_text(settings.get("reset_counter_frequency_id")) or "0"
    if frequency == "0":
        return {"reset_counter_date": ""} if due else {}
    if not due or due[:10] > today:
        return {}
    counters: dict[str, Any] = {f"{entity}_number_counter": 1 for entity in _RESET}
    return counters | {"reset_counter_date": advance(due[:10], frequency)}
