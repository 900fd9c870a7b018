"""When a bill reminds its client next: dates that the settings plan, before and after the dates of the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.dates import FREQUENCIES, add_days, advance

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCES: Mapping[str, tuple[str, int]] = {
    "after_invoice_date": ("date", 1),
    "before_due_date": ("due_date", -1),
    "after_due_date": ("due_date", 1),
    "after_quote_date": ("date", 1),
    "before_valid_until_date": ("due_date", -1),
    "after_valid_until_date": ("due_date", 1),
}
"""Word of a setting -> date that days are counted from, and which way."""


class Reminder(NamedTuple):
    """Names of the settings of a reminder, and of the field that says when it went out."""

    enabled: str
    days: str
    reference: str
    sent: str


REMINDERS: Mapping[str, tuple[Reminder, ...]] = {
    "invoice": tuple(
        Reminder(f"enable_reminder{n}", f"num_days_reminder{n}", f"schedule_reminder{n}", f"reminder{n}_sent")
        for n in (1, 2, 3)
    ),
    "quote": (
        Reminder("enable_quote_reminder1", "quote_num_days_reminder1", "quote_schedule_reminder1", "reminder1_sent"),
    ),
}
"""Kind of bill -> its reminders."""


def reminder_day(bill: Mapping[str, Any], settings: Mapping[str, Any], reminder: Reminder) -> str:
    """Day of one reminder; empty when it is off, was sent, or has no date to count from."""
    field, way = REFERENCES.get(str(settings.get(reminder.reference) or ""), ("", 0))
    if not settings.get(reminder.enabled) or not bill.get(field) or bill[reminder.sent]:
        return ""
    return add_days(bill[field], way * int(settings.get(reminder.days) or 0))


def next_reminder(kind: str, bill: Mapping[str, Any], settings: Mapping[str, Any], today: str) -> str:
    """The first day after today on which the bill reminds; empty when there is none."""
    days = [reminder_day(bill, settings, each) for each in REMINDERS[kind]]
    if kind == "invoice":
        days.append(endless_day(bill, settings))
    return min((day for day in days if day > today), default="")


def endless_day(bill: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Day of the repeated reminder, which starts when all the others went out or are not planned."""
    frequency = str(settings.get("endless_reminder_frequency_id") or "")
    waiting = any(settings.get(each.enabled) and not bill[each.sent] for each in REMINDERS["invoice"])
    planned = settings.get("enable_reminder_endless") and frequency in FREQUENCIES and not waiting
    return advance(bill["last_sent_date"], frequency) if planned and bill["last_sent_date"] else ""
