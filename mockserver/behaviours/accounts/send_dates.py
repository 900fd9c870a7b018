"""Send dates of a whole company, worked out again after its settings have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.billing import bills
from mockserver.behaviours.bills.reminders import plan_reminder
from mockserver.behaviours.sales.recurring import ACTIVE, send_times

if TYPE_CHECKING:
    from mockserver.draft import Draft


def plan_again(draft: Draft) -> None:
    """Work out the send dates of all open bills and running templates of the company anew."""
    for entity, bill in bills(draft.document):
        for record in tuple(draft.table(entity.name).records(draft.company_row)):
            if bill.reminds:
                plan_reminder(draft, entity, record.data["id"])
            elif record.data.get("status_id") == ACTIVE and not record.data["is_deleted"]:
                changes = send_times(draft, entity, record.data)
                if changes:
                    draft.patch(entity.name, record.data["id"], changes, touch=False)
