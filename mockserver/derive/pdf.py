"""Invoices as PDF: A4, core fonts, the same bytes for the same input.

Text is left uncompressed, so a search for `INV-7` in the bytes finds it. Characters that the core fonts lack
(everything outside Windows-1252) are printed as `?`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from mockserver.derive.money import ZERO, round_half_up, to_decimal
from mockserver.derive.printed import printed_money, printed_number
from mockserver.derive.status import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from fpdf import FPDF

    Data = Mapping[str, Any]

CHARSET = "windows-1252"
MARGIN, WIDTH, ROW = 15, 180, 5
"""Millimetres: page margin, width between the margins, height of a line of text."""
SIDE = 80
"""Width of the blocks at the right: dates, sums."""
GREY, BLACK, RULE = 110, 20, 205
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one document is printed from: stored records, and its currency as a row of the static list.

    `client` and the company's settings may carry `country`, the name to print below the address. `due` is the label of
    the due date, `balance` that of what is left; without one that row is not printed.
    """

    invoice: Data
    client: Data
    contact: Data | None
    company: Data
    currency: Data
    title: str = "Invoice"
    prices: bool = True
    due: str = "Due date"
    balance: str = "Balance due"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the lines table: heading, width in millimetres, L or R."""

    heading: str
    width: float
    align: str = "R"


WITH_PRICES = (
    Column("Item", 30, "L"), Column("Description", 58, "L"), Column("Unit cost", 29), Column("Quantity", 20),
    Column("Tax", 14), Column("Total", 29),
)  # fmt: skip
WITHOUT_PRICES = (Column("Item", 40, "L"), Column("Description", 115, "L"), Column("Quantity", 25))


def merged_pdf(sheets: Sequence[Sheet], *, now: int) -> bytes:
    """All documents in one file, each from a new page on."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = CHARSET
    pdf.str_alias_nb_pages = ""  # no text of an invoice stands for the number of pages
    pdf.set_compression(False)
    pdf.set_producer("mockserver")
    pdf.set_creation_date(datetime.fromtimestamp(now, UTC))
    pdf.set_title(", ".join(printable(f"{sheet.title} {sheet.invoice['number']}") for sheet in sheets[:1]))
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    for sheet in sheets:
        _Writer(pdf, sheet).write()
    return bytes(pdf.output())


def printable(text: object) -> str:
    """Text that the core fonts have: markup becomes line breaks or nothing, foreign characters become `?`."""
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", str(text))))
    composed = unicodedata.normalize("NFC", plain.replace("\r\n", "\n").replace("\u00ad", ""))
    known = composed.encode(CHARSET, "replace").decode(CHARSET)
    return "".join(letter if letter.isprintable() or letter in "\n\u00a0" else " " for letter in known)


def sums(sheet: Sheet) -> list[tuple[str, Decimal]]:
    """Label and amount of the rows below the lines; what is zero is left out, except subtotal, total and balance."""
    invoice = sheet.invoice
    subtotal = sum((to_decimal(line["line_total"]) for line in invoice["line_items"]), ZERO)
    discount = to_decimal(invoice["discount"])
    if not invoice["is_amount_discount"]:
        discount = round_half_up(subtotal * discount / 100, 2)
    labels = sheet.company.get("custom_fields") or {}
    total = to_decimal(invoice["amount"])
    rows = [("Discount", -discount)]
    for n in (1, 2, 3, 4):
        label = str(labels.get(f"surcharge{n}") or "Surcharge").partition("|")[0]
        rows.append((label, to_decimal(invoice[f"custom_surcharge{n}"])))
    rows.append(("Taxes included" if invoice["uses_inclusive_taxes"] else "Taxes", to_decimal(invoice["total_taxes"])))
    rows = [row for row in rows if row[1]]
    paid = to_decimal(invoice.get("paid_to_date", 0))
    balance = total - paid if invoice["status_id"] == DRAFT else to_decimal(invoice["balance"])
    tail = [("Paid to date", paid)] if paid else []
    tail += [(sheet.balance, balance)] if sheet.balance else []
    return [("Subtotal", subtotal), *rows, ("Total", total), *tail]


def address(data: Data, prefix: str = "") -> list[str]:
    """The lines of a postal address, empty ones left out; `prefix` is `shipping_` for the other one of a client."""

    def part(key: str) -> str:
        return str(data.get(f"{prefix}{key}") or "")

    town = " ".join(filter(None, map(part, ("postal_code", "city", "state"))))
    return [line for line in (part("address1"), part("address2"), town, part("country")) if line]


class _Writer:
    """Writes one sheet, from a new page of `pdf` on."""

    def __init__(self, pdf: FPDF, sheet: Sheet) -> None:
        self.pdf = pdf
        self.sheet = sheet
        self.columns = WITH_PRICES if sheet.prices else WITHOUT_PRICES
        symbol = str(sheet.currency.get("symbol", ""))
        # a symbol that the fonts lack gives way to the currency's code
        self.currency = sheet.currency if printable(symbol) == symbol else {**sheet.currency, "symbol": ""}

    def write(self) -> None:
        """The whole document."""
        self.pdf.add_page()
        self.head()
        self.recipient()
        self.headings()
        for line in self.sheet.invoice["line_items"]:
            self.line(line)
        if self.sheet.prices:
            self.totals()
        self.notes()

    def style(self, size: int, weight: str = "", grey: int = BLACK) -> None:
        self.pdf.set_font("helvetica", weight, size)
        self.pdf.set_text_color(grey)

    def cell(self, width: float, text: object, align: str = "L", height: float = ROW) -> None:
        """One line of text, cut where the cell ends."""
        shown = printable(text).replace("\n", " ")[:200]
        while shown and self.pdf.get_string_width(shown) > width - 2:
            shown = shown[:-1]
        self.pdf.cell(width, height, shown, align=align)

    def head(self) -> None:
        """Company at the left, title, number and dates at the right."""
        pdf, invoice, settings = self.pdf, self.sheet.invoice, self.sheet.company["settings"]
        self.style(16, "B")
        self.cell(WIDTH - SIDE, settings.get("name") or "")
        self.style(20, "B")
        self.cell(SIDE, self.sheet.title, "R")
        pdf.ln(12)
        top = pdf.get_y()
        self.style(9, grey=GREY)
        contact = (settings.get(key) for key in ("phone", "email", "website", "vat_number", "id_number"))
        for text in (*address(settings), *filter(None, contact)):
            self.cell(WIDTH - SIDE, text)
            pdf.ln(ROW)
        bottom = pdf.get_y()
        pdf.set_y(top)
        dates = (("Number", "number"), ("Date", "date"), (self.sheet.due, "due_date"), ("Order number", "po_number"))
        self.pairs(((label, invoice.get(key) or "", "") for label, key in dates if invoice.get(key)), size=9)
        pdf.set_y(max(bottom, pdf.get_y()) + 6)

    def recipient(self) -> None:
        """Client and contact; a delivery note goes to the shipping address where there is one."""
        pdf, client, contact = self.pdf, self.sheet.client, self.sheet.contact
        lines = [client.get("name") or ""]
        if contact is not None:
            person = f"{contact['first_name']} {contact['last_name']}".strip()
            lines += [person, contact["email"]]
        where = [] if self.sheet.prices else address(client, "shipping_")
        lines += [*(where or address(client)), client.get("vat_number") or ""]
        self.style(9, "B", GREY)
        self.cell(WIDTH, "Bill to" if self.sheet.prices else "Deliver to")
        pdf.ln(ROW)
        self.style(10)
        for text in filter(None, dict.fromkeys(str(line).strip() for line in lines)):
            self.cell(WIDTH, text)
            pdf.ln(ROW)
        pdf.ln(6)

    def headings(self) -> None:
        """First row of the table, again on each further page."""
        self.style(9, "B", GREY)
        for column in self.columns:
            self.cell(column.width, column.heading, column.align, 7)
        self.pdf.ln(7)
        self.rule()
        self.style(9)

    def rule(self) -> None:
        self.pdf.set_draw_color(RULE)
        self.pdf.line(MARGIN, self.pdf.get_y(), MARGIN + WIDTH, self.pdf.get_y())

    def line(self, line: Data) -> None:
        """One row; a long description goes on below, over the page if need be."""
        shown = {"Item": line["product_key"], "Quantity": printed_number(line["quantity"])}
        if self.sheet.prices:
            rates = sum((to_decimal(line[f"tax_rate{n}"]) for n in (1, 2, 3)), ZERO)
            shown["Unit cost"], shown["Total"] = self.money(line["cost"]), self.money(line["line_total"])
            shown["Tax"] = f"{printed_number(rates)}%" if rates else ""
        for text in self.wrapped(line["notes"]):
            if self.pdf.will_page_break(ROW):
                self.pdf.add_page()
                self.headings()
            shown["Description"] = text
            for column in self.columns:
                self.cell(column.width, shown.get(column.heading, ""), column.align)
            self.pdf.ln(ROW)
            shown = {}
        self.pdf.ln(1)
        self.rule()
        self.pdf.ln(1)

    def wrapped(self, text: str) -> list[str]:
        """The description in lines that fit its column; one empty line when there is none."""
        width = next(column.width for column in self.columns if column.heading == "Description")
        lines = self.pdf.multi_cell(width - 2, ROW, printable(text), dry_run=True, output="LINES")
        return cast("list[str]", lines) or [""]

    def money(self, value: object) -> str:
        return printed_money(value, self.currency)

    def totals(self) -> None:
        rows = sums(self.sheet)
        self.pdf.ln(3)
        if self.pdf.will_page_break(len(rows) * (ROW + 1)):
            self.pdf.add_page()
        strong = ("Total", "Balance due")
        self.pairs((label, self.money(value), "B" if label in strong else "") for label, value in rows)

    def pairs(self, rows: Iterable[tuple[str, object, str]], size: int = 10) -> None:
        """Label, value and weight of rows in the right-hand block."""
        for label, value, weight in rows:
            self.pdf.set_x(MARGIN + WIDTH - SIDE)
            self.style(size, weight, GREY if size < 10 else BLACK)
            self.cell(SIDE / 2, label)
            self.style(size, weight)
            self.cell(SIDE / 2, value, "R")
            self.pdf.ln(ROW + (size >= 10))

    def notes(self) -> None:
        """Notes, terms and footer over the whole width."""
        for heading, key in (("Notes", "public_notes"), ("Terms", "terms"), ("", "footer")):
            text = printable(self.sheet.invoice.get(key) or "").strip()
            if text and (self.sheet.prices or key == "public_notes"):
                self.pdf.ln(5)
                self.style(9, "B", GREY)
                if heading:
                    self.cell(WIDTH, heading)
                    self.pdf.ln(ROW)
                self.style(9)
                self.pdf.multi_cell(WIDTH, ROW, text, align="L", new_x="LMARGIN", new_y="NEXT")
