"""What a recurring invoice produces: an invoice of its own, sent and numbered (R-STAT-31, R-STAT-32, R-NUM-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import client_of, stamp
from mockserver.behaviours.bills.invitations import invited_contacts, save_invitations
from mockserver.behaviours.bills.saving import surcharge_flags, totals
from mockserver.behaviours.core.due import job_request
from mockserver.behaviours.core.registry import ACTIONS, action
from mockserver.behaviours.mail.emails import reachable
from mockserver.behaviours.mail.mailing import mail_bill
from mockserver.behaviours.records.crud import owner
from mockserver.behaviours.records.numbering import assign_number
from mockserver.behaviours.sales.recurring import ACTIVE, send_times
from mockserver.behaviours.sales.sending import allowed, send
from mockserver.behaviours.sales.stock import sell
from mockserver.derive.dates import advance
from mockserver.derive.keywords import replace_keywords
from mockserver.derive.recurring import COMPLETED, due_on
from mockserver.derive.status import SENT

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

COPIED = (
    "client_id", "vendor_id", "project_id", "assigned_user_id", "design_id", "subscription_id", "location_id",
    "discount", "is_amount_discount", "po_number", "uses_inclusive_taxes", "exchange_rate", "private_notes",
    "auto_bill_enabled", "e_invoice",
    *(f"{name}{n}" for name in ("tax_name", "tax_rate") for n in (1, 2, 3)),
    *(f"{name}{n}" for name in ("custom_value", "custom_surcharge") for n in (1, 2, 3, 4)),
)  # fmt: skip
"""Fields that a produced invoice takes over as they are."""


@action("send_recurring_now")
def send_now(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Start a draft and produce an invoice at once; as a flag only while it has produced none."""
    if not allowed(entity, "send_now", data) or data["remaining_cycles"] == 0:
        return
    if request.input("action") != "send_now" and draft.find("invoice", data["id"], "recurring_id"):
        return
    client = client_of(draft, entity, data)
    if client is not None:
        produce(draft, entity, data, client)


def produce(draft: Draft, entity: Entity, data: Data, client: Data, day: str = "") -> Data:
    """Store the next invoice of a template, of today or another day; the template moves on by a period.

    The invoice is sent where the setting auto_email_invoice says so, else it stays a draft. Gives the invoice.
    """
    invoice, day = draft.entity("invoice"), day or draft.today
    made = draft.blank("invoice") | {name: data[name] for name in COPIED}
    made |= {name: value for name, value in owner(draft).items() if name in made}
    made |= texts(data, data["next_send_date"][:10] or draft.today)
    terms = str(draft.setting("payment_terms", client) or "")
    made |= {
        "recurring_id": data["id"],
        "date": day,
        "due_date": due_on(day, data["due_date_days"], terms),
        **surcharge_flags(draft),
    }
    made |= totals(draft, invoice, made, client)
    made = draft.put("invoice", made)
    save_invitations(draft, invoice, made, invited_contacts(draft, entity, data), new=True)
    sell(draft, made)
    mailed = bool(draft.setting("auto_email_invoice", client))
    numbered = {**made, "status_id": SENT} if mailed else {**made}
    assign_number(draft, invoice, numbered, prefix=str(draft.setting("recurring_number_prefix", client) or ""))
    made = draft.patch("invoice", made["id"], {"number": numbered["number"]})
    draft.emit("created", "invoice", made["id"])
    draft.patch(entity.name, data["id"], moved_on(draft, entity, data))
    if not mailed:
        return made
    made = mail(draft, invoice, send(draft, invoice, made))
    if draft.setting("auto_bill_date", client) == "on_send_date" and made["auto_bill_enabled"]:
        ACTIONS["auto_bill"](draft, invoice, made, job_request(draft, invoice, "auto_bill", made["id"]))
    return made


def mail(draft: Draft, entity: Entity, made: Data) -> Data:
    """E-mail a sent bill, where somebody can get it; gives its new data."""
    if not reachable(draft, entity.name, made):
        return made
    made = draft.patch(entity.name, made["id"], {"last_sent_date": draft.today})
    mail_bill(draft, entity, made, {})
    draft.emit("emailed", entity.name, made["id"])
    return made


def texts(data: Data, day: str) -> dict[str, Any]:
    """Lines and texts with their keywords replaced, as of the day on which the template is due."""
    lines = [{**line, "notes": replace_keywords(line["notes"], day)} for line in data["line_items"]]
    return {
        "line_items": lines,
        **{name: replace_keywords(data[name], day) for name in ("terms", "footer", "public_notes")},
    }


def moved_on(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """The template after an invoice: one period later, one cycle less, completed after the last."""
    day = advance(data["next_send_date"][:10] or draft.today, data["frequency_id"])
    cycles = data["remaining_cycles"] - 1 if data["remaining_cycles"] > 0 else data["remaining_cycles"]
    after = {
        "status_id": ACTIVE if cycles else COMPLETED,
        "last_sent_date": stamp(draft),
        "next_send_date": f"{day} 00:00:00",
        "remaining_cycles": cycles,
    }
    return {**after, **send_times(draft, entity, {**data, **after})}
