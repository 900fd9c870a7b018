"""Records that go for good, with what hangs on them; links that led to them are emptied (R-LIFE-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billing import bills
from mockserver.behaviours.sales.task_schedulers import forget_payments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.draft import Draft
    from mockserver.store.table import Data

Gone = list[tuple[str, str]]
"""Entity and id of removed records."""


def purge(draft: Draft, name: str, data: Data, owned: Iterable[str]) -> None:
    """Remove the record, all records of the owned entities that name it, and every link to one of them."""
    gone: Gone = []
    for each in owned:
        for child in draft.find(each, data["id"], f"{name}_id"):
            gone += forget(draft, each, child)
    gone += forget(draft, name, data)
    unlink(draft, gone)


def forget(draft: Draft, name: str, data: Data) -> Gone:
    """Remove one record with its files, invitations, shares of payments and payment schedule."""
    gone: Gone = [(name, data["id"])]
    for document in draft.find("document", (name, data["id"]), "parent_type", "parent_id"):
        gone.append(("document", document["id"]))
        draft.remove("document", document["id"])
    for entity, bill in bills(draft.document):
        for invitation in draft.find(bill.invitation, data["id"], bill.link) if entity.name == name else ():
            gone.append((bill.invitation, invitation["id"]))
            draft.remove(bill.invitation, invitation["id"])
    if name in ("payment", "invoice"):
        for share in draft.find("paymentable", data["id"], f"{name}_id"):
            draft.remove("paymentable", share["id"])
    if name == "invoice" and data["payment_schedule"]:
        forget_payments(draft, data)
    draft.remove(name, data["id"])
    return gone


def unlink(draft: Draft, gone: Gone) -> None:
    """Empty the fields of other records that hold the id of one that is gone."""
    links = [
        (entity.name, field.name, field.to)
        for entity in draft.document.entities.values()
        for field in entity.stored.values()
        if field.kind == "link"
    ]
    for holder, field, kind in links:
        for name, hashed in gone:
            if name == kind:
                for data in draft.find(holder, hashed, field):
                    draft.patch(holder, data["id"], {field: ""}, touch=False)
