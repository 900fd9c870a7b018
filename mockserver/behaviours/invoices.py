"""Invoices: what create and update do beyond storing the fields (R-VAL-1..10, R-CALC-*, R-SIDE-16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.balances import recompute_client_balance
from mockserver.behaviours.invitations import save_invitations
from mockserver.behaviours.numbering import assign_number
from mockserver.behaviours.registry import hook
from mockserver.behaviours.rules import LOCKED
from mockserver.derive.dates import add_days, parse_date
from mockserver.derive.keywords import replace_keywords
from mockserver.derive.line_items import PAID_FEE, UNPAID_FEE, normalise
from mockserver.derive.money import number, to_decimal
from mockserver.derive.status import DRAFT, invoice_status, is_locked
from mockserver.derive.totals import balance_after_save, document_totals, partial_after_save
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


TERMS = re.compile(r"-?[0-9]{1,9}")


@hook("invoice_input")
def invoice_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Locked invoices refuse; a partial's due date brings a due date with it (R-STAT-13, R-VAL-2).

    What the lines add up to stands in for a posted amount, so that it meets the limit of amounts (R-VAL-1).
    """
    body = request.body
    client = draft.get("client", before["client_id"] if before else str(body.get("client_id") or ""))
    if before:
        rule = str(draft.setting("lock_invoices", client) or "off")
        if is_locked(before, rule, draft.today):
            diagnosis = Diagnosis(
                "path id", "R-STAT-13", before["status_id"], f"an invoice that lock_invoices={rule} leaves open"
            )
            raise Refused("invalid", "", errors={"number": LOCKED}, diagnoses=(diagnosis,))
    for name in ("line_items", *(("client_id",) if before else ())):
        if body.get(name) is None:
            body.pop(name, None)
    if isinstance(body.get("line_items"), list):
        body["amount"] = sum_of(body["line_items"])
    elif not before:
        body.pop("amount", None)
    if not before:
        body["date"] = body.get("date") or draft.today
        if not body.get("partial"):
            body.pop("partial_due_date", None)
    if body.get("partial_due_date") and not body.get("due_date") and not (before and before["due_date"]):
        start = parse_date(str(body.get("date") or "")) or (before["date"] if before else draft.today)
        body["due_date"] = add_days(start, payment_days(draft, client))


def sum_of(lines: list[Any]) -> Any:
    """Cost times quantity of all posted lines."""
    rows = [line for line in lines if isinstance(line, dict)]
    return number(sum(to_decimal(line.get("cost")) * to_decimal(line.get("quantity")) for line in rows))


def payment_days(draft: Draft, client: Data | None) -> int:
    """Days of the payment terms of the client, its group or the company; 0 when they are not a number."""
    terms = str(draft.setting("payment_terms", client) or "")
    return int(terms) if TERMS.fullmatch(terms) else 0


@hook("invoice_blank")
def invoice_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form: today's date and the company's surcharge flags (R-EP-2)."""
    data["date"] = draft.today
    data.update(surcharge_flags(draft))


@hook("invoice_prepare")
def invoice_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Fill what the service fills on create, then work out the totals."""
    body = request.body
    client = draft.get("client", data["client_id"])
    assert client is not None
    data["date"] = data["date"] or draft.today
    lines = normalise(body.get("line_items") or [])
    data["line_items"] = [
        {**line, "notes": replace_keywords(line["notes"], draft.today)} if ":" in line["notes"] else line
        for line in lines
        if line["type_id"] not in (UNPAID_FEE, PAID_FEE)
    ]
    data["public_notes"] = client["public_notes"] or data["public_notes"]
    data["terms"] = data["terms"] or str(draft.setting("invoice_terms", client))
    data["footer"] = data["footer"] or str(draft.setting("invoice_footer", client))
    data["design_id"] = data["design_id"] or str(draft.setting("invoice_design_id", client))
    if body.get("uses_inclusive_taxes") is None:
        data["uses_inclusive_taxes"] = bool(draft.setting("inclusive_taxes", client))
    data["exchange_rate"] = draft.document.statics.exchange_rate(currency(draft, client), currency(draft, None))
    data["auto_bill_enabled"] = bool(data["auto_bill_enabled"])
    data.update(surcharge_flags(draft))
    data.update(totals(draft, data, client))


def surcharge_flags(draft: Draft) -> dict[str, bool]:
    """Whether surcharges are taxed: always copied from the company (R-CALC-13)."""
    return {f"custom_surcharge_tax{n}": bool(draft.company[f"custom_surcharge_taxes{n}"]) for n in (1, 2, 3, 4)}


def currency(draft: Draft, client: Data | None) -> str:
    """Currency id of the client, or of the company."""
    return str(draft.setting("currency_id", client) or "1")


def totals(draft: Draft, data: Data, client: Data) -> dict[str, Any]:
    """line_items, total_taxes and amount of an invoice, in the client's currency."""
    precision, rappen = rounding(draft, client)
    return document_totals(data, precision=precision, rappen=rappen, tax_exempt=bool(client["is_tax_exempt"]))


def rounding(draft: Draft, client: Data) -> tuple[int, bool]:
    """Decimals of the client's currency, and whether amounts go to the nearest 0.05."""
    return draft.document.statics.precision(currency(draft, client)), bool(
        draft.setting("enable_rappen_rounding", client)
    )


@hook("invoice_revise")
def invoice_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An update recomputes totals, balance and, once sent, the status (R-CALC-14, R-STAT-6, R-STAT-14)."""
    assert request.record is not None
    before = request.record.data
    client = draft.get("client", data["client_id"])
    if client is None:
        return
    if "line_items" in request.body:
        data["line_items"] = normalise(request.body["line_items"])
    data.update(surcharge_flags(draft))
    data.update(recomputed(draft, data, before, client))


def recomputed(draft: Draft, data: Data, before: Data, client: Data) -> dict[str, Any]:
    """Totals, balance, partial and status of a stored invoice after a change."""
    changes = totals(draft, data, client)
    precision, rappen = rounding(draft, client)
    amount = changes["amount"]
    balance = balance_after_save(before, amount, precision=precision, rappen=rappen)
    changes["balance"] = balance
    changes |= partial_after_save({**data, **changes}, amount, balance)
    if data["status_id"] != DRAFT:
        changes["status_id"] = invoice_status(balance, amount)
    return changes


@hook("invoice_save")
def invoice_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Invitations, a number that became due, and the client's balance follow the invoice."""
    save_invitations(draft, data, request.body.get("invitations"), new=request.record is None)
    if not data["number"]:
        numbered = {**data}
        assign_number(draft, entity, numbered)
        if numbered["number"]:
            draft.patch("invoice", data["id"], {"number": numbered["number"]})
    if data["status_id"] != DRAFT:
        recompute_client_balance(draft, data["client_id"])
