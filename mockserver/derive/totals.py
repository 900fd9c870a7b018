"""Totals of invoices, quotes, credits, purchase orders and recurring invoices (R-CALC-1..17).

One engine for both kinds of taxes. With B = what a line or document is worth after its discount and r = the rate,
the tax is B*r/100 when it comes on top (exclusive) and B*r/(100+r) when it is inside (inclusive). A share of the
discount stays a fraction (over, under) until the one division that is rounded, so roundings see exact values.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.money import MONEY, ZERO, number, plain, round_half_up, to_decimal
from mockserver.derive.money import rappen as nearest_rappen
from mockserver.derive.status import CANCELLED, DRAFT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Line = Mapping[str, Any]
    Share = tuple[Decimal, Decimal]

_HUNDRED = Decimal(100)
_ALL = (Decimal(1), Decimal(1))
_NONE = (ZERO, Decimal(1))
_TAXES = (("tax_name1", "tax_rate1"), ("tax_name2", "tax_rate2"), ("tax_name3", "tax_rate3"))
_SURCHARGES = tuple((f"custom_surcharge{n}", f"custom_surcharge_tax{n}") for n in (1, 2, 3, 4))
_UNTAXED: dict[str, Any] = {name: "" for name, _ in _TAXES} | {rate: 0 for _, rate in _TAXES}


class _Way(NamedTuple):
    """How a document is computed."""

    inclusive: bool
    by_amount: bool
    discount: Decimal
    places: int


class TaxDetail(NamedTuple):
    """One tax of a document: what it is taken from, without it, and what it comes to."""

    name: str
    rate: Decimal
    base: Decimal
    amount: Decimal

    @property
    def label(self) -> str:
        """Name and rate: `VAT 20%`."""
        return f"{self.name} {self.rate.normalize():f}%".strip()


def document_totals(
    document: Mapping[str, Any], *, precision: int = 2, rappen: bool = False, tax_exempt: bool = False
) -> dict[str, Any]:
    """What a save recomputes: line_items, total_taxes, amount, and the cleared taxes when the client is exempt.

    `document` holds line items in stored form, discount, taxes, surcharges and the surcharge flags; `precision` is
    that of its currency. Totals in the document are not looked at (R-CALC-1).
    """
    changes: dict[str, Any] = {}
    lines: Sequence[Line] = document.get("line_items") or ()
    if tax_exempt:
        changes.update(_UNTAXED)
        document = {**document, **_UNTAXED}
        lines = [{**line, **_UNTAXED} for line in lines]
    with localcontext(MONEY):
        way = _way_of(document, precision)
        worths = [_worth(line, way) for line in lines]
        sub_total, off = _sub_total(worths, way)
        share = _share_after_discount(sub_total, way)
        taxes = _document_taxes(document, sub_total - off, way)
        done = changes["line_items"] = []
        for line, worth in zip(lines, worths, strict=True):
            finished, counted = _finished_line(line, worth, share, way)
            done.append(finished)
            taxes += counted
        amount = sub_total - off + sum((to_decimal(document[key]) for key, _ in _SURCHARGES if document.get(key)), ZERO)
        if not way.inclusive:
            amount += taxes
        changes["total_taxes"] = plain(float(taxes))
        changes["amount"] = _rounded(amount, precision, rappen=rappen)
    return changes


def document_taxes(document: Mapping[str, Any], *, precision: int = 2) -> list[TaxDetail]:
    """What enters total_taxes, by name and rate: those of lines in their order, then those of the document itself.

    Takes a stored document; the amounts add up to its total_taxes (R-CALC-8, R-CALC-10, R-CALC-12).
    """
    found: dict[tuple[str, Decimal, bool], TaxDetail] = {}
    with localcontext(MONEY):
        way = _way_of(document, precision)
        worths = [_worth(line, way) for line in document["line_items"]]
        sub_total, off = _sub_total(worths, way)
        share = _share_after_discount(sub_total, way)
        parts = [
            (line[name], to_decimal(line[rate]), worth, share)
            for line, worth in zip(document["line_items"], worths, strict=True)
            for name, rate in _TAXES
            if line[rate] and (way.by_amount or len(line[name]) > 1)
        ]
        of_lines = len(parts)
        bases = _taxed_bases(document, sub_total - off, way)
        parts += [
            (document[name], to_decimal(document[rate]), base, _ALL)
            for name, rate in _TAXES
            if document.get(rate) and len(document[name]) > 1
            for base in bases
        ]
        for place, (label, percent, worth, taxed) in enumerate(parts):
            amount = _tax(worth, taxed, percent, inclusive=way.inclusive)
            base = worth * taxed[0] / taxed[1] - (amount if way.inclusive else ZERO)
            key = (label, percent, place < of_lines)
            before = found.get(key, TaxDetail(label, percent, ZERO, ZERO))
            found[key] = TaxDetail(label, percent, before.base + base, before.amount + amount)
    return list(found.values())


def tax_breakdown(document: Mapping[str, Any], *, precision: int = 2) -> dict[tuple[str, Decimal], Decimal]:
    """What each tax, by name and rate, comes to: those of lines first. The sum is total_taxes."""
    found: dict[tuple[str, Decimal], Decimal] = {}
    for each in document_taxes(document, precision=precision):
        found[each.name, each.rate] = found.get((each.name, each.rate), ZERO) + each.amount
    return found


def line_taxes(document: Mapping[str, Any], *, precision: int = 2) -> list[dict[str, Decimal]]:
    """The taxes of each line of a stored document, by the name of their rate: `{"tax_rate1": 20}`."""
    with localcontext(MONEY):
        way = _way_of(document, precision)
        worths = [_worth(line, way) for line in document["line_items"]]
        share = _share_after_discount(_sub_total(worths, way)[0], way)
        return [
            {
                rate: _tax(worth, share, to_decimal(line[rate]), inclusive=way.inclusive)
                for _, rate in _TAXES
                if line[rate]
            }
            for line, worth in zip(document["line_items"], worths, strict=True)
        ]


def _way_of(document: Mapping[str, Any], precision: int) -> _Way:
    return _Way(
        bool(document.get("uses_inclusive_taxes")),
        bool(document.get("is_amount_discount")),
        to_decimal(document.get("discount")),
        precision,
    )


def _sub_total(worths: Sequence[Decimal], way: _Way) -> tuple[Decimal, Decimal]:
    """Sum of the lines, and the discount of the document on it (R-CALC-4, R-CALC-5)."""
    total = sum(worths if way.inclusive else (round_half_up(worth, way.places) for worth in worths), ZERO)
    return total, way.discount if way.by_amount else round_half_up(total * way.discount / _HUNDRED, 2)


def _worth(line: Line, way: _Way) -> Decimal:
    """Cost times quantity, less the line's discount, which is what the document says it is (R-CALC-2, R-CALC-3).

    Taxes on top of amount discounts are taken from the exact product (82.6446 at 21 % is 82.64 + 17.36), everything
    else from a rounded one.
    """
    worth = to_decimal(line["cost"]) * to_decimal(line["quantity"])
    if line["discount"]:
        off = to_decimal(line["discount"])
        worth -= round_half_up(off, way.places) if way.by_amount else _percent(worth, off, way)
    if way.inclusive:
        return round_half_up(worth, 2)
    return worth if way.by_amount else round_half_up(worth, way.places)


def _percent(worth: Decimal, off: Decimal, way: _Way) -> Decimal:
    """A line's percentage; on its own rounded only where taxes are inside."""
    part = worth * off / _HUNDRED
    return round_half_up(part, way.places) if way.inclusive else part


def _share_after_discount(sub_total: Decimal, way: _Way) -> Share:
    """The fraction of a line that is taxed once the document's discount is spread over the lines (R-CALC-6)."""
    if not way.discount:
        return _ALL
    if not way.by_amount:
        return _HUNDRED - way.discount, _HUNDRED
    if not sub_total:
        return _ALL if way.inclusive else _NONE
    return sub_total - way.discount, sub_total


def _tax(worth: Decimal, share: Share, rate: Decimal, *, inclusive: bool) -> Decimal:
    """One tax of one rate, in cents (R-CALC-6, R-CALC-7)."""
    over, under = share
    whole = (_HUNDRED + rate) * under if inclusive else _HUNDRED * under
    if not whole:  # -100 % inside a price: there is no price to take it from
        return ZERO
    return round_half_up(worth * over * rate / whole, 2)


def _finished_line(line: Line, worth: Decimal, share: Share, way: _Way) -> tuple[dict[str, Any], Decimal]:
    """The line with its computed keys (R-CALC-9), and what of its tax enters the document's total (R-CALC-8)."""
    tax = counted = rates = ZERO
    for name_key, rate_key in _TAXES:
        if not line[rate_key]:
            continue
        rate = to_decimal(line[rate_key])
        part = _tax(worth, share, rate, inclusive=way.inclusive)
        rates += rate
        tax += part
        if way.by_amount or len(line[name_key]) > 1:
            counted += part
    total = round_half_up(worth, 2)
    finished = {
        **line,
        "is_amount_discount": way.by_amount,
        "line_total": plain(float(total)),
        "tax_amount": plain(float(tax)),
        "gross_line_total": plain(float(total if way.inclusive else total + tax)),
        "net_cost": 0,
    }
    if way.inclusive:
        over, under = worth * share[0], share[1]
        net = (over * _HUNDRED, under * (_HUNDRED + rates)) if way.by_amount else (over - tax * under, under)
        finished["net_cost"] = _unit_price(net, line, way.places)
    return finished, counted


def _unit_price(net: Share, line: Line, places: int) -> int | float:
    """What one piece of a line costs without the taxes inside it; its cost where there is nothing to divide by."""
    over, under = net
    under *= to_decimal(line["quantity"])
    return plain(float(round_half_up(over / under, places) if under else to_decimal(line["cost"])))


def _document_taxes(document: Mapping[str, Any], worth: Decimal, way: _Way) -> Decimal:
    """Taxes of the document's own three rates, and of its taxable surcharges (R-CALC-10, R-CALC-11)."""
    rates = [to_decimal(document[rate]) for name, rate in _TAXES if document.get(rate) and len(document[name]) > 1]
    if not rates:
        return ZERO
    bases = _taxed_bases(document, worth, way)
    return sum((_tax(base, _ALL, rate, inclusive=way.inclusive) for rate in rates for base in bases), ZERO)


def _taxed_bases(document: Mapping[str, Any], worth: Decimal, way: _Way) -> Sequence[Decimal]:
    """What each tax of the document is taken from: on top of each part by itself, inside all of them at once."""
    surcharges = [to_decimal(document.get(key)) for key, taxable in _SURCHARGES if document.get(taxable)]
    if not way.inclusive:
        return worth, *surcharges
    if way.discount > 0:
        worth = round_half_up(worth, 2)
    return (worth + sum((part for part in surcharges if part > 0), ZERO),)


def _rounded(value: Decimal, places: int, *, rappen: bool) -> int | float:
    value = round_half_up(value, places)
    return plain(float(nearest_rappen(value) if rappen else value))


def balance_after_save(
    before: Mapping[str, Any], amount: float, *, entity: str = "invoice", precision: int = 2, rappen: bool = False
) -> int | float:
    """The balance once a document is saved with a new `amount` (R-CALC-14, R-CALC-17).

    `before` is the document before the edit: status_id, amount, balance, paid_to_date. A draft keeps its balance,
    a cancelled document owes nothing, a recurring document always owes its amount.
    """
    if not entity.startswith("recurring_"):
        if before["status_id"] == DRAFT:
            return number(before["balance"])
        if before["status_id"] == CANCELLED:
            return 0
        if before["amount"] != before["balance"]:
            owed = to_decimal(amount) - to_decimal(before["paid_to_date"])
            return _rounded(owed, precision, rappen=rappen)
    return _rounded(to_decimal(amount), precision, rappen=rappen)


def partial_after_save(
    document: Mapping[str, Any], amount: float, balance: float, *, saved: bool = True
) -> dict[str, Any]:
    """The fields `partial` and `partial_due_date` that a save changes (R-CALC-16).

    `amount` and `balance` are the new ones; `saved` is False for a preview that is never stored.
    """
    posted = partial = number(document["partial"])
    if not saved:
        partial = max(0, min(partial, balance))
    elif document["status_id"] != DRAFT and partial > amount > 0:
        partial = max(0, min(amount, balance))
    changes: dict[str, Any] = {} if partial == posted else {"partial": partial}
    if not partial and document.get("partial_due_date"):
        changes["partial_due_date"] = ""
    return changes
