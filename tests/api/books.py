"""Invoices of every kind for tests of lists, and how to read a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

# The world's day is 2026-01-15.
BOOKS: dict[str, tuple[str, JSON]] = {
    "draft": ("", {"private_notes": "Ask Bob", "po_number": "PO-7"}),
    "open": ("?mark_sent=true", {"date": "2026-01-02", "custom_value3": "North"}),
    "today": ("?mark_sent=true", {"date": "2026-01-03", "due_date": "2026-01-15"}),
    "late": ("?amount_paid=10", {"date": "2026-01-04", "due_date": "2026-01-10"}),
    "soon": ("?mark_sent=true", {"due_date": "2026-02-01"}),
    "void": ("?mark_sent=true&cancel=true", {}),
    "paid": ("?paid=true", {"due_date": "2026-01-10"}),
}


def found(shop: Shop, **params: str) -> str:
    return " ".join(each["number"] for each in rows(shop.get("invoices", **params)))
