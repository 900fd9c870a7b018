"""The sheet of paper that PDFs are written on: styles, lines of text that fit, page numbers, a repeated footer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from fpdf import FPDF

from mockserver.derive.fonts import CORE, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from mockserver.derive.fonts import Typeface
    from mockserver.derive.paper import Paper

    Key = tuple[str, float, float, str]

MARGIN, FOOT = 15, 18
"""Millimetres around the text, and below it."""
GREY, BLACK, LINE = 105, 25, 215
POINT = 25.4 / 72
SIZES = {"a3": "A3", "a4": "A4", "a5": "A5", "letter": "Letter", "legal": "Legal"}
MOST_REPEATED = 4
"""Lines of a footer that stands on every page."""
LONGEST = 20_000
"""Letters of one paragraph; what is longer is cut, so that no text makes a thousand pages."""
COLOUR = re.compile("#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


def shade(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`; black for anything else."""
    found = COLOUR.fullmatch(colour.strip())
    return cast("tuple[int, int, int]", tuple(int(part, 16) for part in found.groups())) if found else (0, 0, 0)


class Page(FPDF):
    """A file in the making, and the paper that is written on it just now."""

    face: Typeface
    paper: Paper

    def __init__(self, lines: dict[Key, list[str]]) -> None:
        """`lines` remembers how texts were broken, for a second writing of the same papers."""
        super().__init__(format="A4")
        self.lines = lines
        self.set_margin(MARGIN)
        self.str_alias_nb_pages = ""  # no text stands for the number of pages
        self.before = 0
        self.total = 0
        self.size = 9.5

    @property
    def row(self) -> float:
        """Height of a line of text."""
        return self.size * POINT * 1.45

    def begin(self, paper: Paper, before: int, total: int) -> None:
        """Start a paper on a page of its own, after `before` pages; `total` is 0 while its length is not known."""
        look = paper.look
        direction, size = "landscape" if look.landscape else "portrait", SIZES.get(look.page.lower(), "A4")
        self.add_page(orientation=direction, format=size)  # ends the last page of the paper before
        self.paper, self.before, self.total = paper, before, total
        self.size = look.size
        self.set_auto_page_break(auto=True, margin=FOOT + self.repeated_height())

    def style(
        self, more: float = 0, *, bold: bool = False, grey: int = BLACK, colour: tuple[int, int, int] | None = None
    ) -> None:
        """Set the font, `more` points larger than the text."""
        self.set_font(self.face.family, "B" if bold else "", max(4, self.size + more))
        if colour is None:
            self.set_text_color(grey)
        else:
            self.set_text_color(*colour)

    def line_of(self, width: float, text: object, align: str = "L", height: float = 0) -> None:
        """One line of text, cut where the cell ends."""
        shown = self.face.text(text).replace("\n", " ")[:300]
        if self.get_string_width(shown) > width - 2:
            fitting = len(shown)
            while fitting and self.get_string_width(shown[:fitting]) > width - 2:
                fitting = fitting * 9 // 10
            while fitting < len(shown) and self.get_string_width(shown[: fitting + 1]) <= width - 2:
                fitting += 1
            shown = shown[:fitting]
        self.put(width, shown, align, height)

    def put(self, width: float, shown: str, align: str = "L", height: float = 0) -> None:
        """One line of text, as `face` gives it, that is known to fit."""
        self.cell(width, height or self.row, shown, align=align)
        # a line that changes fonts may leave another one behind than the library believes
        self.current_font_is_set_on_page = self.current_font_is_set_on_page and self.face.family == CORE

    def fitting(self, width: float, text: object, indent: float = 0) -> None:
        """A text over as many lines as it needs, three at most, and the line below it."""
        for line in self.wrapped(self.face.text(text), width)[:3]:
            self.set_x(MARGIN + indent)
            self.put(width, line)
            self.ln(self.row)

    def wrapped(self, shown: str, width: float) -> list[str]:
        """A text, as `face` gives it, in lines that fit; one empty line when there is none."""
        if "\n" not in shown and (len(shown) < 4 or self.get_string_width(shown) <= width - 2):
            return [shown]
        key = (shown, round(width, 3), self.font_size_pt, self.font_style)
        if key not in self.lines:
            lines = self.multi_cell(width, self.row, shown[:LONGEST], dry_run=True, output="LINES", align="L")
            self.lines[key] = cast("list[str]", lines) or [""]
        return self.lines[key]

    def paragraph(self, text: object) -> None:
        """Text over the whole width, from page to page."""
        for part in self.face.text(text).strip().split("\n"):
            align = "R" if RIGHT_TO_LEFT.match(part) else "L"
            for line in self.wrapped(part, self.epw):
                self.put(self.epw, line, align)
                self.ln(self.row)

    def repeated(self) -> list[str]:
        """The footer in lines, when it stands on every page."""
        if not (self.paper.footer and self.paper.look.footer_everywhere):
            return []
        lines = [line.strip() for line in self.face.text(self.paper.footer).split("\n")]
        return [line for line in lines if line][:MOST_REPEATED]

    def repeated_height(self) -> float:
        return len(self.repeated()) * self.row

    def footer(self) -> None:
        """Called at the end of every page: repeated footer and page number."""
        self.set_y(-FOOT + 3 - self.repeated_height())
        self.style(-1, grey=GREY)
        for line in self.repeated():
            self.line_of(self.epw, line, "C")
            self.ln(self.row)
        if self.total > 1 or (self.total and self.paper.look.numbers):
            number = {":page": str(self.page_no() - self.before), ":total": str(self.total)}
            shown = re.sub(":page|:total", lambda found: number[found[0]], self.paper.page_of)
            self.set_y(-FOOT + 8)
            self.line_of(self.epw, shown, self.paper.look.numbers_at)
