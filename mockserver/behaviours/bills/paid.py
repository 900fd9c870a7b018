"""What happens to an invoice when nothing is left to pay (R-STAT-12, 5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data


def paid_in_full(draft: Draft, invoice: Data) -> None:
    """Archive the invoice and open its files to the client where the settings say so, and tell that it is paid."""
    client = draft.get("client", invoice["client_id"])
    if draft.setting("auto_archive_invoice", client) and not invoice["archived_at"]:
        draft.patch("invoice", invoice["id"], {"archived_at": draft.now})
    if draft.setting("unlock_invoice_documents_after_payment", client):
        for document in draft.find("document", ("invoice", invoice["id"]), "parent_type", "parent_id"):
            if not document["is_public"]:
                draft.patch("document", document["id"], {"is_public": True})
                draft.refresh("invoice", invoice["id"])
    draft.emit("paid", "invoice", invoice["id"])
