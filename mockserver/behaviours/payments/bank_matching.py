"""Movements of a bank account become payments and expenses: by rules, by decision, in bulk (R-STAT-47)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.answer import Items
from mockserver.behaviours.bills.balances import move_balance, recompute_payment_balance
from mockserver.behaviours.bills.ledger import payment_applied
from mockserver.behaviours.bills.paid import paid_in_full
from mockserver.behaviours.bills.shares import moved, share_out
from mockserver.behaviours.core.access import caller_of, may_touch, require_create
from mockserver.behaviours.core.registry import action, operation
from mockserver.behaviours.core.validation import validate_by
from mockserver.behaviours.records.numbering import assign_number
from mockserver.behaviours.sales.sending import send
from mockserver.derive.bank_rules import fits, invoice_named
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import DRAFT, PAID, PARTIAL, SENT, invoice_status
from mockserver.document.load import rules_of

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

UNMATCHED, MATCHED, CONVERTED = "1", "2", "3"
COMPLETED = "4"
BANK_TRANSFER = "1"
OPEN = (DRAFT, SENT, PARTIAL)
RULES = rules_of(
    {
        "transactions": ["array"],
        "transactions.*.ninja_category_id": [{"exists": "expense_category", "live": True}],
        "transactions.*.vendor_id": [{"exists": "vendor", "live": True}],
        "transactions.*.id": ["required", {"exists": "bank_transaction", "live": True}],
        "transactions.*.payment_id": [{"exists": "payment", "live": True}],
    }
)


def apply_rules(draft: Draft, movement: Data) -> None:
    """Match an unmatched movement: money in with the open invoice that its text names, money out by the rules."""
    if movement["status_id"] != UNMATCHED:
        return
    if movement["base_type"] == "CREDIT":
        table = draft.table("invoice")
        rows = table.scan(
            draft.company_row, ("status_id", "is_deleted"), lambda state, gone: state in OPEN and not gone
        )
        named = invoice_named(movement["description"], (each.data for each in table.some(rows)))
        if named is not None:
            draft.patch("bank_transaction", movement["id"], {"invoice_ids": named["id"], "status_id": MATCHED})
        return
    for record in draft.table("bank_transaction_rule").records(draft.company_row):
        rule = record.data
        if rule["applies_to"] != "DEBIT" or rule["archived_at"] or not fits(rule, movement):
            continue
        noted = {
            "vendor_id": rule["vendor_id"],
            "ninja_category_id": rule["category_id"],
            "bank_transaction_rule_id": rule["id"],
            "status_id": MATCHED,
        }
        matched = draft.patch("bank_transaction", movement["id"], noted)
        if rule["auto_convert"]:
            make_expense(draft, matched)
        return


def make_expense(draft: Draft, movement: Data) -> None:
    """Store the expense that a movement stands for; the movement is converted."""
    entity, company = draft.entity("expense"), draft.company
    data = draft.blank("expense")
    data |= {
        "user_id": caller_of(draft).user_id,
        "vendor_id": movement["vendor_id"],
        "category_id": movement["ninja_category_id"],
        "amount": movement["amount"],
        "currency_id": movement["currency_id"],
        "date": movement["date"],
        "payment_date": movement["date"],
        "transaction_reference": movement["description"],
        "transaction_id": movement["id"],
        "invoice_documents": company["invoice_expense_documents"],
        "should_be_invoiced": company["mark_expenses_invoiceable"],
    }
    assign_number(draft, entity, data)
    data = draft.put("expense", data)
    draft.emit("created", "expense", data["id"])
    listed = ",".join(filter(None, (movement["expense_id"], data["id"])))
    draft.patch("bank_transaction", movement["id"], {"expense_id": listed, "status_id": CONVERTED})


def make_payment(draft: Draft, movement: Data, invoices: list[Data]) -> bool:
    """Pay the invoices with the money of the movement, in their order; the movement is converted.

    Gives whether it could be done: all invoices must be open, and the first one names the client.
    """
    if not invoices or any(each["is_deleted"] or each["status_id"] not in OPEN for each in invoices):
        return False
    entity = draft.entity("invoice")
    invoices = [send(draft, entity, each) if each["status_id"] == DRAFT else each for each in invoices]
    left = to_decimal(movement["amount"])
    shares = []
    for invoice in invoices:
        part = min(left, to_decimal(invoice["balance"]))
        if part > 0:
            shares.append((invoice, part))
            left -= part
    client_id = invoices[0]["client_id"]
    payment = store_payment(draft, movement, client_id, number(to_decimal(movement["amount"]) - left))
    for invoice, part in shares:
        share_out(draft, payment, part, invoice_id=invoice["id"])
        changes = moved(invoice, balance=-part, paid_to_date=part)
        changes["status_id"] = invoice_status(changes["balance"], invoice["amount"])
        now = draft.patch("invoice", invoice["id"], changes)
        if now["status_id"] == PAID:
            paid_in_full(draft, now)
    cause = payment_applied(payment)
    move_balance(draft, client_id, cause, -payment["applied"], paid_to_date=payment["amount"])
    recompute_payment_balance(draft, client_id)
    listed = ",".join(each["id"] for each in invoices)
    draft.patch(
        "bank_transaction",
        movement["id"],
        {"invoice_ids": listed, "payment_id": payment["id"], "status_id": CONVERTED},
    )
    return True


def store_payment(draft: Draft, movement: Data, client_id: str, applied: float) -> Data:
    """The payment that a movement stands for."""
    data = draft.blank("payment")
    data |= {
        "user_id": caller_of(draft).user_id,
        "client_id": client_id,
        "amount": movement["amount"],
        "applied": applied,
        "status_id": COMPLETED,
        "date": movement["date"],
        "transaction_reference": movement["description"],
        "transaction_id": movement["id"],
        "type_id": BANK_TRANSFER,
        "currency_id": movement["currency_id"],
        "idempotency_key": draft.text("payment", "idempotency_key", 64),
    }
    assign_number(draft, draft.entity("payment"), data)
    data = draft.put("payment", data)
    draft.emit("created", "payment", data["id"])
    return data


@action("bank_convert_matched")
def convert_matched(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Make the payment or the expense that a matched movement waits for; nothing on any other."""
    if data["status_id"] == MATCHED and not data["is_deleted"]:
        decide(draft, data, {key: data[key] for key in ("invoice_ids", "vendor_id", "ninja_category_id")})


@operation("bank_match")
def match(draft: Draft, request: Request) -> Answer:
    """Convert the listed movements as each entry says; answer those that were converted."""
    entity = draft.entity("bank_transaction")
    if not caller_of(draft).may("edit", entity.permission):
        require_create(draft, entity)
    validate_by(draft, entity, RULES, request)
    converted = set()
    for entry in request.body.get("transactions") or ():
        record = draft.record(entity.name, str(entry["id"]))
        if record is None or record.data["status_id"] == CONVERTED or not may_touch(draft, entity, record, "view"):
            continue
        if decide(draft, record.data, entry):
            converted.add(record.row)
    return Items(entity.name, sorted(converted))


def decide(draft: Draft, movement: Data, entry: dict[str, Any]) -> bool:
    """Convert a movement by the first of the entry's links that is set; gives whether that could be done."""
    if entry.get("invoice_ids"):
        return make_payment(draft, movement, listed(draft, "invoice", entry["invoice_ids"]))
    if entry.get("payment_id"):
        return link(draft, movement, "payment", str(entry["payment_id"]))
    if entry.get("expense_id"):
        return link(draft, movement, "expense", str(entry["expense_id"]))
    if entry.get("vendor_id") or entry.get("ninja_category_id"):
        noted = {key: str(entry.get(key) or "") for key in ("vendor_id", "ninja_category_id")}
        make_expense(draft, draft.patch("bank_transaction", movement["id"], noted))
        return True
    return False


def listed(draft: Draft, name: str, text: str) -> list[Data]:
    """Records of a comma list of ids, each once; others are left out."""
    found = (draft.get(name, each.strip()) for each in dict.fromkeys(str(text).split(",")) if ids.decode(each.strip()))
    return [each for each in found if each is not None]


def link(draft: Draft, movement: Data, name: str, text: str) -> bool:
    """Note existing payments or expenses on a movement, and the movement on them; gives whether there were any."""
    records = listed(draft, name, text)
    if not records:
        return False
    for record in records:
        draft.patch(name, record["id"], {"transaction_id": movement["id"]})
    changes: dict[str, Any] = {f"{name}_id": ",".join(each["id"] for each in records), "status_id": CONVERTED}
    if name == "payment":
        shares = draft.find("paymentable", records[0]["id"], "payment_id")
        changes["invoice_ids"] = ",".join(each["invoice_id"] for each in shares if each["invoice_id"])
    else:
        changes["vendor_id"] = records[0]["vendor_id"]
        changes["ninja_category_id"] = records[0]["category_id"]
    draft.patch("bank_transaction", movement["id"], changes)
    return True
