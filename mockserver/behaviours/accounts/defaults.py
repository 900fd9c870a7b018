"""What is there before anybody asks: the stock designs of the service, and what a new company starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.work.task_statuses import usual_statuses
from mockserver.derive.computed import payment_term_name

if TYPE_CHECKING:
    from mockserver.draft import Draft

PAYMENT_TERMS = (0, 7, 10, 14, 15, 30, 60, 90)
DESIGNS = (
    "Plain",
    "Clean",
    "Bold",
    "Modern",
    "Business",
    "Creative",
    "Elegant",
    "Hipster",
    "Playful",
    "Tech",
    "Calm",
)
FREE_DESIGNS = 4


def stock_designs(draft: Draft) -> None:
    """Store the designs that belong to no company; the draft must stand for none (R-EP-28)."""
    for place, name in enumerate(DESIGNS):
        data = {**draft.blank("design"), "name": name, "is_custom": False, "is_free": place < FREE_DESIGNS}
        draft.put("design", data)


def furnish_company(draft: Draft, row: int, user_id: str) -> None:
    """Store the payment terms and the task statuses that a new company starts with (R-EP-28)."""
    usual_statuses(draft, row, user_id)
    for days in PAYMENT_TERMS:
        term = {**draft.blank("payment_term"), "num_days": days, "user_id": user_id}
        draft.put("payment_term", {**term, "name": payment_term_name(term, {}, "")}, company=row)
