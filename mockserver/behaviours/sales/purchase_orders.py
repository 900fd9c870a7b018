"""Purchase orders: notes from the vendor, cancelling, stock, and the expense that is made of one (R-STAT-34..37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import party_of
from mockserver.behaviours.bills.saving import bill_prepare, bill_revise
from mockserver.behaviours.core.registry import action, hook
from mockserver.behaviours.records.crud import owner
from mockserver.behaviours.records.numbering import assign_number
from mockserver.behaviours.sales.sending import allowed, send
from mockserver.behaviours.sales.stock import product_of, within
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import CANCELLED, DRAFT
from mockserver.derive.text import as_text
from mockserver.derive.totals import partial_after_save
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@hook("purchase_order_prepare")
def purchase_order_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """As every bill; blank public notes come from the vendor, and one that is posted as sent is owed (R-CALC-17)."""
    vendor = party_of(draft, entity, data)
    if vendor is not None:
        data["public_notes"] = data["public_notes"] or vendor["public_notes"]
    bill_prepare(draft, entity, data, request)
    if data["status_id"] not in (DRAFT, CANCELLED):
        data["balance"] = owed(data)
    if data["status_id"] != DRAFT:
        data.update(partial_after_save(data, data["amount"], data["balance"]))
    data["is_deleted"] = bool(request.body.get("is_deleted"))


@hook("purchase_order_revise")
def purchase_order_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """As every bill; balance, what was paid, and the mark of deletion may be posted (R-VAL-5)."""
    body, asked = request.body, {name: data[name] for name in ("partial", "partial_due_date")}
    bill_revise(draft, entity, data, request)
    if body.get("is_deleted") is not None:
        data["is_deleted"] = bool(body["is_deleted"])
    if data["status_id"] != DRAFT:
        data["balance"] = 0 if data["status_id"] == CANCELLED else owed(data)
        data.update(asked)  # what is open is known only now
        data.update(partial_after_save(data, data["amount"], data["balance"]))
    elif body.get("balance") is not None:
        data["balance"] = number(body["balance"])


def owed(data: Data) -> int | float:
    """What is left of the amount."""
    return number(to_decimal(data["amount"]) - to_decimal(data["paid_to_date"]))


@action("purchase_order_cancel")
def cancel(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Draft or sent to cancelled; any other order stays as it is."""
    if allowed(entity, "cancel", data):
        draft.patch(entity.name, data["id"], {"status_id": entity.moves["cancel"]["to"]})


@action("purchase_order_accept")
def accept(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Draft or sent to accepted, as the vendor does in the portal; a draft counts as sent then (R-STAT-38)."""
    move = entity.facts["portal"]["accept"]
    if data["status_id"] not in move["from"]:
        wanted = f"status_id {' or '.join(move['from'])}"
        diagnosis = Diagnosis("purchase order", "R-STAT-38", data["status_id"], wanted)
        raise Refused("bad_request", "This purchase order can't be accepted any more.", diagnoses=(diagnosis,))
    if allowed(entity, "mark_sent", data):
        send(draft, entity, data)
    draft.patch(entity.name, data["id"], {"status_id": move["to"]})
    draft.emit("accepted", entity.name, data["id"])


@action("add_to_inventory")
def add_to_inventory(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Add what was ordered to the stock and mark the order as received; once it was, nothing more happens."""
    if not allowed(entity, "add_to_inventory", data):
        return
    for line in data["line_items"]:
        if line["product_key"]:
            stock_up(draft, line)
    draft.patch(entity.name, data["id"], {"status_id": entity.moves["add_to_inventory"]["to"]})


def stock_up(draft: Draft, line: Data) -> None:
    """Raise the stock of a line's product by its quantity; a product that is missing is made (its cost since 5.12)."""
    product, quantity = product_of(draft, line["product_key"]), within(line["quantity"])
    if product is not None:
        draft.patch("product", product["id"], {"in_stock_quantity": within(product["in_stock_quantity"] + quantity)})
        return
    made = {**draft.blank("product"), **owner(draft)}
    made |= {
        "product_key": line["product_key"],
        "notes": line["notes"],
        "cost": line["cost"],
        "quantity": 1,
        "in_stock_quantity": quantity,
    }
    draft.put("product", made)
    draft.emit("created", "product", made["id"])


@action("purchase_order_expense")
def expense(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Make an expense of the order and link the two; an order that has one keeps it."""
    if data["expense_id"]:
        return
    kind = draft.entity("expense")
    made = draft.blank("expense") | expense_of(draft, entity, data)
    made |= {name: value for name, value in owner(draft).items() if name in made}
    assign_number(draft, kind, made)
    draft.put("expense", made)
    draft.patch(entity.name, data["id"], {"expense_id": made["id"]})
    draft.emit("created", "expense", made["id"])


def expense_of(draft: Draft, entity: Entity, data: Data) -> dict[str, Any]:
    """Fields of the expense: amount without taxes that come on top, one line of notes for each line (R-STAT-37)."""
    vendor = party_of(draft, entity, data)
    taxes, amount = to_decimal(data["total_taxes"]), to_decimal(data["amount"])
    lines = (
        f"{as_text(line['quantity'])} x {line['product_key']} [ {line['notes']} ]\n" for line in data["line_items"]
    )
    taxed = {"tax_name1": "Tax", "tax_amount1": number(taxes)} if taxes > 0 else {}
    return {
        "vendor_id": data["vendor_id"],
        "client_id": data["client_id"],
        "project_id": data["project_id"],
        "currency_id": vendor["currency_id"] if vendor is not None else "",
        "date": draft.today,
        "amount": number(amount if data["uses_inclusive_taxes"] else amount - taxes),
        "uses_inclusive_taxes": data["uses_inclusive_taxes"],
        "calculate_tax_by_amount": True,
        "public_notes": "".join(lines),
        "private_notes": f"Purchase Order Number {data['number']}",
        **taxed,
    }


@action("purchase_order_expense_once")
def expense_once(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The same on one order by GET, where a second time is refused."""
    if data["expense_id"]:
        diagnosis = Diagnosis("path id", "R-STAT-37", data["expense_id"], "an order that no expense was made of")
        raise Refused("bad_request", "Already converted to an expense.", diagnoses=(diagnosis,))
    expense(draft, entity, data, request)
