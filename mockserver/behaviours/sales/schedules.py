"""Payment schedules of invoices: the parts are checked and kept with the invoice, one schedule at a time."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from mockserver.answer import Item
from mockserver.behaviours.bills.billing import rounding
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.records.crud import entity_of, record_of
from mockserver.behaviours.sales.task_schedulers import forget_payments, plan_payments
from mockserver.derive.dates import FREQUENCIES, advance, parse_date
from mockserver.derive.money import MONEY, ZERO, number, to_decimal
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.errors import Refused
    from mockserver.request import Request
    from mockserver.store.table import Data

MAX_PARTS = 1000
LARGEST = 50
"""Digits of an amount that still has cents within the precision of money."""
PARTS = "parameters.schedule"
Part = dict[str, Any]


class Faults:
    """Messages by field, with their diagnoses."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}
        self.diagnoses: list[Diagnosis] = []

    def add(self, field: str, sentence: str, rule: str, got: object, wanted: str) -> None:
        self.errors.setdefault(field, []).append(sentence)
        self.diagnoses.append(Diagnosis("/" + field.replace(".", "/"), rule, got, wanted))

    def refused(self) -> Refused:
        return invalid(self.errors, tuple(self.diagnoses[:10]))


@operation("payment_schedule")
def payment_schedule(draft: Draft, request: Request) -> Answer:
    """Plan the instalments of an invoice, in place of those it has; a wrong plan is refused with 422."""
    entity, invoice = entity_of(request), record_of(request)
    faults = Faults()
    start = date_of(request.body.get("next_run"), "next_run", faults)
    parameters = request.body.get("parameters") or {}
    listed = request.body.get("schedule") or parameters.get("schedule")
    if listed:
        parts = listed_parts(listed, faults)
        check_sum(parts, to_decimal(invoice["amount"]), faults)
    else:
        parts = even_parts(draft, entity, invoice, start, request.body, faults)
    if faults.errors:
        raise faults.refused()
    auto_bill = bool(parameters.get("auto_bill"))
    stored = [{"id": n, **part, "auto_bill": auto_bill} for n, part in enumerate(parts, 1)]
    draft.patch(entity.name, invoice["id"], {"payment_schedule": stored}, touch=False)
    plan_payments(draft, invoice, stored, start, "0" if listed else str(request.body["frequency_id"]))
    return Item(entity.name, invoice["id"])


@operation("remove_payment_schedule")
def remove_payment_schedule(draft: Draft, request: Request) -> Answer:
    """Drop the instalments; without any nothing happens."""
    entity, invoice = entity_of(request), record_of(request)
    if invoice["payment_schedule"]:
        draft.patch(entity.name, invoice["id"], {"payment_schedule": []}, touch=False)
        forget_payments(draft, invoice)
    return Item(entity.name, invoice["id"])


def words(field: str) -> str:
    return field.replace("_", " ")


def date_of(value: object, field: str, faults: Faults) -> str:
    """The date in stored form; a missing or unreadable one is noted."""
    if value in (None, ""):
        faults.add(field, f"The {words(field)} field is required.", "required", value, "a date such as 2025-04-01")
        return ""
    date = parse_date(str(value))
    if date is None:
        faults.add(field, f"The {words(field)} is not a valid date.", "date", value, "a date such as 2025-04-01")
    return date or ""


def listed_parts(listed: list[Any], faults: Faults) -> list[Part]:
    """The posted parts in stored form; each needs a date, an amount and `is_amount`."""
    if len(listed) > MAX_PARTS:
        faults.add(
            PARTS, f"The {PARTS} may not have more than {MAX_PARTS} items.", "max", len(listed), f"{MAX_PARTS} parts"
        )
        return []
    parts = []
    for position, each in enumerate(listed):
        path = f"{PARTS}.{position}"
        part = each if isinstance(each, dict) else {}
        for name in ("amount", "is_amount"):
            if part.get(name) is None:
                field = f"{path}.{name}"
                faults.add(field, f"The {words(field)} field is required.", "required", None, f"the {name} of the part")
        date = date_of(part.get("date"), f"{path}.date", faults)
        parts.append({"date": date, "amount": number(part.get("amount")), "is_amount": bool(part.get("is_amount"))})
    return parts


def check_sum(parts: list[Part], amount: Decimal, faults: Faults) -> None:
    """Amounts make up the invoice, percentages make up 100; the two do not mix."""
    if faults.errors:
        return
    got = sum((to_decimal(part["amount"]) for part in parts), ZERO)
    kinds = {part["is_amount"] for part in parts}
    if len(kinds) > 1:
        sentence, wanted = "The schedule must hold either amounts or percentages.", "one kind of parts"
        faults.add("schedule", sentence, "is_amount", "amounts and percentages", wanted)
    elif kinds == {True} and got != amount:
        sentence = "The total of the schedule must equal the amount of the invoice."
        faults.add("schedule", sentence, "sum", number(got), f"amounts that add up to {number(amount)}")
    elif kinds == {False} and got != to_decimal(100):
        sentence = "The total of the schedule must equal 100 percent."
        faults.add("schedule", sentence, "sum", number(got), "percentages that add up to 100")


def even_parts(draft: Draft, entity: Entity, invoice: Data, start: str, body: Data, faults: Faults) -> list[Part]:
    """As many equal parts as there are cycles, the rest on the last one, one period of the frequency apart."""
    frequency, cycles = body.get("frequency_id"), body.get("remaining_cycles")
    if frequency is None and cycles is None:
        sentence = f"The {PARTS} field is required when frequency id / remaining cycles is not present."
        faults.add(PARTS, sentence, "required_without", None, "a list of parts, or frequency_id with remaining_cycles")
        return []
    for field, value, other in (
        ("frequency_id", frequency, "remaining_cycles"),
        ("remaining_cycles", cycles, "frequency_id"),
    ):
        if value is None:
            sentence = f"The {words(field)} field is required when {words(other)} is present."
            faults.add(field, sentence, "required_with", None, f"{field} beside {other}")
    if frequency is not None and str(frequency) not in FREQUENCIES:
        wanted = f"one of {', '.join(FREQUENCIES)}"
        faults.add("frequency_id", "The selected frequency id is invalid.", "in", frequency, wanted)
    if cycles is not None and not 1 <= cycles <= MAX_PARTS:
        sentence = f"The remaining cycles must be between 1 and {MAX_PARTS}."
        faults.add("remaining_cycles", sentence, "between", cycles, f"1 to {MAX_PARTS}")
    if faults.errors:
        return []
    places, _ = rounding(draft, entity, invoice)
    return split(to_decimal(invoice["amount"]), int(body["remaining_cycles"]), start, str(frequency), places)


def split(amount: Decimal, count: int, start: str, frequency_id: str, precision: int) -> list[Part]:
    """`count` parts of an amount: 100 in three is 33.33, 33.33 and 33.34."""
    share = MONEY.divide(amount, Decimal(count))
    if share.adjusted() < LARGEST:
        share = share.quantize(Decimal(1).scaleb(-precision), ROUND_DOWN, MONEY)
    parts, date = [], start
    for n in range(count):
        worth = share if n < count - 1 else amount - share * (count - 1)
        parts.append({"date": date, "amount": number(worth), "is_amount": True})
        date = advance(date, frequency_id)
    return parts
