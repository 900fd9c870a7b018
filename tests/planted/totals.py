"""Bills that are added up wrongly, and dates that are counted wrongly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills import saving
from mockserver.behaviours.bills.billing import rounding
from mockserver.behaviours.sales import recurring_sending
from mockserver.derive import totals
from tests.planted.fault import BUSINESS, Fault, Plant, of_layer
from tests.planted.tools import rows, swapped

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

TOTALS, SPECIAL, RECURRING = "model/totals", "model/special_documents", "model/recurring"
MILLION = 1_000_000


def line_without(**values: Any) -> Any:
    """The worth of a line as if it said something else."""
    return lambda worth: lambda line, way: worth({**line, **values}, way)


def with_rounding(mode: str) -> Any:
    """Money rounded in another mode."""
    return lambda _: lambda value, places: Decimal(value).quantize(Decimal(1).scaleb(-places), mode)


def no_discount(way_of: Any) -> Any:
    """An amount that is taken off the whole bill is forgotten."""

    def made(document: Any, precision: int) -> Any:
        way = way_of(document, precision)
        return way._replace(discount=Decimal(0)) if way.by_amount else way

    return made


def tax_before_discount(taxes: Any) -> Any:
    """Taxes of the bill are taken from what the lines come to before the discount."""

    def made(document: Any, worth: Any, way: Any) -> Any:
        whole = worth + way.discount if way.by_amount else worth * 100 / (100 - way.discount)
        return taxes(document, whole, way)

    return made


def exclusive(tax: Any) -> Any:
    """Taxes inside a price are taken as if they came on top."""
    return lambda worth, share, rate, *, inclusive: tax(worth, share, rate, inclusive=inclusive and False)


def whole_above_a_million(rounded: Any) -> Any:
    """Large amounts lose their cents."""

    def made(value: Decimal, places: int, *, rappen: bool) -> Any:
        found = rounded(value, places, rappen=rappen)
        return int(found) if found > MILLION else found

    return made


def a_cent_short(record: dict[str, Any]) -> None:
    record["amount"] = round(record["amount"] - 0.01, 2)


def many_lines(record: dict[str, Any]) -> bool:
    return len(record["line_items"]) > 2


def overflowing(day: str, months: int) -> str:
    """A day that the month lacks runs over into the next one: Jan 31 plus one month is Mar 3."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    return (date(year, month + 1, 1) + timedelta(int(day[8:]) - 1)).isoformat()


def advanced_over(advance: Any) -> Any:
    """The next date of a monthly template, counted with months that run over."""

    def made(day: str, frequency_id: str) -> str:
        return overflowing(day, 1) if frequency_id == "5" else str(advance(day, frequency_id))

    return made


def believe_the_balance(exchange: Exchange) -> None:
    """A balance that was sent is the one that is answered."""
    body = exchange.sent
    exchange.kept["balance"] = body.get("balance") if isinstance(body, dict) else None


def answer_the_balance(exchange: Exchange) -> None:
    for record in exchange.records():
        if exchange.kept["balance"] is not None:
            record["balance"] = exchange.kept["balance"]


FAULTS = of_layer(
    BUSINESS,
    Fault(
        "discounts of lines are ignored",
        "discount ignored",
        TOTALS,
        "invoice",
        swapped(totals, "_worth", line_without(discount=0)),
    ),
    Fault(
        "quantities are ignored",
        "quantity ignored",
        TOTALS,
        "quote",
        swapped(totals, "_worth", line_without(quantity=1)),
    ),
    Fault(
        "an amount off the whole bill is ignored",
        "document discount ignored",
        TOTALS,
        "credit",
        swapped(totals, "_way_of", no_discount),
        trigger="a discount that is an amount",
    ),
    Fault(
        "half cents are rounded to even",
        "rounding mode",
        SPECIAL,
        "invoice",
        swapped(totals, "round_half_up", with_rounding(ROUND_HALF_EVEN)),
        trigger="half a cent",
    ),
    Fault(
        "cents are cut off",
        "rounding mode",
        TOTALS,
        "purchase_order",
        swapped(totals, "round_half_up", with_rounding(ROUND_DOWN)),
    ),
    Fault(
        "taxes of a bill are taken before its discount",
        "tax base",
        TOTALS,
        "invoice",
        swapped(totals, "_document_taxes", tax_before_discount),
    ),
    Fault(
        "taxes inside a price are taken as on top",
        "tax inside the price",
        TOTALS,
        "quote",
        swapped(totals, "_tax", exclusive),
        trigger="uses_inclusive_taxes",
    ),
    Fault(
        "the third tax is forgotten",
        "tax forgotten",
        TOTALS,
        "recurring_invoice",
        swapped(totals, "_TAXES", lambda taxes: taxes[:2]),
        trigger="a third tax",
    ),
    Fault(
        "the fourth surcharge is forgotten",
        "surcharge forgotten",
        TOTALS,
        "credit",
        swapped(totals, "_SURCHARGES", lambda parts: parts[:3]),
        trigger="a fourth surcharge",
    ),
    Fault(
        "the tax of surcharges is forgotten",
        "surcharge not taxed",
        "model/taxed_surcharges",
        "invoice",
        swapped(
            saving, "surcharge_flags", lambda _: lambda _: {f"custom_surcharge_tax{n}": False for n in (1, 2, 3, 4)}
        ),
        trigger="a company that taxes surcharges",
    ),
    Fault(
        "amounts above a million lose their cents",
        "value lost",
        SPECIAL,
        "invoice",
        swapped(totals, "_rounded", whole_above_a_million),
        trigger="an amount above 1,000,000",
    ),
    Fault(
        "all currencies have two decimals",
        "rounding of a currency",
        SPECIAL,
        "invoice",
        swapped(saving, "rounding", lambda _: lambda draft, entity, data: (2, rounding(draft, entity, data)[1])),
        trigger="a currency without two decimals",
    ),
    Fault(
        "an amount is a cent short",
        "cent lost",
        TOTALS,
        "invoice",
        rows(a_cent_short, many_lines),
        "POST invoices",
        "more than two lines",
    ),
    Fault(
        "a quote is a cent short",
        "cent lost",
        TOTALS,
        "quote",
        rows(a_cent_short, many_lines),
        "POST quotes",
        "more than two lines",
    ),
    Fault(
        "the balance of a credit is believed",
        "total taken from the body",
        "model/sent_totals",
        "credit",
        Plant(before=believe_the_balance, after=answer_the_balance),
        "POST|PUT credits credits/*",
    ),
    Fault(
        "a month after the 31st is in the month after the next",
        "date arithmetic",
        RECURRING,
        "recurring_invoice",
        swapped(recurring_sending, "advance", advanced_over),
        trigger="month end",
    ),
    Fault(
        "sending a template now takes no cycle",
        "counter not advanced",
        RECURRING,
        "recurring_invoice",
        swapped(
            recurring_sending,
            "moved_on",
            lambda move: (
                lambda draft, entity, data: {**move(draft, entity, data), "remaining_cycles": data["remaining_cycles"]}
            ),
        ),
        trigger="a template with an end",
    ),
)
