"""Invoices, quotes, credits, purchase orders and recurring invoices on paper, and as delivery notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.derive.line_items import SERVICE
from mockserver.derive.money import ZERO, round_half_up, to_decimal
from mockserver.derive.paper import Column, Look, Paper, Party, Sum, Table
from mockserver.derive.status import DRAFT, PAID
from mockserver.derive.totals import tax_breakdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from mockserver.derive.wording import Printer

    Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one bill is printed from: stored records, and how to write.

    `settings` are those of the client, group and company together. `party` is the client or vendor. Both may carry
    `country`, the name to print below the address; a party that `ships` shows its shipping address. `days` labels the due date; without `balance` no balance is shown.
    """

    kind: str
    bill: Data
    party: Data
    contact: Data | None
    settings: Data
    printer: Printer
    title: str = "invoice"
    prices: bool = True
    days: str = "due_date"
    balance: bool = True
    labels: Data = field(default_factory=dict)
    """The company's names of custom fields."""
    logo: bytes = b""
    look: Look = field(default_factory=Look)
    precision: int = 2

    def word(self, key: str) -> str:
        return self.printer.word(key)

    def label(self, field: str, otherwise: str) -> str:
        """Name of a custom field: what stands before the type of its input."""
        return str(self.labels.get(field) or "").partition("|")[0] or self.word(otherwise)


def address(data: Data, prefix: str = "") -> list[str]:
    """The lines of a postal address, empty ones left out; `prefix` is `shipping_` for the other one of a client."""

    def part(key: str) -> str:
        return str(data.get(f"{prefix}{key}") or "")

    town = " ".join(filter(None, map(part, ("postal_code", "city", "state"))))
    return [line for line in (part("address1"), part("address2"), town, part("country")) if line]


def person(contact: Data | None) -> str:
    """First and last name."""
    return f"{contact['first_name']} {contact['last_name']}".strip() if contact is not None else ""


def bill_paper(sheet: Sheet) -> Paper:
    """The whole document."""
    bill, settings, word = sheet.bill, sheet.settings, sheet.word
    stamped = settings.get("show_paid_stamp") and sheet.kind == "invoice" and bill["status_id"] == PAID
    notes = (("notes", "public_notes"), *((("terms", "terms"),) if sheet.prices else ()))
    return Paper(
        title=word(sheet.title),
        sender=str(settings.get("name") or ""),
        sender_lines=sender_lines(settings, word),
        logo=sheet.logo,
        parties=_parties(sheet),
        facts=tuple(_facts(sheet)),
        body=tuple(tables(sheet)),
        sums=tuple(sums(sheet)) if sheet.prices else (),
        notes=tuple((word(key), str(bill.get(name) or "")) for key, name in notes if bill.get(name)),
        footer=str(bill.get("footer") or "") if sheet.prices else "",
        stamp=word("paid") if stamped and sheet.prices else "",
        name=f"{word(sheet.title)} {bill['number']}".strip(),
        page_of=word("page"),
        look=sheet.look,
    )


def sender_lines(settings: Data, word: Callable[[str], str]) -> tuple[str, ...]:
    """Address of the company and how to reach it."""
    numbers = [f"{word(key)}: {settings[key]}" for key in ("vat_number", "id_number") if settings.get(key)]
    reach = [str(settings[key]) for key in ("phone", "email", "website") if settings.get(key)]
    return (*address(settings), *reach, *numbers)


def _parties(sheet: Sheet) -> tuple[Party, ...]:
    """Who it goes to, and where the goods go when that is somewhere else."""
    party = sheet.party
    head = [str(party.get("name") or ""), person(sheet.contact), str((sheet.contact or {}).get("email") or "")]
    tax = [f"{sheet.word('vat_number')}: {party['vat_number']}"] if party.get("vat_number") else []
    shipping = address(party, "shipping_")
    if not sheet.prices:
        return (Party(sheet.word("deliver_to"), (*head, *(shipping or address(party)))),)
    label = "vendor" if sheet.kind == "purchase_order" else "bill_to"
    main = Party(sheet.word(label), (*head, *address(party), *tax))
    if shipping and (sheet.settings.get("show_shipping_address") or party.get("ships")):
        return main, Party(sheet.word("ship_to"), (head[0], *shipping))
    return (main,)


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Number, dates and what the company wants to know besides."""
    bill, printer = sheet.bill, sheet.printer
    kind = "invoice" if sheet.kind == "recurring_invoice" else sheet.kind
    rows = [
        (sheet.word(f"{kind}_number"), bill.get("number") or ""),
        (sheet.word("po_number"), bill.get("po_number") or ""),
        (sheet.word(f"{kind}_date"), printer.date(bill.get("date"))),
        (sheet.word(sheet.days), printer.date(bill.get("due_date"))),
    ]
    rows += [(sheet.label(f"{kind}{n}", "item"), str(bill.get(f"custom_value{n}") or "")) for n in (1, 2, 3, 4)]
    if sheet.prices and sheet.balance and bill.get("partial"):
        rows.append((sheet.word("partial_due"), printer.money(bill["partial"])))
        rows.append((sheet.word("partial_due_date"), printer.date(bill.get("partial_due_date"))))
    return ((label, str(value)) for label, value in rows if value)


def tables(sheet: Sheet) -> Iterator[Table]:
    """The table of products and, below it, that of tasks; of an empty document the first alone, without rows."""
    lines = sheet.bill["line_items"]
    tasks = [line for line in lines if line["type_id"] == SERVICE]
    products = [line for line in lines if line["type_id"] != SERVICE]
    if products or not tasks:
        yield _table(sheet, products, "product")
    if tasks:
        yield _table(sheet, tasks, "task")


def _table(sheet: Sheet, lines: list[Data], kind: str) -> Table:
    wanted = sheet.settings.get("pdf_variables") or {}
    listed = wanted.get(f"{kind}_columns")
    names = [str(name).rpartition(".")[2] for name in listed] if isinstance(listed, list) else []
    columns = [_COLUMNS[name] for name in names if name in _COLUMNS] or _usual(lines)
    if not sheet.prices:
        columns = [_COLUMNS[name] for name in ("item", "description", "quantity")]
    texts = [tuple(column.value(sheet, line) for column in columns) for line in lines]
    if sheet.settings.get("hide_empty_columns_on_pdf") and texts:
        kept = [n for n in range(len(columns)) if any(row[n] for row in texts)]
        columns, texts = [columns[n] for n in kept], [tuple(row[n] for n in kept) for row in texts]
    words = _TASK_WORDS if kind == "task" else {}
    heads = (Column(_heading(sheet, words.get(each.word, each.word)), each.share, each.align) for each in columns)
    return Table(tuple(heads), tuple(texts))


def _heading(sheet: Sheet, word: str) -> str:
    return sheet.label(word, "item") if word[-1].isdigit() else sheet.word(word)


def _usual(lines: list[Data]) -> list[_Value]:
    """The columns that nobody chose: discount and tax only where a line has one."""
    names = ["item", "description", "unit_cost", "quantity"]
    names += ["discount"] if any(line["discount"] for line in lines) else []
    names += ["tax"] if any(line[f"tax_rate{n}"] for line in lines for n in (1, 2, 3)) else []
    return [_COLUMNS[name] for name in (*names, "line_total")]


@dataclass(frozen=True, slots=True)
class _Value:
    """A column of the lines: key of its heading, and what stands in it."""

    word: str
    value: Callable[[Sheet, Data], str]
    align: str = "R"
    share: float = 1


def _rates(sheet: Sheet, line: Data) -> str:
    rates = [sheet.printer.number(line[f"tax_rate{n}"]) for n in (1, 2, 3) if line[f"tax_rate{n}"]]
    return " + ".join(f"{rate}%" for rate in rates)


def _discount(sheet: Sheet, line: Data) -> str:
    if not line["discount"]:
        return ""
    if sheet.bill["is_amount_discount"]:
        return sheet.printer.money(line["discount"])
    return f"{sheet.printer.number(line['discount'])}%"


def _money(key: str) -> Callable[[Sheet, Data], str]:
    return lambda sheet, line: sheet.printer.money(line[key])


def _plain(key: str) -> Callable[[Sheet, Data], str]:
    return lambda _, line: str(line[key] or "")


_COLUMNS = {
    "item": _Value("item", _plain("product_key"), "L", 2),
    "product_key": _Value("item", _plain("product_key"), "L", 2),
    "service": _Value("service", _plain("product_key"), "L", 2),
    "description": _Value("description", _plain("notes"), "L", 4),
    "notes": _Value("description", _plain("notes"), "L", 4),
    "unit_cost": _Value("unit_cost", _money("cost")),
    "cost": _Value("unit_cost", _money("cost")),
    "rate": _Value("rate", _money("cost")),
    "quantity": _Value("quantity", lambda sheet, line: sheet.printer.number(line["quantity"])),
    "hours": _Value("hours", lambda sheet, line: sheet.printer.number(line["quantity"])),
    "discount": _Value("discount", _discount),
    "tax": _Value("tax", _rates),
    "tax_amount": _Value("tax", _money("tax_amount")),
    "line_total": _Value("line_total", _money("line_total")),
    "gross_line_total": _Value("gross_line_total", _money("gross_line_total")),
    **{f"product{n}": _Value(f"product{n}", _plain(f"custom_value{n}"), "L") for n in (1, 2, 3, 4)},
    **{f"task{n}": _Value(f"task{n}", _plain(f"custom_value{n}"), "L") for n in (1, 2, 3, 4)},
}
_TASK_WORDS = {"item": "service", "unit_cost": "rate", "quantity": "hours"}


def sums(sheet: Sheet) -> Iterator[Sum]:
    """The rows below the lines; what is zero is left out, except subtotal, total and balance."""
    money = sheet.printer.money
    for label, amount, strong in amounts(sheet):
        yield Sum(label, money(amount), strong)


def amounts(sheet: Sheet) -> Iterator[tuple[str, Decimal, bool]]:
    """Label and amount of each sum, and whether it is printed bold."""
    bill, word = sheet.bill, sheet.word
    subtotal = sum((to_decimal(line["line_total"]) for line in bill["line_items"]), ZERO)
    yield word("subtotal"), subtotal, False
    discount = to_decimal(bill["discount"])
    if discount and bill["is_amount_discount"]:
        yield word("discount"), -discount, False
    elif discount:
        label = f"{word('discount')} ({sheet.printer.number(discount)}%)"
        yield label, -round_half_up(subtotal * discount / 100, 2), False
    for n in (1, 2, 3, 4):
        if surcharge := to_decimal(bill[f"custom_surcharge{n}"]):
            yield sheet.label(f"surcharge{n}", "surcharge"), surcharge, False
    for label, tax in _taxes(sheet):
        yield label, tax, False
    total, paid = to_decimal(bill["amount"]), to_decimal(bill.get("paid_to_date", 0))
    yield word("total"), total, True
    if not sheet.balance:
        return
    if paid or (sheet.kind == "invoice" and not sheet.settings.get("hide_paid_to_date", True)):
        yield word("paid_to_date"), paid, False
    label = word("credit_remaining" if sheet.kind == "credit" else "balance_due")
    yield label, total - paid if bill["status_id"] == DRAFT else to_decimal(bill["balance"]), True


def _taxes(sheet: Sheet) -> Iterator[tuple[str, Decimal]]:
    """One row a tax; a single one where the parts don't add up to what is stored, as after an older calculation."""
    bill = sheet.bill
    total = to_decimal(bill["total_taxes"])
    parts = tax_breakdown(bill, precision=sheet.precision)
    if sum(parts.values(), ZERO) == total:
        for (name, rate), amount in parts.items():
            if amount:
                yield f"{name} {sheet.printer.number(rate)}%".strip(), amount
    elif total:
        yield sheet.word("taxes_included" if bill["uses_inclusive_taxes"] else "taxes"), total
