"""Matchers of expense lists, which look at numbers and at the records that an expense leads to (R-WIRE-30)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver import ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.store.query import Predicate, Scope
    from mockserver.store.table import Data

OPEN = ("1", "2", "3")
"""Draft, sent and partial invoices."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def same_number(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Exactly this number: `12.50` finds 12.5; text that starts with none counts as 0."""
    if not text:
        return None
    found = NUMBER.match(text.strip())
    path, wanted = facts["field"], float(found[0]) if found else 0.0
    return lambda data: bool(data[path] == wanted)


def invoiced_for(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`client,ID` or `project,ID`: rows whose invoice belongs to it and is not settled; anything else is no filter."""
    kind, _, hashed = (part.strip() for part in text.partition(","))
    if kind not in ("client", "project") or not hashed:
        return None
    table = scope.state.table("invoices")
    rows = table.find(hashed, f"{kind}_id", company=scope.company)
    invoices = {each.data["id"] for each in table.some(rows) if each.data["status_id"] in OPEN}
    path = facts["field"]
    return lambda data: data[path] in invoices


def matchable(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`true`: live rows that no bank transaction holds, whose client and vendor, where set, are live."""
    if text != "true":
        return None

    def live(data: Data, resource: str, field: str) -> bool:
        row = ids.decode(data[field]) if data[field] else None
        record = None if row is None else scope.state.table(resource).get(row)
        return record is None or not (record.data["is_deleted"] or record.data["archived_at"])

    return lambda data: (
        not data["is_deleted"]
        and not data["transaction_id"]
        and live(data, "clients", "client_id")
        and live(data, "vendors", "vendor_id")
    )
