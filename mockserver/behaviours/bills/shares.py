"""Shares: what of a payment went to which invoice, and what came from which credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import number, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from mockserver.draft import Draft
    from mockserver.store.table import Data


def moved(data: Mapping[str, Any], **by: Decimal) -> dict[str, Any]:
    """The named sums of a record after adding to them."""
    return {name: number(to_decimal(data[name]) + amount) for name, amount in by.items()}


def share_out(draft: Draft, payment: Data, amount: Decimal | float, **more: Any) -> None:
    """Store the share of a payment in an invoice or credit, whose id `more` holds as `invoice_id` or `credit_id`."""
    share = {**draft.blank("paymentable"), **more, "payment_id": payment["id"], "amount": number(amount)}
    draft.put("paymentable", share)


def net(share: Data) -> Decimal:
    """What of a share was not paid back."""
    return to_decimal(share["amount"]) - to_decimal(share["refunded"])


def worth(draft: Draft, payment: Data) -> Decimal:
    """What a payment still adds to the paid_to_date of its client (R-PAY-10): its money and the credits in it.

    Refunds and deleted invoices took their part away before (R-PAY-18, R-LIFE-16). A credit that was paid out gives
    no money beside that of its payment.
    """
    shares = draft.find("paymentable", payment["id"], "payment_id")
    money = to_decimal(payment["amount"]) - to_decimal(payment["refunded"])
    paid_out = sum((to_decimal(share["amount"]) for share in shares if share["is_paid_out"]), to_decimal(0))
    return money + sum((net(share) for share in shares if share["credit_id"]), -paid_out) - credited(shares)


def credit_left(shares: Iterable[Data]) -> Decimal:
    """What credits gave to a payment, less what of it was spent on invoices that are deleted now."""
    shares = list(shares)
    given = (net(share) for share in shares if share["credit_id"] and not share["is_paid_out"])
    return sum(given, -credited(shares))


def credited(shares: Iterable[Data]) -> Decimal:
    """What credits paid on invoices that are deleted now (R-LIFE-16)."""
    return sum((to_decimal(share["credited"]) for share in shares), to_decimal(0))
