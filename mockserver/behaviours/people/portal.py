"""What contacts do behind their links: look at a bill and answer it (R-STAT-17, R-STAT-38, R-SIDE-2).

No operation of the API comes here: `mockserver.portal` makes the pages of these verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mockserver.behaviours.bills.billing import bill_of, bills, stamp
from mockserver.behaviours.core.due import job_request
from mockserver.behaviours.core.registry import ACTIONS
from mockserver.behaviours.papers.invoice_files import bill_print, pdf_file
from mockserver.derive.computed import client_display_name
from mockserver.derive.portal_page import bill_page, list_page
from mockserver.derive.status import DRAFT
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.answer import File
    from mockserver.behaviours.papers.printing import Printed
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

SIGN_IN = "key_login"


class Guest(NamedTuple):
    """An opened link: the bill, the invitation to it, and the row of the company that both belong to."""

    entity: Entity
    bill: Data
    invitation: Data
    company: int

    @property
    def contact(self) -> dict[str, str]:
        """The contact, as an activity names it."""
        field = bill_of(self.entity).contact_id
        return {field.removeprefix("client_"): self.invitation[field]}

    @property
    def title(self) -> str:
        """Kind and number."""
        return f"{self.entity.name.replace('_', ' ').capitalize()} {self.bill['number']}".strip()

    @property
    def state(self) -> str:
        """The word for the status, where the facts have one."""
        return str(self.entity.facts.get("statuses", {}).get(self.bill["status_id"], ""))


def guest_of(draft: Draft, party: str, kind: str, key: str) -> Guest | None:
    """What the link of an invitation leads to; None when it leads nowhere, or to a bill that was deleted."""
    entity = next((each for each, bill in bills(draft.document) if (each.name, bill.party) == (kind, party)), None)
    return None if entity is None or not key else next(guests(draft, entity, key, "key"), None)


def guests(draft: Draft, entity: Entity, value: str, field: str) -> Iterator[Guest]:
    """The bills of a kind, but deleted ones, whose invitations hold the value; the oldest invitation first."""
    bill = bill_of(entity)
    for invitation in draft.find(bill.invitation, value, field):
        record = draft.record(entity.name, invitation[bill.link])
        if record is not None and not record.data["is_deleted"]:
            yield Guest(entity, record.data, invitation, record.company)


def look(draft: Draft, guest: Guest) -> None:
    """Note that the contact has seen the bill, which happens once."""
    if not guest.invitation["viewed_date"]:
        invitation = bill_of(guest.entity).invitation
        draft.patch(invitation, guest.invitation["id"], {"viewed_date": stamp(draft)})
        draft.emit("viewed", guest.entity.name, guest.bill["id"])


def show(draft: Draft, guest: Guest, address: str) -> str:
    """The page of a bill, whose address it is; it offers the answers that its state allows."""
    offered = guest.entity.facts.get("portal", {})
    answers = [word for word, facts in offered.items() if guest.bill["status_id"] in facts["from"]]
    return bill_page(guest.title, guest.state, printed(draft, guest).html, f"{address}/download", answers)


def download(draft: Draft, guest: Guest) -> File:
    """The PDF of a bill."""
    return pdf_file(draft, guest.bill, printed(draft, guest))


def printed(draft: Draft, guest: Guest) -> Printed:
    """The bill, made out to the contact."""
    bill = bill_of(guest.entity)
    contact = draft.get(bill.contact, guest.invitation[bill.contact_id])
    return bill_print(draft, guest.entity, guest.bill, contact, guest.invitation["key"])


def answer(draft: Draft, guest: Guest, word: object) -> None:
    """Do what the contact chose. Raises Refused for a word that this kind of bill does not offer, or not any more."""
    offered = guest.entity.facts.get("portal", {})
    if word not in offered:
        wanted = f"one of {', '.join(offered)}" if offered else "no answer, to this kind of bill"
        diagnosis = Diagnosis("/action", "portal", word, wanted)
        raise Refused("bad_request", "There is no such answer.", diagnoses=(diagnosis,))
    request = job_request(draft, guest.entity, str(word), guest.bill["id"])
    ACTIONS[offered[word]["action"]](draft, guest.entity, guest.bill, request)


def sign_in(draft: Draft, party: str, key: str, root: str) -> str | None:
    """The page of a contact: what it was sent, from the draft on; None when there is none with the key."""
    contact = next(iter(draft.find(f"{party}_contact", key, "contact_key")), None) if key else None
    if contact is None:
        return None
    owner = draft.record(party, contact[f"{party}_id"])
    name = client_display_name(owner.data, {"contacts": [contact]}, "") if owner is not None else ""
    received = (
        each
        for entity, bill in bills(draft.document)
        if bill.party == party
        for each in guests(draft, entity, contact["id"], bill.contact_id)
        if each.bill["status_id"] != DRAFT
    )
    return list_page(
        name or "Your documents",
        ((f"{root}/{party}/{each.entity.name}/{each.invitation['key']}", each.title, each.state) for each in received),
    )
