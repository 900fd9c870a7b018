"""Saving, deleting and restoring an invoice: its work, number, payments, and the client's sums (R-LIFE-15..18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.bills.balances import move_client, recompute_client_balance, recompute_payment_balance
from mockserver.behaviours.bills.billed_work import follow_lines, release_work
from mockserver.behaviours.bills.ledger import invoice_deleted, invoice_restored
from mockserver.behaviours.bills.saving import bill_save
from mockserver.behaviours.bills.shares import credit_left, moved, net
from mockserver.behaviours.core.registry import hook
from mockserver.behaviours.records.lifecycle import live
from mockserver.behaviours.records.numbering import assign_number
from mockserver.behaviours.sales.quotes import release_quotes
from mockserver.behaviours.sales.stock import sell, take_back
from mockserver.derive.money import number, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

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


@hook("invoice_save")
def invoice_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """As every bill; tasks and expenses that its lines name belong to it, and the stock follows (R-STAT-15)."""
    before = request.record.data if request.record is not None else None
    follow_lines(draft, data, before)
    bill_save(draft, entity, data, request)
    sell(draft, data, before["line_items"] if before is not None else ())


@hook("invoice_delete")
def invoice_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Free the number and take the invoice out of the client's and the payments' sums; its own amounts stay."""
    paid = to_decimal(0)
    for hashed in dict.fromkeys(payment["id"] for _, payment in shares_of(draft, data) if not payment["is_deleted"]):
        paid += take_off(draft, hashed, data["id"])
    draft.patch("invoice", data["id"], {"number": freed_number(draft, data), "is_deleted": True})
    release_quotes(draft, data)
    release_work(draft, data)
    take_back(draft, data)
    recompute_client_balance(draft, data["client_id"], invoice_deleted(data))
    if paid:
        move_client(draft, data["client_id"], paid_to_date=-number(paid))
    recompute_payment_balance(draft, data["client_id"])


def take_off(draft: Draft, hashed: str, invoice_id: str) -> Decimal:
    """Take what an invoice got off a payment, which goes along when nothing is left; gives what it got (R-LIFE-16).

    What credits paid of it was never money of the payment. Money that is not applied keeps a payment alive, and so do
    credits, which are given back when it is deleted itself (R-PAY-22).
    """
    shares = draft.find("paymentable", hashed, "payment_id")
    payment = draft.get("payment", hashed)
    assert payment is not None
    taken = from_credits = to_decimal(0)
    for share in shares:
        if share["invoice_id"] == invoice_id:
            part = max(min(net(share), credit_left(shares) - from_credits), to_decimal(0))
            draft.patch("paymentable", share["id"], {"credited": number(part)})
            taken, from_credits = taken + net(share), from_credits + part
    changes = moved(payment, amount=from_credits - taken, applied=from_credits - taken)
    others = any(live_target(draft, share, invoice_id) for share in shares)
    used = any(share["credit_id"] and net(share) for share in shares)
    if not others and not used and changes["amount"] == payment["refunded"]:
        changes |= {"is_deleted": True, "archived_at": payment["archived_at"] or draft.now}
    draft.patch("payment", hashed, changes)
    return taken


def live_target(draft: Draft, share: Data, but: str) -> bool:
    """Whether a share's invoice is another one that is not deleted."""
    invoice = draft.get("invoice", share["invoice_id"]) if share["invoice_id"] else None
    return invoice is not None and invoice["id"] != but and not invoice["is_deleted"]


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
    voided = [share for share, _ in pairs if share["former_payment_id"]]
    missing = any(not share["is_settled"] for share in voided)
    if data["is_proforma"] or missing or (voided and not data["paid_to_date"]):
        return
    before = data["number"].partition(SUFFIX)[0]
    restored = {**data, **live(entity), "number": before}
    if before and draft.taken("invoice", "number", before, but=data["id"]):
        restored["number"] = ""
        assign_number(draft, entity, restored)
    draft.patch("invoice", data["id"], {**live(entity), "number": restored["number"]})
    paid = to_decimal(0)
    for share, payment in pairs:
        if not share["former_payment_id"]:
            paid += put_back(draft, share, payment["id"])
    sell(draft, data)
    recompute_client_balance(draft, data["client_id"], invoice_restored(restored))
    if paid:
        move_client(draft, data["client_id"], paid_to_date=number(paid))
    recompute_payment_balance(draft, data["client_id"])


def put_back(draft: Draft, share: Data, hashed: str) -> Decimal:
    """Give a payment back what its deleted invoice took off; gives what the invoice has of it."""
    payment = draft.get("payment", hashed)
    assert payment is not None
    money = net(share) - to_decimal(share["credited"])
    flags = live(draft.entity("payment")) if payment["is_deleted"] else {}
    draft.patch("payment", hashed, {**flags, **moved(payment, amount=money, applied=money)})
    draft.patch("paymentable", share["id"], {"credited": 0})
    return net(share)
