"""What a call may do to a server besides being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.contract.reading.operations import Operation

WRITES, DELETES, SENDS = NEEDS = ("writes", "deletes", "sends")
"""What a contract may do to a server that is not ours, when it is allowed."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})
TAKES_AWAY = ("delete", "purge", "merge", "remove", "detach")
GOES_OUT = ("email", "send", "invite", "reconfirm", "reset_password", "support", "auto_bill")
QUIET = ("mark_sent",)
"""Words that hold another one and send nothing."""
SENDING = frozenset({"send_email", "auto_bill", "email_type"})
"""Parameters and properties that make another call send."""


def needs_of(operation: Operation, query: Mapping[str, Any], body: Any) -> frozenset[str]:
    """What one call does: nothing when it only reads, else writes, and deletes or sends by its names and flags."""
    if operation.reads_only:
        return frozenset()
    told = body if isinstance(body, dict) else {}
    action = told.get("action", "") if isinstance(told.get("action"), str) else ""
    names = f"{operation.behaviour} {operation.path} {action}".lower()
    for word in QUIET:
        names = names.replace(word, "")
    found = {WRITES}
    if operation.method == "DELETE" or any(word in names for word in TAKES_AWAY):
        found.add(DELETES)
    if any(word in names for word in GOES_OUT) or any(query.get(name) or told.get(name) for name in SENDING):
        found.add(SENDS)
    return frozenset(found)
