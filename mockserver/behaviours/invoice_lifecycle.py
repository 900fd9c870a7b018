"""Deleting and restoring an invoice: its number, the client's sums and the payments on it (R-LIFE-15..18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.balances import move_client, recompute_client_balance, recompute_payment_balance
from mockserver.behaviours.billed_work import release_work
from mockserver.behaviours.ledger import invoice_deleted, invoice_restored
from mockserver.behaviours.lifecycle import live
from mockserver.behaviours.numbering import assign_number
from mockserver.behaviours.quotes import release_quotes
from mockserver.behaviours.registry import hook
from mockserver.derive.money import number, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

SUFFIX = "_Deleted"


def shares_of(draft: Draft, invoice: Data) -> Iterator[tuple[Data, Data]]:
    """(share, payment) for each live payment applied to the invoice."""
    for share in draft.find("paymentable", invoice["id"], "invoice_id"):
        payment = draft.get("payment", share["payment_id"] or share["former_payment_id"])
        if payment is not None:
            yield share, payment


def net(share: Data) -> float:
    """What of a share was not paid back."""
    return number(to_decimal(share["amount"]) - to_decimal(share["refunded"]))


@hook("invoice_delete")
def invoice_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Free the number and take the invoice out of the client's and the payments' sums; its own amounts stay."""
    paid = to_decimal(0)
    for share, payment in shares_of(draft, data):
        if payment["is_deleted"]:
            continue
        amount = net(share)
        paid += to_decimal(amount)
        others, credits_ = remaining(draft, payment, data["id"])
        money = to_decimal(amount) - (0 if others else to_decimal(credits_))
        changes = {
            "amount": number(to_decimal(payment["amount"]) - money),
            "applied": number(to_decimal(payment["applied"]) - money),
        }
        if not others and not credits_:
            changes |= {"is_deleted": True, "archived_at": draft.now}
        draft.patch("payment", payment["id"], changes)
    draft.patch("invoice", data["id"], {"number": freed_number(draft, data), "is_deleted": True})
    release_quotes(draft, data)
    release_work(draft, data)
    recompute_client_balance(draft, data["client_id"], invoice_deleted(data))
    if paid:
        move_client(draft, data["client_id"], paid_to_date=-number(paid))
    recompute_payment_balance(draft, data["client_id"])


def remaining(draft: Draft, payment: Data, but: str) -> tuple[bool, float]:
    """What a payment still is for: whether another invoice that is not deleted, and how much of it came from credits.

    The last invoice takes the money alone with it; the credits are given back when the payment is deleted (R-PAY-22).
    """
    others, used = False, to_decimal(0)
    for share in draft.find("paymentable", payment["id"], "payment_id"):
        if share["invoice_id"]:
            invoice = draft.get("invoice", share["invoice_id"])
            others = others or (invoice is not None and invoice["id"] != but and not invoice["is_deleted"])
        else:
            used += to_decimal(net(share))
    return others, number(used)


def freed_number(draft: Draft, data: Data) -> str:
    """`<number>_Deleted`, with a counter behind it when that is taken."""
    wanted = f"{data['number']}{SUFFIX}"
    tries = 0
    name = wanted
    while draft.taken("invoice", "number", name, but=data["id"]):
        tries += 1
        name = f"{wanted}_{tries}"
    return name


@hook("invoice_restore")
def invoice_restore(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Put number, client sums and payments back; refused when a payment on it is gone for itself (R-LIFE-17)."""
    if not data["is_deleted"]:
        draft.patch("invoice", data["id"], live(entity))
        return
    pairs = list(shares_of(draft, data))
    if data["is_proforma"] or any(payment["is_deleted"] and payment["status_id"] == "2" for _, payment in pairs):
        return
    if data["paid_to_date"] == 0 and any(payment["is_deleted"] for _, payment in pairs):
        return
    before = data["number"].partition(SUFFIX)[0]
    restored = {**data, **live(entity), "number": before}
    if before and draft.taken("invoice", "number", before, but=data["id"]):
        restored["number"] = ""
        assign_number(draft, entity, restored)
    draft.patch("invoice", data["id"], {**live(entity), "number": restored["number"]})
    paid = to_decimal(0)
    for share, payment in pairs:
        amount = net(share)
        paid += to_decimal(amount)
        others, credits_ = remaining(draft, payment, data["id"])
        money = to_decimal(amount) - (0 if others else to_decimal(credits_))
        changes = {
            **live(draft.entity("payment")),
            "amount": number(to_decimal(payment["amount"]) + money),
            "applied": number(to_decimal(payment["applied"]) + money),
        }
        draft.patch("payment", payment["id"], changes)
    recompute_client_balance(draft, data["client_id"], invoice_restored(restored))
    if paid:
        move_client(draft, data["client_id"], paid_to_date=number(paid))
    recompute_payment_balance(draft, data["client_id"])
