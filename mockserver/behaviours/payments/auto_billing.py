"""Auto billing: what a client has already given pays an invoice (R-STAT-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.shares import worth
from mockserver.behaviours.core.registry import action
from mockserver.behaviours.payments.applying import spread
from mockserver.behaviours.sales.credits import CREDIT_PAYMENT
from mockserver.behaviours.sales.sending import COMPLETED, new_payment, send
from mockserver.derive.money import to_decimal
from mockserver.derive.status import DRAFT, PARTIAL, SENT

if TYPE_CHECKING:
    from decimal import Decimal

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

USED = ("always", "option")
"""Values of the settings that let open credits and unapplied payments pay."""


@action("auto_bill")
def auto_bill(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Send a draft, then pay it with open credits and unapplied payments where the settings allow that.

    No payment method is stored with this server, so nothing else is charged, and that is no error (R-TRIG-9).
    """
    if data["is_deleted"] or data["status_id"] not in (DRAFT, SENT, PARTIAL):
        return
    if data["status_id"] == DRAFT:
        data = send(draft, entity, data)
    client = draft.get("client", data["client_id"])
    if draft.setting("use_credits_payment", client) in USED:
        pay_with_credits(draft, data, request)
    if draft.setting("use_unapplied_payment", client) in USED:
        pay_with_payments(draft, data["id"])


def asked(draft: Draft, hashed: str) -> Decimal:
    """What is to be paid now: the part that was asked for, else the balance; 0 when nothing is owed."""
    invoice = draft.get("invoice", hashed)
    assert invoice is not None
    balance = max(to_decimal(invoice["balance"]), to_decimal(0))
    return min(to_decimal(invoice["partial"]) or balance, balance)


def pay_with_credits(draft: Draft, invoice: Data, request: Request) -> None:
    """One payment without money that uses the open credits of the client, the oldest first."""
    left = owed = asked(draft, invoice["id"])
    used = []
    for credit in draft.find("credit", invoice["client_id"], "client_id"):
        part = min(left, to_decimal(credit["balance"]))
        if not credit["is_deleted"] and credit["status_id"] in (SENT, PARTIAL) and part > 0:
            used.append((credit["id"], part))
            left -= part
    if used:
        payment = new_payment(draft, invoice, 0, 0, request, CREDIT_PAYMENT)
        spread(draft, payment, [(invoice["id"], owed - left)], used, to_decimal(0))


def pay_with_payments(draft: Draft, hashed: str) -> None:
    """Apply what payments of the client hold that is not applied, the oldest first."""
    invoice = draft.get("invoice", hashed)
    assert invoice is not None
    for payment in draft.find("payment", invoice["client_id"], "client_id"):
        free = min(to_decimal(payment["amount"]) - to_decimal(payment["applied"]), worth(draft, payment))
        part = min(asked(draft, hashed), free)
        if not payment["is_deleted"] and payment["status_id"] == COMPLETED and part > 0:
            spread(draft, payment, [(hashed, part)], [], to_decimal(0))
