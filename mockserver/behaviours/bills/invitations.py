"""Invitations: one for each contact that gets the document, with a key of its own (R-SIDE-1, R-LIFE-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import bill_of, stamp

if TYPE_CHECKING:
    from mockserver.behaviours.bills.billing import Bill
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def save_invitations(draft: Draft, entity: Entity, document: Data, sent: Any, *, new: bool) -> None:
    """Bring the invitations in line with the posted list; without a list a new document gets the standard set.

    Existing invitations whose key is not listed go; entries with a contact of the same client or vendor make new ones;
    when none is left the standard set is made again. An update without a list changes nothing.
    """
    bill = bill_of(entity)
    if isinstance(sent, list):
        before = [] if new else draft.find(bill.invitation, document["id"], bill.link)
        keys = {each.get("key") for each in sent if isinstance(each, dict)}
        ids = {each.get("id") for each in sent if isinstance(each, dict)}
        kept = [each for each in before if each["key"] in keys or each["id"] in ids]
        for each in before:
            if each not in kept:
                draft.remove(bill.invitation, each["id"])
        have = {each[bill.contact_id] for each in kept}
        for each in sent:
            contact = draft.get(bill.contact, str(each.get(bill.contact_id) or "")) if isinstance(each, dict) else None
            known = contact is not None and contact[bill.party_id] == document[bill.party_id]
            if contact is not None and known and contact["id"] not in have:
                invite(draft, bill, document, contact["id"])
                have.add(contact["id"])
        if not have:
            standard_set(draft, bill, document)
        if not new:
            draft.refresh(entity.name, document["id"])
    elif new:
        standard_set(draft, bill, document)


def standard_set(draft: Draft, bill: Bill, document: Data) -> None:
    """One invitation a contact, of some kinds of bills only for those that take e-mail.

    Without such a contact a blank one is added and invited.
    """
    contacts = draft.find(bill.contact, document[bill.party_id], bill.party_id)
    invited = [contact for contact in contacts if bill.invites == "all" or contact["send_email"]]
    if not invited:
        contact = draft.blank(bill.contact)
        contact |= {
            bill.party_id: document[bill.party_id],
            "contact_key": draft.text(bill.contact, "contact_key", 32),
            "is_primary": not contacts,
            "send_email": True,
        }
        invited = [draft.put(bill.contact, contact)]
    for each in invited:
        invite(draft, bill, document, each["id"])


def invite(draft: Draft, bill: Bill, document: Data, contact_id: str) -> Data:
    """A new invitation of the contact to the document."""
    data = draft.blank(bill.invitation)
    data |= {
        bill.contact_id: contact_id,
        "key": draft.text(bill.invitation, "key", 32),
        bill.link: document["id"],
        "user_id": document["user_id"],
    }
    return draft.put(bill.invitation, data)


def portal_link(draft: Draft, entity: Entity, key: str) -> str:
    """Where the portal shows a bill to the one whose invitation has the key; a browser sends no header for a world."""
    return f"{draft.world.address('')}/{bill_of(entity).party}/{entity.name}/{key}"


def invited_contacts(draft: Draft, entity: Entity, document: Data) -> list[dict[str, str]]:
    """Those who are invited to a document, as the list of invitations that a body may hold."""
    bill = bill_of(entity)
    found = draft.find(bill.invitation, document["id"], bill.link)
    return [{bill.contact_id: each[bill.contact_id]} for each in found]


def mark_invitations_sent(draft: Draft, entity: Entity, document: Data) -> None:
    """Set sent_date of all invitations."""
    bill = bill_of(entity)
    for each in draft.find(bill.invitation, document["id"], bill.link):
        draft.patch(bill.invitation, each["id"], {"sent_date": stamp(draft)})
