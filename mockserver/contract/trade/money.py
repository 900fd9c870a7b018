"""Totals of documents with lines, in fractions: the rules R-CALC-2..12 again, without the code of the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.contract.values.differences import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

NOTHING = Fraction(0)
NAMED = 2
"""Letters from which on the name of a tax counts."""


class Line(NamedTuple):
    """What a line comes to."""

    total: Fraction
    tax: Fraction
    gross: Fraction


def away(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scale = 10**places
    size = Fraction(floor(abs(value) * scale + Fraction(1, 2)), scale)
    return -size if value < 0 else size


@dataclass
class Sum:
    """One document worked out; `places` are the decimals of its currency.

    `doubtful` says that some value lies so near to half a cent that six printed decimals round it the other way:
    no rule tells which of the two is right, so such a document proves nothing.
    """

    document: Document
    places: int = 2
    doubtful: bool = False
    lines: list[Line] = field(default_factory=list)
    taxes: Fraction = NOTHING
    amount: Fraction = NOTHING

    def __post_init__(self) -> None:
        self.inclusive = bool(self.document["uses_inclusive_taxes"])
        self.by_amount = bool(self.document["is_amount_discount"])
        self.discount = exact(self.document["discount"])
        worths = [self._worth(line) for line in self.document["line_items"]]
        parts = worths if self.inclusive else [self._round(worth) for worth in worths]
        self.sub_total = sum(parts, NOTHING)
        off = self.discount if self.by_amount else self._round(self.sub_total * self.discount / 100, 2)
        taxes = self._document_taxes(self.sub_total - off)
        for line, worth in zip(self.document["line_items"], worths, strict=True):
            made = [(name, self._tax(self._base(worth), rate)) for name, rate in rates(line)]
            total, tax = self._round(worth, 2), sum((part for _, part in made), NOTHING)
            self.lines.append(Line(total, tax, total if self.inclusive else total + tax))
            taxes += sum((part for name, part in made if self.by_amount or len(name) >= NAMED), NOTHING)
        surcharges = sum((exact(self.document[f"custom_surcharge{n}"]) for n in "1234"), NOTHING)
        amount = self.sub_total - off + surcharges
        self.taxes = taxes
        self.amount = self._round(amount if self.inclusive else amount + taxes)

    def _round(self, value: Fraction, places: int | None = None) -> Fraction:
        places = self.places if places is None else places
        rounded = away(value, places)
        self.doubtful = self.doubtful or rounded != away(away(value, 6), places)
        return rounded

    def _worth(self, line: Document) -> Fraction:
        """Cost times quantity less the discount of the line; the document says whether that is an amount."""
        worth, discount = exact(line["cost"]) * exact(line["quantity"]), exact(line["discount"])
        if self.inclusive:
            part = discount if self.by_amount else worth * discount / 100
            return self._round(worth - self._round(part), 2)
        return worth - self._round(discount) if self.by_amount else self._round(worth * (1 - discount / 100))

    def _base(self, worth: Fraction) -> Fraction:
        """What of a line is taxed once the discount of the document is spread over the lines."""
        if not self.by_amount:
            return worth * (1 - self.discount / 100)
        return worth - worth * self.discount / self.sub_total if self.discount and self.sub_total else worth

    def _tax(self, base: Fraction, rate: Fraction) -> Fraction:
        return self._round(base - base / (1 + rate / 100) if self.inclusive else base * rate / 100, 2)

    def _document_taxes(self, worth: Fraction) -> Fraction:
        """Taxes on the whole document and on its taxable surcharges; a tax without a name does not count."""
        taxable = [
            exact(self.document[f"custom_surcharge{n}"]) for n in "1234" if self.document[f"custom_surcharge_tax{n}"]
        ]
        counted = [rate for name, rate in rates(self.document) if len(name) >= NAMED]
        if self.inclusive:
            base = self._round(worth, 2) if self.discount > 0 else worth
            base += sum((part for part in taxable if part > 0), NOTHING)
            return sum((self._tax(base, rate) for rate in counted), NOTHING)
        return sum((self._tax(part, rate) for rate in counted for part in (worth, *taxable)), NOTHING)


def problems(document: Document, got: Document, places: int, *, nickels: bool = False) -> list[str]:
    """Where the sums of an answer are not what the document comes to; nothing where no rule tells which is right.

    `nickels` says that the total is rounded to the next five hundredths (R-CALC-15).
    """
    wanted = Sum(document, places)
    if wanted.doubtful:
        return []
    amount = away(wanted.amount * 20, 0) / 20 if nickels else wanted.amount
    found = [
        f"{name}: got {got[name]}, wanted {float(value)}"
        for name, value in (("amount", amount), ("total_taxes", wanted.taxes))
        if exact(got[name]) != value
    ]
    for number, (line, right) in enumerate(zip(got["line_items"], wanted.lines, strict=True)):
        found += [
            f"{name} of line {number}: got {line[name]}, wanted {float(value)}"
            for name, value in zip(("line_total", "tax_amount", "gross_line_total"), right, strict=True)
            if exact(line[name]) != value
        ]
    return found


def rates(holder: Document) -> list[tuple[str, Fraction]]:
    """Names and rates of the three taxes of a line or a document."""
    return [(holder[f"tax_name{n}"], exact(holder[f"tax_rate{n}"])) for n in "123" if holder[f"tax_rate{n}"]]
