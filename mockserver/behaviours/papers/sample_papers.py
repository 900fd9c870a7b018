"""What previews show when no record is named: one made-up document of each kind, nothing of it stored (R-EP-20)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import bill_of, currency
from mockserver.behaviours.bills.saving import totals
from mockserver.behaviours.papers.paper_settings import logo_of, look_of, printer_for, settings_for
from mockserver.behaviours.papers.printing import Printed, in_layout, own_layout, printed_bill, sheet_of
from mockserver.derive.dates import add_days
from mockserver.derive.line_items import normalise
from mockserver.derive.money import to_decimal
from mockserver.derive.receipt_paper import Receipt, payment_values, receipt_paper
from mockserver.derive.statement_paper import Statement, statement_paper, statement_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.derive.sheet import Sheet
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

PERSON = {"first_name": "Sam", "last_name": "Sample", "email": "sam@example.com", "phone": "+1 555 0199"}
PARTY = {
    "name": "Sample & Sons",
    "number": "0001",
    "address1": "1 Sample Street",
    "city": "Sampleton",
    "postal_code": "10001",
    "vat_number": "VAT-0001",
    "country": "",
}
LINES = (
    {"product_key": "SAMPLE-1", "notes": "A sample product", "cost": 100, "quantity": 2, "tax_name1": "Tax"},
    {"product_key": "SAMPLE-2", "notes": "A sample service", "cost": 75, "quantity": 3.5, "type_id": "2"},
)
NUMBER = "0001"


def sample_bill(draft: Draft, entity: Entity) -> Data:
    """A bill with two lines, which is sent and not paid."""
    data = draft.blank(entity.name)
    data |= {
        "number": NUMBER,
        "date": draft.today,
        "due_date": add_days(draft.today, 14),
        "po_number": "PO-0001",
        "public_notes": "Notes for the reader.",
        "terms": "Terms of payment.",
        "footer": "A line at the foot.",
        "status_id": "2",
        "line_items": normalise(list(LINES)),
    }
    data.update(totals(draft, entity, data, draft.blank(bill_of(entity).party)))
    return data | {"balance": data["amount"]}


def sample_sheet(
    draft: Draft,
    entity: Entity,
    *,
    prices: bool = True,
    settings: Mapping[str, Any] | None = None,
    design: Data | None = None,
) -> Sheet:
    """The made-up bill, for made-up people."""
    data = sample_bill(draft, entity)
    sheet = sheet_of(draft, entity, data, PERSON, prices=prices, settings=settings, design=design)
    return replace(sheet, party={**sheet.party, **PARTY})


def sample_print(
    draft: Draft, kind: str, settings: Mapping[str, Any] | None = None, design: Data | None = None
) -> Printed:
    """A document of a kind that designs are made for: a bill, delivery note, statement or receipt."""
    layout = own_layout(design)
    if kind == "statement":
        statement = sample_statement(draft, settings, design)
        printed = statement_paper(statement)
        return in_layout(printed, layout, statement_values(statement)) if layout else Printed(printed)
    if kind in ("payment_receipt", "payment_refund"):
        receipt = sample_receipt(draft, settings, design, refund=kind == "payment_refund")
        printed = receipt_paper(receipt)
        return in_layout(printed, layout, payment_values(receipt)) if layout else Printed(printed)
    entity = draft.entity("invoice" if kind == "delivery_note" else kind)
    sheet = sample_sheet(draft, entity, prices=kind != "delivery_note", settings=settings, design=design)
    return printed_bill(draft, entity, sheet, design)


def sample_receipt(
    draft: Draft, settings: Mapping[str, Any] | None = None, design: Data | None = None, *, refund: bool = False
) -> Receipt:
    """A payment of one invoice."""
    merged = settings_for(draft, None, settings)
    payment = draft.blank("payment") | {"number": NUMBER, "date": draft.today, "amount": 100, "applied": 100}
    return Receipt(
        payment | {"transaction_reference": "REF-0001", "refunded": 40 if refund else 0},
        PARTY,
        PERSON,
        merged,
        printer_for(draft, merged, PARTY, str(merged.get("currency_id") or currency(draft, None))),
        method="Bank transfer",
        parts=((NUMBER, draft.today, 100),),
        refund=refund,
        logo=logo_of(draft),
        look=look_of(merged, design),
    )


def sample_statement(draft: Draft, settings: Mapping[str, Any] | None = None, design: Data | None = None) -> Statement:
    """One invoice that is half paid."""
    receipt = sample_receipt(draft, settings, design)
    bill = sample_bill(draft, draft.entity("invoice"))
    bill["balance"] = float(to_decimal(bill["amount"]) - 100)
    start = add_days(draft.today, -30)
    paid = {**receipt.payment, "method": receipt.method, "invoices": NUMBER}
    return Statement(
        PARTY,
        PERSON,
        receipt.settings,
        receipt.printer,
        start,
        draft.today,
        draft.today,
        bills=((draft.today, to_decimal(bill["amount"])),),
        shares=((draft.today, to_decimal(100)),),
        invoices=(bill,),
        payments=(paid,),
        credits=(),
        open=(bill,),
        logo=receipt.logo,
        look=receipt.look,
    )
