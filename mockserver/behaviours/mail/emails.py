"""Sending one record by e-mail, and what became of e-mails (R-EP-21, R-EP-22). They stay in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item, Plain
from mockserver.behaviours.bills.billing import bill_of
from mockserver.behaviours.core.access import caller_of, may_touch, unauthorized
from mockserver.behaviours.core.registry import ACTIONS, operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.mail.mailing import mail_payment
from mockserver.behaviours.records.feeds import named_record
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

NAMES = {"purchaseOrder": "purchase_order"}
RECEIPTS = frozenset({"payment"})
"""Records that nothing else happens to when they are e-mailed."""


@operation("send_email")
def send_email(draft: Draft, request: Request) -> Answer:
    """Send a record to those contacts that can get it; without any it stays as it is."""
    body = request.body
    sent, hashed = str(body.get("entity") or ""), str(body.get("entity_id") or "")
    if not sent or not hashed:
        got, wanted = f"{sent or 'nothing'} {hashed}", "the name of an entity, such as invoice, and the id of a record"
        diagnosis = Diagnosis("/entity, /entity_id", "required", got, wanted)
        raise Refused("unauthorized", "Invalid entity or entity_id", diagnoses=(diagnosis,))
    name = NAMES.get(sent, sent)
    entity, record = draft.entity(name), draft.record(name, hashed)
    if record is None or not may_touch(draft, entity, record, "edit"):
        diagnosis = Diagnosis("/entity_id", "R-EP-21", hashed, f"the id of a {name} that the caller may edit")
        raise Refused("unauthorized", "This action is unauthorized.", diagnoses=(diagnosis,))
    if "disable_emails" in caller_of(draft).held:
        raise unauthorized("disable_emails", "a user without the permission disable_emails")
    if not body.get("template"):
        raise invalid({"template": ["The template field is required."]})
    if name in RECEIPTS:
        mail_payment(draft, record.data, body)
    elif reachable(draft, name, record.data):
        action = entity.bulk.get("email") or "email"
        ACTIONS[action](draft, entity, record.data, request)
    return Item(name, record.data["id"])


def reachable(draft: Draft, name: str, data: Data) -> bool:
    """Whether one of the invitations is for a live contact with an address."""
    bill = bill_of(draft.entity(name))
    for invitation in draft.find(bill.invitation, data["id"], bill.link):
        contact = draft.get(bill.contact, invitation[bill.contact_id])
        if contact is not None and not contact["archived_at"] and contact["email"].strip():
            return True
    return False


@operation("email_client_history")
def client_history(draft: Draft, request: Request) -> Answer:
    """Nothing comes back from a mail service that is not there."""
    return Plain([])


@operation("email_entity_history")
def entity_history(draft: Draft, request: Request) -> Answer:
    """As for a client, once the document is known to exist."""
    named_record(draft, request, str(request.body.get("entity") or ""))
    return Plain([])
