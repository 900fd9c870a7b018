"""What every new company starts with (R-EP-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids

if TYPE_CHECKING:
    from mockserver.draft import Draft

STATUSES = ("Backlog", "Ready to do", "In progress", "Done")
DAYS = (0, 7, 10, 14, 15, 30, 60, 90)


def furnish(draft: Draft, company_id: str, user_id: str) -> None:
    """Four states of tasks and eight payment terms, made by the user for the company."""
    row = ids.decode(company_id) or 0
    rows = [("task_status", {"name": name, "status_order": place}) for place, name in enumerate(STATUSES, 1)]
    rows += [("payment_term", {"num_days": days}) for days in DAYS]
    for name, fields in rows:
        blank = draft.blank(name)
        owner = {"user_id": user_id} if "user_id" in blank else {}
        draft.put(name, {**blank, **fields, **owner}, company=row)
