"""Quotes: approval, and the invoice or project that is made of one (R-STAT-19..24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item
from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.bills.clones import content_of
from mockserver.behaviours.bills.invitations import invited_contacts, save_invitations
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import action, rule
from mockserver.behaviours.records.numbering import assign_number, number_of_source
from mockserver.behaviours.sales.sending import send
from mockserver.behaviours.sales.stock import sell
from mockserver.derive.computed import client_display_name
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import is_expired
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

EXPIRED = "Unable to approve this quote as it has expired."
SERVICE = "2"
"""Lines of this type are work."""
CONVERTED = "This quote has already been converted. Cannot convert again."


@action("quote_approve")
def approve(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Draft or sent to approved. Any other state is refused by GET and passed over in bulk."""
    if data["status_id"] in entity.moves["approve"]["from"]:
        approve_anyway(draft, entity, data, request)
    elif request.method == "GET":
        raise expired("path id", data["status_id"], f"status_id {' or '.join(entity.moves['approve']['from'])}")


def expired(where: str, got: str, wanted: str) -> Refused:
    """The refusal of an approval: whatever the reason, the service says that the quote has expired."""
    return Refused("bad_request", EXPIRED, diagnoses=(Diagnosis(where, "R-STAT-19", got, wanted),))


@action("quote_approve_anyway")
def approve_anyway(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """To approved from whatever state, as the flag `approve` of a save does (R-TRIG-4)."""
    draft.patch(entity.name, data["id"], {"status_id": entity.moves["approve"]["to"]})
    draft.emit("approved", entity.name, data["id"])


@action("quote_approve_by_contact")
def approve_by_contact(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Approval in the portal; with the setting auto_convert_quote it makes a sent invoice as well (R-STAT-19)."""
    offered = entity.facts["portal"]["approve"]["from"]
    if data["status_id"] not in offered or is_expired(data, draft.today):
        got = f"status_id {data['status_id']}, due_date {data['due_date']}"
        raise expired("quote", got, f"status_id {' or '.join(offered)} and a due_date after today")
    approve_anyway(draft, entity, data, request)
    if draft.setting("auto_convert_quote", draft.get("client", data["client_id"])):
        send(draft, draft.entity("invoice"), converted(draft, entity, data))


@rule("convertible_quotes")
def convertible_quotes(context: Context, actions: list[str]) -> str | None:
    """A bulk conversion wants every listed quote to be neither converted nor expired (5.12)."""
    if context.value not in actions:
        return None
    listed = context.body.get("ids")
    draft = context.draft
    for each in listed if isinstance(listed, list) else ():
        quote = draft.get(context.entity.name, each) if isinstance(each, str) else None
        if quote is not None and (quote["invoice_id"] or is_expired(quote, draft.today)):
            return EXPIRED
    return None


@action("quote_convert")
def convert(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """Make an invoice of the quote, once; GET answers it (R-STAT-21, R-STAT-22)."""
    invoice = converted(draft, entity, data)
    return Item("invoice", invoice["id"]) if request.method == "GET" else None


def converted(draft: Draft, entity: Entity, data: Data) -> Data:
    """The invoice that is made of the quote. Raises Refused when it has one."""
    if data["invoice_id"] or data["status_id"] not in entity.moves["convert"]["from"]:
        diagnosis = Diagnosis("path id", "R-STAT-22", data["invoice_id"], "a quote without an invoice")
        raise Refused("bad_request", CONVERTED, diagnoses=(diagnosis,))
    invoice = invoice_of(draft, entity, data)
    client = draft.get("client", data["client_id"])
    archived: Data = {}
    if draft.setting("auto_archive_quote", client) and not data["archived_at"]:
        archived = {"archived_at": draft.now}
    changes = {"invoice_id": invoice["id"], "status_id": entity.moves["convert"]["to"], **archived}
    draft.patch(entity.name, data["id"], changes)
    return invoice


def invoice_of(draft: Draft, entity: Entity, quote: Data) -> Data:
    """A stored draft invoice with the quote's content, contacts and files, and the defaults of invoices."""
    kind = draft.entity("invoice")
    client, defaults = draft.get("client", quote["client_id"]), bill_of(kind).settings
    data = content_of(draft, entity, quote, kind.name)
    if draft.company["use_quote_terms_on_conversion"]:
        data["terms"] = quote["terms"]
    for field in ("terms", "footer", "design_id"):
        data[field] = data[field] or str(draft.setting(f"{defaults}_{field}", client))
    data["user_id"] = quote["user_id"]
    data["number"] = number_of_source(draft, kind, data, entity, quote)
    assign_number(draft, kind, data)
    invoice = draft.put(kind.name, data)
    save_invitations(draft, kind, invoice, invited_contacts(draft, entity, quote), new=True)
    for document in draft.find("document", (entity.name, quote["id"]), "parent_type", "parent_id"):
        copy = {**document, "parent_type": kind.name, "parent_id": invoice["id"], "created_at": 0, "updated_at": 0}
        draft.put("document", {**copy, "hash": draft.text("document", "hash", 64)})
    sell(draft, invoice)
    draft.emit("created", kind.name, invoice["id"])
    return invoice


@action("quote_convert_to_project")
def convert_to_project(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """Make a project of the quote with a task for each line of work; GET answers it (R-STAT-24)."""
    client = draft.get("client", data["client_id"]) or draft.blank("client")
    contacts = draft.find("client_contact", data["client_id"], "client_id")
    name = client_display_name(client, {"contacts": contacts}, "")
    work = [line for line in data["line_items"] if line["type_id"] == SERVICE]
    kind = draft.entity("project")
    project = draft.blank(kind.name) | {
        "user_id": caller_of(draft).user_id,
        "client_id": data["client_id"],
        "name": f"Quote # {data['number']} [{name}]",
        "public_notes": data["public_notes"],
        "private_notes": data["private_notes"],
        "task_rate": number(draft.setting("default_task_rate", client)),
        "budgeted_hours": number(sum(to_decimal(line["quantity"]) for line in work)),
    }
    assign_number(draft, kind, project)
    project = draft.put(kind.name, project)
    draft.emit("created", kind.name, project["id"])
    for line in work:
        add_task(draft, project, line)
    draft.patch(entity.name, data["id"], {"project_id": project["id"]})
    return Item(kind.name, project["id"]) if request.method == "GET" else None


def add_task(draft: Draft, project: Data, line: Data) -> None:
    """A task of the project for one line of work: its notes and price, an empty log, the first task status."""
    kind = draft.entity("task")
    states = [
        each.data for each in draft.table("task_status").records(draft.company_row) if not each.data["is_deleted"]
    ]
    first = min(states, key=lambda state: state["status_order"] or 0, default={"id": ""})
    task = draft.blank(kind.name) | {
        "user_id": project["user_id"],
        "client_id": project["client_id"],
        "project_id": project["id"],
        "description": line["notes"],
        "rate": line["cost"],
        "status_id": first["id"],
    }
    assign_number(draft, kind, task)
    task = draft.put(kind.name, task)
    draft.emit("created", kind.name, task["id"])


def release_quotes(draft: Draft, invoice: Data) -> None:
    """Put quotes back to sent that were converted into an invoice which is deleted now (R-STAT-23)."""
    for quote in draft.find("quote", invoice["id"], "invoice_id"):
        draft.patch(
            "quote", quote["id"], {"invoice_id": "", "status_id": draft.entity("quote").moves["mark_sent"]["to"]}
        )
