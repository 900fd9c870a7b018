"""Invoices whose day of charging has come: each morning from the due date on, three times at most (R-STAT-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.due import client_works, falls_due, job_request
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.behaviours.due.reminders import owing
from mockserver.derive.moments import daily, first_run, unix
from mockserver.derive.money import number, to_decimal

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

CHARGES = daily(6, 20)
MOST_TRIES = 3


def charge_moment(draft: Draft, data: Data, after: int) -> int | None:
    """The morning of the first due date, the partial's or the invoice's, or the next one when that is past."""
    days = [day for day in (data["partial_due_date"], data["due_date"]) if day]
    if not data["auto_bill_enabled"] or not days or not owing("invoice", data) or not client_works(draft, data):
        return None
    return first_run(CHARGES, max(unix(min(days)), after + 1))


@falls_due("auto_bill", "invoice", charge_moment)
def charge(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Try to charge; after the third try that brought nothing charging is switched off."""
    ACTIONS["auto_bill"](draft, entity, data, job_request(draft, entity, "auto_bill", data["id"]))
    now = draft.get(entity.name, data["id"]) or data
    paid = number(to_decimal(data["balance"]) - to_decimal(now["balance"]))
    tries = data["auto_bill_tries"] + 1
    if not paid:
        given_up = {"auto_bill_tries": 0, "auto_bill_enabled": False}
        changes = given_up if tries >= MOST_TRIES else {"auto_bill_tries": tries}
        now = draft.patch(entity.name, data["id"], changes)
    shown = ("number", "balance", "auto_bill_enabled")
    return {"paid": paid, "tries": tries, **{name: now[name] for name in shown}}
