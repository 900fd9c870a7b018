"""Designs of a company's own: HTML whose places are filled, and HTML as paragraphs and tables for paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mockserver.derive.html_page import lines_html, rows_html, sums_html
from mockserver.derive.paper import Column, Table, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.derive.paper import Paper

    Attributes = list[tuple[str, str | None]]

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
    ]
)
SILENT = frozenset(("head", "noscript", "script", "style", "template", "title"))
STRONG = frozenset(("b", "strong", "th"))
LARGE = frozenset(("h1", "h2", "h3"))
MOST_COLUMNS = 12
WITH_ID = re.compile(r"""<([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?\sid\s*=\s*["']?([\w-]+)[^<>]*(?<!/)>""")
"""The start tag of an element that has an id."""
NUMBER_LETTERS = frozenset("0123456789.,-+%() \u00a0")


def slots(paper: Paper) -> dict[str, str]:
    """What stands inside the elements of a design, by their ids."""
    parties = [lines_html(party.lines) for party in paper.parties] + ["", ""]
    tables = [rows_html(part) for part in paper.body if isinstance(part, Table)] + ["", ""]
    facts = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in paper.facts)
    return {
        "company-details": lines_html((paper.sender, *paper.sender_lines)),
        "company-address": lines_html(paper.sender_lines),
        "client-details": parties[0],
        "vendor-details": parties[0],
        "shipping-details": parties[1],
        "entity-details": facts,
        "product-table": tables[0],
        "delivery-note-table": tables[0],
        "task-table": tables[1],
        "table-totals": sums_html(paper.sums),
        "statement-invoice-table": tables[0],
        "statement-payment-table": tables[1],
    }


def filled_slots(text: str, inside: Mapping[str, str]) -> str:
    """A design with tables and addresses in the elements whose ids ask for them."""

    def filled(found: re.Match[str]) -> str:
        content, is_table = inside.get(found[2], ""), found[1].lower() == "table"
        if content and content.startswith("<t") != is_table:
            content = f"<tr><td>{content}</td></tr>" if is_table else f"<table>{content}</table>"
        return found[0] + content

    return WITH_ID.sub(filled, text)


def span_of(attrs: Attributes) -> int:
    """How many columns a cell goes over."""
    span = dict(attrs).get("colspan") or ""
    return min(int(span), MOST_COLUMNS) or 1 if span.isdecimal() and len(span) < 4 else 1


class _Reader(HTMLParser):
    """Collects the paragraphs and tables of HTML, whatever its shape."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Table | Text] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.headed = self.plain = False
        self.cell = 0
        self.silent = self.strong = self.large = self.tables = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.silent += tag in SILENT
        if tag in ("table", "tr", "td", "th") or tag in BLOCKS:
            self.pause()
        if tag == "table":
            self.tables += 1
        elif tag == "tr" and self.tables:
            self.rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.headed = self.headed or (tag == "th" and len(self.rows) < 2)
            if not self.rows:
                self.rows.append([])
            self.cell = len(self.rows[-1])
            self.rows[-1] += [""] * span_of(attrs)
        self.strong += tag in STRONG
        self.large += tag in LARGE

    def handle_endtag(self, tag: str) -> None:
        if tag in ("table", "tr", "td", "th") or tag in BLOCKS:
            self.pause()
        if tag == "table" and self.tables:
            self.tables -= 1
            if not self.tables:
                self.end_table()
        self.silent -= bool(self.silent) and tag in SILENT
        self.strong -= bool(self.strong) and tag in STRONG
        self.large -= bool(self.large) and tag in LARGE

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)
            self.plain = self.plain or bool(data.strip() and not self.strong)

    def pause(self) -> None:
        """The end of a paragraph, or of a line in a cell."""
        text = " ".join("".join(self.words).split())
        strong, self.plain = not self.plain, False
        self.words = []
        if not text:
            return
        if self.tables and self.rows and self.rows[-1]:
            cell = self.rows[-1][self.cell]
            self.rows[-1][self.cell] = f"{cell}\n{text}" if cell else text
        else:
            self.parts.append(Text(text, strong=strong, large=bool(self.large)))

    def end_table(self) -> None:
        rows = [row[:MOST_COLUMNS] for row in self.rows if any(row)]
        self.rows = []
        if rows:
            self.parts.append(as_table(rows, headed=self.headed))
        self.headed = False


def as_table(rows: list[list[str]], *, headed: bool) -> Table:
    """Rows of any length as a table; columns of numbers stand at the right."""
    wide = max(map(len, rows))
    even = [tuple(row + [""] * (wide - len(row))) for row in rows]
    heads, rest = (even[0], even[1:]) if headed else (("",) * wide, even)
    sides = [all(looks_like_number(row[n]) for row in rest) and bool(rest) for n in range(wide)]
    columns = tuple(Column(head, 1, "R" if right else "L") for head, right in zip(heads, sides, strict=True))
    return Table(columns, tuple(rest), headed=headed)


def looks_like_number(text: str) -> bool:
    """Whether a cell holds an amount: digits, with at most three letters for a currency."""
    return any(letter.isdigit() for letter in text) and sum(letter not in NUMBER_LETTERS for letter in text) <= 3


def html_parts(text: str) -> tuple[Table | Text, ...]:
    """HTML in reading order, without what only a browser shows."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.pause()
    if reader.rows:
        reader.end_table()
    return tuple(reader.parts)
