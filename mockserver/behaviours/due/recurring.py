"""Templates that are due: recurring invoices make invoices, recurring expenses make expenses (R-STAT-30, R-STAT-32).

Recurring quotes are only kept: the service has no job that makes quotes of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.due import client_works, falls_due, reached, works
from mockserver.behaviours.records.crud import owner
from mockserver.behaviours.records.numbering import assign_number
from mockserver.behaviours.sales.recurring_sending import produce
from mockserver.behaviours.work.expenses import ACTIVE, COMPLETED
from mockserver.derive.dates import add_days, advance
from mockserver.derive.keywords import replace_keywords
from mockserver.derive.moments import HOURLY, daily, first_run, next_midnight, unix
from mockserver.derive.status import PARTIAL, SENT

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

EXPENSES = daily(0, 10)
STALE = 3
"""Days after which a template that waited for a payment counts its periods from today."""
COPIED = (
    "assigned_user_id", "vendor_id", "invoice_id", "client_id", "project_id", "category_id", "payment_type_id",
    "currency_id", "invoice_currency_id", "exchange_rate", "amount", "foreign_amount", "should_be_invoiced",
    "invoice_documents", "transaction_reference", "payment_date", "uses_inclusive_taxes", "calculate_tax_by_amount",
    *(f"{name}{n}" for name in ("tax_name", "tax_rate", "tax_amount") for n in (1, 2, 3)),
    *(f"custom_value{n}" for n in (1, 2, 3, 4)),
)  # fmt: skip
"""Fields that an expense takes over as they are."""


def active(data: Data) -> bool:
    """Whether a template makes something at all."""
    return data["status_id"] == ACTIVE and data["remaining_cycles"] != 0 and bool(data["next_send_date"])


def unpaid(draft: Draft, data: Data) -> bool:
    """Whether the company waits for an invoice of the template to be paid."""
    return bool(draft.company["stop_on_unpaid_recurring"]) and any(
        each["status_id"] in (SENT, PARTIAL) and not each["is_deleted"] and each["balance"] > 0
        for each in draft.find("invoice", data["id"], "recurring_id")
    )


def invoice_moment(draft: Draft, data: Data, after: int) -> int | None:
    """The hour at which a template makes its next invoice: one a day at most, also when it is behind."""
    if not active(data) or not client_works(draft, data) or unpaid(draft, data):
        return None
    earliest = max(unix(data["next_send_datetime"]), after + 1)
    if data["last_sent_date"]:
        earliest = max(earliest, next_midnight(data["last_sent_date"], draft.zone))
    return first_run(HOURLY, earliest)


@falls_due("recurring_invoice", "recurring_invoice", invoice_moment, woken={"invoice": "recurring_id"})
def make_invoice(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Make the next invoice of a template."""
    client = draft.get("client", data["client_id"])
    assert client is not None
    if draft.company["stop_on_unpaid_recurring"] and data["next_send_date"][:10] < add_days(draft.today, -STALE):
        data = {**data, "next_send_date": f"{draft.today} 00:00:00"}
    made = produce(draft, entity, data, client, reached(draft, data["next_send_date"]))
    return {"made": made_of("invoice", draft, made), **template_of(draft, entity, data)}


def made_of(kind: str, draft: Draft, made: Data) -> dict[str, Any]:
    """What a template made, in short."""
    data = draft.get(kind, made["id"]) or made
    shown = ("id", "number", "status_id", "date", "due_date", "amount")
    return {"entity": kind, **{name: data[name] for name in shown if name in data}}


def template_of(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """How a template stands after it made something."""
    now = draft.get(entity.name, data["id"]) or data
    return {name: now[name] for name in ("status_id", "remaining_cycles", "next_send_date")}


def expense_moment(draft: Draft, data: Data, after: int) -> int | None:
    """Shortly after midnight in UTC, when a template makes its next expense."""
    if not active(data) or not works(draft, data):
        return None
    return first_run(EXPENSES, max(unix(data["next_send_date"]), after + 1))


@falls_due("recurring_expense", "recurring_expense", expense_moment)
def make_expense(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Make the next expense of a template: dated its day, with a number of its own; the template moves on."""
    kind, due = draft.entity("expense"), data["next_send_date"][:10]
    made = draft.blank("expense") | {name: data[name] for name in COPIED}
    made |= {name: value for name, value in owner(draft).items() if name in made}
    made |= {name: replace_keywords(data[name], due) for name in ("public_notes", "private_notes")}
    made |= {"date": reached(draft, due), "transaction_id": ""}
    assign_number(draft, kind, made)
    made = draft.put("expense", made)
    draft.emit("created", "expense", made["id"])
    cycles = data["remaining_cycles"] - 1 if data["remaining_cycles"] > 0 else data["remaining_cycles"]
    after = {
        "last_sent_date": f"{reached(draft, due)} 00:00:00",
        "next_send_date": f"{advance(due, data['frequency_id'])} 00:00:00",
        "remaining_cycles": cycles,
        "status_id": ACTIVE if cycles else COMPLETED,
    }
    draft.patch(entity.name, data["id"], after)
    return {"made": made_of("expense", draft, made), **template_of(draft, entity, data)}
