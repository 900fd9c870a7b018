"""Two clients become one: records, contacts with their links, balances and the ledger (R-LIFE-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item
from mockserver.behaviours.bills.balances import move_balance
from mockserver.behaviours.bills.billing import bills
from mockserver.behaviours.bills.ledger import client_merged
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.people.clients import OWNED
from mockserver.behaviours.records.merging import hand_over, pair_of

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

CONTACT = "client_contact"
NAMING = ("purchase_order", "bank_transaction_rule")
"""Entities that only name a client: they name the other one from now on."""


@operation("client_merge")
def merge(draft: Draft, request: Request) -> Answer:
    """Move everything of the second client to the first and remove the second for good (R-LIFE-14)."""
    target, source = pair_of(draft, request, "client", "mergeable_client_hashed_id")
    taken = {contact["email"] for contact in draft.find(CONTACT, target["id"], "client_id")}
    for contact in draft.find(CONTACT, source["id"], "client_id"):
        if not contact["email"].strip() or contact["email"] in taken:
            pass_on_invitations(draft, contact, target)
            draft.remove(CONTACT, contact["id"])
        else:
            draft.patch(CONTACT, contact["id"], {"client_id": target["id"], "is_primary": False})
    for booked in draft.find("company_ledger", source["id"], "client_id"):  # one row stands for them from now on
        draft.remove("company_ledger", booked["id"])
    hand_over(draft, "client", source, target, (*OWNED, *NAMING))
    draft.emit("merged", "client", target["id"])
    move_balance(
        draft,
        target["id"],
        client_merged(source),
        source["balance"],
        paid_to_date=source["paid_to_date"],
        credit_balance=source["credit_balance"],
    )
    return Item("client", target["id"])


def pass_on_invitations(draft: Draft, contact: Data, target: Data) -> None:
    """Give the invitations of a contact that goes to the one of the target with its address, else to the primary one.

    The links of bills go on working; an entry about the contact is one about nobody from now on.
    """
    others = draft.find(CONTACT, target["id"], "client_id")
    heir = next((each for each in others if each["email"] == contact["email"]), others[0])
    heir = heir if contact["email"].strip() else next((each for each in others if each["is_primary"]), heir)
    for entity, bill in bills(draft.document):
        for invitation in (
            draft.find(bill.invitation, contact["id"], bill.contact_id) if bill.contact == CONTACT else ()
        ):
            draft.patch(bill.invitation, invitation["id"], {bill.contact_id: heir["id"]})
            draft.refresh(entity.name, invitation[bill.link])
    for name, field in (("activity", "contact_id"), ("payment", "client_contact_id")):
        for each in draft.find(name, contact["id"], field):
            draft.patch(name, each["id"], {field: heir["id"]}, touch=False)
