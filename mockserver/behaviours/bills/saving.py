"""Bills of every kind: what create and update do beyond storing the fields (R-VAL-1..10, R-CALC-*, R-SIDE-16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.balances import follow
from mockserver.behaviours.bills.billing import bill_of, client_of, currency, party_of, rounding
from mockserver.behaviours.bills.invitations import save_invitations
from mockserver.behaviours.bills.ledger import invoice_changed
from mockserver.behaviours.bills.product_lines import write_back
from mockserver.behaviours.bills.reminders import plan_reminder
from mockserver.behaviours.core.registry import hook
from mockserver.behaviours.core.rules import LOCKED
from mockserver.behaviours.records.numbering import assign_number
from mockserver.derive.dates import add_days, parse_date
from mockserver.derive.keywords import replace_keywords
from mockserver.derive.line_items import normalise, without_fees
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


@hook("bill_input")
def bill_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Locked bills refuse; a partial's due date brings a due date with it (R-STAT-13, R-VAL-2).

    What the lines add up to stands in for a posted amount, so that it meets the limit of amounts (R-VAL-1).
    """
    body, bill = request.body, bill_of(entity)
    party = draft.get(bill.party, before[bill.party_id] if before else str(body.get(bill.party_id) or ""))
    client = party if bill.party == "client" else None
    refuse_locked(draft, entity, before, client)
    for name in ("line_items", *((bill.party_id,) if before else ())):
        if body.get(name) is None:
            body.pop(name, None)
    if isinstance(body.get("line_items"), list):
        body["amount"] = sum_of(body["line_items"])
    elif not before:
        body.pop("amount", None)
    if not before:
        new_dates(draft, entity, body)
    if bill.days and body.get("partial_due_date") and not body.get("due_date") and not (before and before["due_date"]):
        start = parse_date(str(body.get("date") or "")) or (before["date"] if before else "") or draft.today
        body["due_date"] = add_days(start, due_days(draft, entity, client))


def new_dates(draft: Draft, entity: Entity, body: dict[str, Any]) -> None:
    """Dates in the input for a new bill: today's where the kind has one, none for a partial that is not asked for."""
    if dated(entity):
        body["date"] = body.get("date") or draft.today
    if not body.get("partial"):
        body.pop("partial_due_date", None)


def refuse_locked(draft: Draft, entity: Entity, before: Data, client: Data | None) -> None:
    """Raise Refused when a setting protects the bill from changes (R-STAT-13)."""
    locks = entity.facts.get("locks")
    if locks is None or not before:
        return
    rule = str(draft.setting(locks["setting"], client) or "off")
    if is_locked(before, rule, draft.today):
        wanted = f"{entity.facts['label'][0]} that {locks['setting']}={rule} leaves open"
        diagnosis = Diagnosis("path id", "R-STAT-13", before["status_id"], wanted)
        raise Refused("invalid", "", errors={"number": LOCKED}, diagnoses=(diagnosis,))


def dated(entity: Entity) -> bool:
    """Whether a new bill without a date gets today's."""
    return bool(entity.facts.get("fill", {}).get("create", {}).get("date") == "today")


def sum_of(lines: Any) -> Any:
    """Cost times quantity of all posted lines; what is no line counts nothing."""
    rows = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return number(sum(to_decimal(line.get("cost")) * to_decimal(line.get("quantity")) for line in rows))


def due_days(draft: Draft, entity: Entity, client: Data | None) -> int:
    """Days until a bill is due, by the setting of client, group or company that its facts name."""
    bill = bill_of(entity)
    days = str(draft.setting(bill.days, client) or "") if bill.days else ""
    return int(days) if TERMS.fullmatch(days) else bill.days_unset


@hook("bill_blank")
def bill_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form: today's date and the company's surcharge flags (R-EP-2)."""
    if dated(entity):
        data["date"] = draft.today
    data.update(surcharge_flags(draft))


@hook("bill_prepare")
def bill_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Fill what the service fills on create, then work out the totals."""
    body, bill = request.body, bill_of(entity)
    party, client = party_of(draft, entity, data), client_of(draft, entity, data)
    assert party is not None
    if dated(entity):
        data["date"] = data["date"] or draft.today
    data["line_items"] = new_lines(draft, body.get("line_items") or [], keywords=bill.keywords)
    for field, setting in (("terms", "terms"), ("footer", "footer"), ("design_id", "design_id")):
        data[field] = data[field] or str(draft.setting(f"{bill.settings}_{setting}", client))
    if bill.taxes == "settings" and (
        body.get("uses_inclusive_taxes") is None or not entity.fields["uses_inclusive_taxes"].writable("create")
    ):
        data["uses_inclusive_taxes"] = bool(draft.setting("inclusive_taxes", client))
    if client is not None:
        for name in entity.facts.get("from_owner", ()):
            data[name] = client[name] or data[name]
        rates = draft.document.statics
        data["exchange_rate"] = rates.exchange_rate(currency(draft, client), currency(draft, None))
    if "auto_bill_enabled" in data:
        data["auto_bill_enabled"] = bool(data["auto_bill_enabled"])
    data.update(surcharge_flags(draft))
    data.update(totals(draft, entity, data, party))
    if bill.opens == "saved":
        data["balance"] = data["amount"]


def new_lines(draft: Draft, sent: list[Any], *, keywords: bool) -> list[Any]:
    """The lines of a new bill: without fee lines, and with keywords replaced where the bill does that (R-CALC-22)."""
    return [
        {**line, "notes": replace_keywords(line["notes"], draft.today)} if keywords and ":" in line["notes"] else line
        for line in without_fees(normalise(sent))
    ]


def surcharge_flags(draft: Draft) -> dict[str, bool]:
    """Whether surcharges are taxed: always copied from the company (R-CALC-13)."""
    return {f"custom_surcharge_tax{n}": bool(draft.company[f"custom_surcharge_taxes{n}"]) for n in (1, 2, 3, 4)}


def totals(draft: Draft, entity: Entity, data: Data, party: Data) -> dict[str, Any]:
    """line_items, total_taxes and amount of a bill, in its currency."""
    precision, rappen = rounding(draft, entity, data)
    return document_totals(data, precision=precision, rappen=rappen, tax_exempt=bool(party.get("is_tax_exempt")))


@hook("bill_revise")
def bill_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An update recomputes totals, balance and, once sent, the status (R-CALC-14, R-STAT-6, R-STAT-14)."""
    assert request.record is not None
    if "line_items" in request.body:
        data["line_items"] = normalise(request.body["line_items"])
    data.update(surcharge_flags(draft))
    data.update(recomputed(draft, entity, data, request.record.data))


def recomputed(draft: Draft, entity: Entity, data: Data, before: Data) -> dict[str, Any]:
    """Totals, balance, partial and status of a stored bill after a change; nothing when its party is gone."""
    party = party_of(draft, entity, data)
    if party is None:
        return {}
    changes = totals(draft, entity, data, party)
    precision, rappen = rounding(draft, entity, data)
    amount = changes["amount"]
    balance = balance_after_save(before, amount, entity=entity.name, precision=precision, rappen=rappen)
    changes["balance"] = balance
    changes |= partial_after_save({**data, **changes}, amount, balance)
    if bill_of(entity).settles and data["status_id"] != DRAFT:
        changes["status_id"] = invoice_status(balance, amount)
    return changes


@hook("bill_save")
def bill_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Invitations, a number that became due, products and the client's sums follow the bill."""
    save_invitations(draft, entity, data, request.body.get("invitations"), new=request.record is None)
    if not data["number"]:
        numbered = {**data}
        assign_number(draft, entity, numbered)
        if numbered["number"]:
            draft.patch(entity.name, data["id"], {"number": numbered["number"]})
    if bill_of(entity).party == "client":
        write_back(draft, data, client_of(draft, entity, data))
    if data["status_id"] != DRAFT:
        before = request.record.data["balance"] if request.record is not None else 0
        plan_reminder(draft, entity, data["id"])
        follow(draft, entity, data, data["balance"] - before, invoice_changed)
