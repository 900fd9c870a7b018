"""Money that does not move, moves twice, or goes where it should not; records that move to wrong states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills import balances
from mockserver.behaviours.core.registry import RULES
from mockserver.behaviours.payments import refunds
from mockserver.behaviours.sales import sending
from tests.planted.fault import BUSINESS, Fault, Plant, of_layer
from tests.planted.tools import keeps, rewrite, stored, swapped, twice, without

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

SENDING, EDIT, DELETED, DRAFTS = "model/sending", "model/sent_edit", "model/deleted_bills", "model/drafts"
MACHINE, REFUNDS, UNDONE, WRONG = "model/machine", "model/refunds", "model/payment_undone", "model/overpayment"
BALANCES, MOVES, CONVERSION = "model/balances", "model/moves", "model/conversion"
BULK = "POST invoices/bulk"


def doing(*actions: str) -> Any:
    """Whether a bulk call does one of these."""
    return lambda exchange: exchange.sent.get("action") in actions


def remember_sent(exchange: Exchange) -> None:
    """Which of the named invoices are sent already."""
    body = exchange.sent
    found = stored(exchange, "invoice") if body.get("action") == "mark_sent" else {}
    exchange.kept["sent"] = [
        found[each] for each in body.get("ids") or () if each in found and found[each]["status_id"] == "2"
    ]


def count_again(exchange: Exchange) -> None:
    """What was sent before is owed once more."""
    for invoice in exchange.kept["sent"]:
        client = stored(exchange, "client")[invoice["client_id"]]
        rewrite(exchange, "client", client["id"], balance=round(client["balance"] + invoice["balance"], 2))


def count_draft(exchange: Exchange) -> None:
    made = exchange.document["data"]
    if made["status_id"] == "1":
        client = stored(exchange, "client")[made["client_id"]]
        rewrite(exchange, "client", client["id"], balance=round(client["balance"] + made["amount"], 2))


def paid_too_soon(exchange: Exchange) -> None:
    """What is paid in part counts as paid."""
    for record in exchange.records():
        if record.get("status_id") == "3":
            record["status_id"] = "4"
            rewrite(exchange, "invoice", record["id"], status_id="4")


def remember_deleted(exchange: Exchange) -> None:
    """Which of the named payments are deleted already."""
    body = exchange.sent
    named = [exchange.id, *(body.get("ids") or ())] if body.get("action", "delete") == "delete" else []
    exchange.kept["deleted"] = [
        each for hashed, each in stored(exchange, "payment").items() if hashed in named and each["is_deleted"]
    ]


def undo_again(exchange: Exchange) -> None:
    """What they were is taken off once more."""
    for payment in exchange.kept["deleted"]:
        client = stored(exchange, "client")[payment["client_id"]]
        rewrite(exchange, "client", client["id"], paid_to_date=round(client["paid_to_date"] - payment["amount"], 2))


def pay_for_another(exchange: Exchange) -> None:
    """The client of the first invoice is taken to be the one that pays."""
    body = exchange.sent
    lines = body.get("invoices") if isinstance(body, dict) else None
    listed = [each for each in lines if isinstance(each, dict)] if isinstance(lines, list) else []
    found = stored(exchange, "invoice").get(listed[0].get("invoice_id", "")) if listed else None
    if found is not None:
        exchange.send({**body, "client_id": found["client_id"]})


FAULTS = of_layer(
    BUSINESS,
    Fault(
        "sending leaves the balance of the client",
        "client balance not raised on send",
        SENDING,
        "invoice",
        keeps("client", "balance", when=doing("mark_sent")),
        BULK,
    ),
    Fault(
        "sending raises the balance of the client twice",
        "raised twice",
        SENDING,
        "invoice",
        twice("client", "balance"),
        BULK,
    ),
    Fault(
        "an invoice that is sent twice is owed twice",
        "sending twice counts twice",
        SENDING,
        "invoice",
        Plant(before=remember_sent, after=count_again),
        BULK,
        "an invoice that is sent already",
    ),
    Fault("a draft is owed", "draft counted", DRAFTS, "invoice", Plant(after=count_draft), "POST invoices"),
    Fault(
        "an edit of a sent invoice leaves the balance of the client",
        "edit of a sent invoice leaves client balance",
        EDIT,
        "invoice",
        keeps("client", "balance"),
        "PUT invoices/*",
        "an invoice that is sent",
    ),
    Fault(
        "a deleted invoice is still owed",
        "invoice delete keeps client balance",
        DELETED,
        "invoice",
        keeps("client", "balance", when=doing("delete")),
        BULK,
    ),
    Fault(
        "DELETE of an invoice leaves what is owed",
        "invoice delete keeps client balance",
        DELETED,
        "invoice",
        keeps("client", "balance"),
        "DELETE invoices/*",
        "the single DELETE",
    ),
    Fault(
        "a restored invoice is not owed",
        "restore leaves client balance",
        DELETED,
        "invoice",
        keeps("client", "balance", when=doing("restore")),
        BULK,
        "after restore",
    ),
    Fault(
        "an invoice that is marked as paid stays sent",
        "status not advanced",
        MOVES,
        "invoice",
        keeps("invoice", "status_id", when=doing("mark_paid")),
        BULK,
    ),
    Fault(
        "what is paid in part counts as paid",
        "status too far",
        "model/amount_paid",
        "invoice",
        Plant(after=paid_too_soon),
        "PUT|POST invoices invoices/*",
        "a part is paid",
    ),
    Fault(
        "a cancelled invoice is still owed",
        "cancel keeps client balance",
        "model/cancelling",
        "invoice",
        keeps("client", "balance", when=doing("cancel")),
        BULK,
    ),
    Fault(
        "illegal moves are made",
        "illegal status move accepted",
        MOVES,
        "invoice quote credit",
        swapped(sending, "allowed", lambda _: lambda *_: True),
    ),
    Fault(
        "a payment leaves the balance of its invoice",
        "payment leaves invoice balance",
        MACHINE,
        "invoice",
        keeps("invoice", "balance"),
        "POST payments",
    ),
    Fault(
        "a payment leaves the balance of the client",
        "payment leaves client balance",
        MACHINE,
        "invoice",
        keeps("client", "balance"),
        "POST payments",
    ),
    Fault(
        "a payment leaves what the client has paid",
        "paid_to_date frozen",
        MACHINE,
        "invoice",
        keeps("client", "paid_to_date"),
        "POST payments",
    ),
    Fault(
        "the balance of an owner does not follow its bills",
        "balance not moved",
        BALANCES,
        "invoice",
        swapped(balances, "move_balance", lambda _: lambda *_, **__: None),
    ),
    Fault("more than is owed may be paid", "overpayment accepted", WRONG, "payment", without(RULES, "invoice_amounts")),
    Fault(
        "invoices of other clients can be paid",
        "another client's invoice payable",
        WRONG,
        "payment",
        Plant(before=pay_for_another),
        "POST payments",
    ),
    Fault(
        "a deleted payment leaves its invoice paid",
        "payment delete keeps balances",
        UNDONE,
        "payment",
        keeps("invoice", "balance", "status_id"),
        "DELETE|POST payments/* payments/bulk",
    ),
    Fault(
        "a deleted payment leaves what the client has paid",
        "payment delete keeps balances",
        UNDONE,
        "payment",
        keeps("client", "paid_to_date"),
        "DELETE|POST payments/* payments/bulk",
    ),
    Fault(
        "deleting a payment twice takes it off twice",
        "undo twice",
        UNDONE,
        "payment",
        Plant(before=remember_deleted, after=undo_again),
        "DELETE|POST payments/* payments/bulk",
        "a payment that is deleted already",
    ),
    Fault(
        "a refund counts twice for the client",
        "refund counted twice",
        REFUNDS,
        "payment",
        twice("client", "paid_to_date"),
        "POST payments/refund",
    ),
    Fault(
        "a refund leaves its invoice paid",
        "refund leaves the invoice",
        REFUNDS,
        "payment",
        keeps("invoice", "balance", "status_id"),
        "POST payments/refund",
    ),
    Fault(
        "more can be refunded than there is",
        "refund without limit",
        REFUNDS,
        "payment",
        swapped(refunds, "not_refundable", lambda _: lambda *_: ""),
    ),
    Fault(
        "a credit that is used keeps its balance",
        "credit not used up",
        UNDONE,
        "payment",
        keeps("credit", "balance"),
        "POST payments",
        "a payment with a credit",
    ),
    Fault(
        "a reversal leaves what the client has paid",
        "reversal leaves paid_to_date",
        "model/reversal",
        "invoice credit",
        keeps("client", "paid_to_date"),
        "POST credits",
        "a credit for a paid invoice",
    ),
    Fault(
        "the ledger leaves movements out",
        "ledger row missing",
        MACHINE,
        "invoice",
        swapped(balances, "book", lambda _: lambda *_: None),
    ),
)
