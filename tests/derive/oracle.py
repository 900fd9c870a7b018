"""The rules of totals once more, slowly and in fractions. Shares no code with the package on purpose."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Doc = Mapping[str, Any]

NOTHING = Fraction(0)


class Result(NamedTuple):
    amount: Fraction
    total_taxes: Fraction
    lines: list[tuple[Fraction, Fraction, Fraction]]
    """line_total, tax_amount, gross_line_total"""


def exact(value: float) -> Fraction:
    return Fraction(repr(value))


def away(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scale = 10**places
    size = Fraction(floor(abs(value) * scale + Fraction(1, 2)), scale)
    return -size if value < 0 else size


def rounded(value: Fraction, places: int) -> Fraction:
    return away(away(value, 6), places)


def on_top(base: Fraction, rate: Fraction) -> Fraction:
    return rounded(base * rate / 100, 2)


def inside(base: Fraction, rate: Fraction) -> Fraction:
    return rounded(base - base / (1 + rate / 100), 2)


def compute(doc: Doc, precision: int) -> Result:
    inclusive = doc["uses_inclusive_taxes"]
    tax = inside if inclusive else on_top
    worths = [line_worth(line, doc, precision) for line in doc["line_items"]]
    sub_total = sum(worths if inclusive else [rounded(worth, precision) for worth in worths], NOTHING)
    discount = document_discount(doc, sub_total)

    lines = []
    total_taxes = document_taxes(doc, sub_total - discount)
    for line, worth in zip(doc["line_items"], worths, strict=True):
        base = line_base(doc, worth, sub_total)
        taxes = {n: tax(base, exact(line["tax_rate" + n])) for n in "123"}
        line_total, tax_amount = rounded(worth, 2), sum(taxes.values(), NOTHING)
        lines.append((line_total, tax_amount, line_total if inclusive else line_total + tax_amount))
        total_taxes += sum(
            (part for n, part in taxes.items() if doc["is_amount_discount"] or len(line["tax_name" + n]) >= 2), NOTHING
        )

    amount = sub_total - discount + sum(exact(doc["custom_surcharge" + n]) for n in "1234")
    return Result(rounded(amount if inclusive else amount + total_taxes, precision), total_taxes, lines)


def line_worth(line: Doc, doc: Doc, precision: int) -> Fraction:
    product, discount = exact(line["cost"]) * exact(line["quantity"]), exact(line["discount"])
    if doc["uses_inclusive_taxes"]:
        part = discount if doc["is_amount_discount"] else product * discount / 100
        return rounded(product - rounded(part, precision), 2)
    if doc["is_amount_discount"]:
        return product - rounded(discount, precision)
    return rounded(product * (1 - discount / 100), precision)


def document_discount(doc: Doc, sub_total: Fraction) -> Fraction:
    discount = exact(doc["discount"])
    return discount if doc["is_amount_discount"] else rounded(sub_total * discount / 100, 2)


def line_base(doc: Doc, worth: Fraction, sub_total: Fraction) -> Fraction:
    discount = exact(doc["discount"])
    if not doc["is_amount_discount"]:
        return worth * (1 - discount / 100)
    if sub_total:
        return worth - worth * discount / sub_total
    return worth if doc["uses_inclusive_taxes"] or not discount else NOTHING


def document_taxes(doc: Doc, discounted: Fraction) -> Fraction:
    rates = [exact(doc["tax_rate" + n]) for n in "123" if len(doc["tax_name" + n]) >= 2]
    taxable = [exact(doc["custom_surcharge" + n]) for n in "1234" if doc["custom_surcharge_tax" + n]]
    total = NOTHING
    for rate in rates:
        if doc["uses_inclusive_taxes"]:
            base = rounded(discounted, 2) if doc["discount"] > 0 else discounted
            total += inside(base + sum(part for part in taxable if part > 0), rate)
        else:
            total += on_top(discounted, rate) + sum(on_top(part, rate) for part in taxable)
    return total
