"""Tasks and expenses know the invoice whose lines name them (R-STAT-15, R-LIFE-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

KINDS = ("task", "expense")


def named(lines: list[Data], kind: str) -> set[str]:
    """Ids of the tasks or expenses that lines name."""
    return {line[f"{kind}_id"] for line in lines if line.get(f"{kind}_id")}


def follow_lines(draft: Draft, invoice: Data, before: Data | None) -> None:
    """Link what the lines of a saved invoice name, and let go of what they no longer do."""
    for kind in KINDS:
        now = named(invoice["line_items"], kind)
        past = named(before["line_items"], kind) if before is not None else set()
        for hashed in sorted(now | past):
            link(draft, kind, hashed, invoice["id"], wanted=hashed in now)


def link(draft: Draft, kind: str, hashed: str, invoice_id: str, *, wanted: bool) -> None:
    """Set the invoice of one record, or clear it when it is still this one."""
    record = draft.get(kind, hashed)
    if record is not None and (record["invoice_id"] != invoice_id if wanted else record["invoice_id"] == invoice_id):
        draft.patch(kind, hashed, {"invoice_id": invoice_id if wanted else ""})


def release_work(draft: Draft, invoice: Data) -> None:
    """Clear the invoice of all that is linked to one that goes."""
    for kind in KINDS:
        for record in draft.find(kind, invoice["id"], "invoice_id"):
            draft.patch(kind, record["id"], {"invoice_id": ""})
