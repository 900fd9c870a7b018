"""Invitations: one for each contact that gets the document, with a key of its own (R-SIDE-1, R-LIFE-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.dates import at

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

KIND = "invoice_invitation"


def save_invitations(draft: Draft, document: Data, sent: Any, *, new: bool) -> None:
    """Bring the invitations in line with the posted list; without a list a new document gets the standard set.

    Existing invitations whose key is not listed go; entries with a contact of the same client make new ones; when
    none is left the standard set is made again. An update without a list changes nothing.
    """
    if isinstance(sent, list):
        before = [] if new else draft.find(KIND, document["id"], "invoice_id")
        keys = {each.get("key") for each in sent if isinstance(each, dict)}
        ids = {each.get("id") for each in sent if isinstance(each, dict)}
        kept = [each for each in before if each["key"] in keys or each["id"] in ids]
        for each in before:
            if each not in kept:
                draft.remove(KIND, each["id"])
        have = {each["client_contact_id"] for each in kept}
        for each in sent:
            contact = (
                draft.get("client_contact", str(each.get("client_contact_id") or ""))
                if isinstance(each, dict)
                else None
            )
            if contact is not None and contact["client_id"] == document["client_id"] and contact["id"] not in have:
                invite(draft, document, contact["id"])
                have.add(contact["id"])
        if not have:
            standard_set(draft, document)
        if not new:
            draft.refresh("invoice", document["id"])
    elif new:
        standard_set(draft, document)


def standard_set(draft: Draft, document: Data) -> None:
    """One invitation a contact that takes e-mail; without such a contact a blank one is added and invited."""
    contacts = draft.find("client_contact", document["client_id"], "client_id")
    invited = [contact for contact in contacts if contact["send_email"]]
    if not invited:
        contact = draft.blank("client_contact")
        contact |= {
            "client_id": document["client_id"],
            "contact_key": draft.text("client_contact", "contact_key", 32),
            "is_primary": not contacts,
            "send_email": True,
        }
        invited = [draft.put("client_contact", contact)]
    for each in invited:
        invite(draft, document, each["id"])


def invite(draft: Draft, document: Data, contact_id: str) -> Data:
    """A new invitation of the contact to the document."""
    data = draft.blank(KIND)
    data |= {
        "client_contact_id": contact_id,
        "key": draft.text(KIND, "key", 32),
        "invoice_id": document["id"],
        "user_id": document["user_id"],
    }
    return draft.put(KIND, data)


def mark_invitations_sent(draft: Draft, document: Data) -> None:
    """Set sent_date of all invitations."""
    moment = at(draft.now, draft.zone).strftime("%Y-%m-%d %H:%M:%S")
    for each in draft.find(KIND, document["id"], "invoice_id"):
        draft.patch(KIND, each["id"], {"sent_date": moment})
