"""Reports as PDF: A4 across, a page for each part, tables below each other; the same bytes for the same input."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARGIN, ROW = 10, 6
"""Millimetres: page margin, height of a line of text."""
LINES, LETTERS = 12, 1000
"""How much of a text a table shows: a row must fit on a page, however narrow its column."""
DARK, WHITE = (52, 73, 94), (255, 255, 255)


class Grid(NamedTuple):
    """A table: a title above it, headings, rows, and how wide the columns are among each other."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


class Page(NamedTuple):
    """What begins on a page of its own."""

    title: str
    lines: Sequence[str]
    grids: Sequence[Grid]


def report_pdf(pages: Sequence[Page], *, title: str, now: int) -> bytes:
    """The file. Without pages it says that there is nothing to report."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    from mockserver.derive.fonts import Typeface  # loads the PDF library

    pages = pages or [Page(title, ["There is nothing to report."], [])]

    pdf = FPDF(orientation="landscape", format="A4")
    pdf.str_alias_nb_pages = ""  # no text of a record stands for the number of pages
    pdf.set_compression(False)
    pdf.set_producer("mockserver")
    pdf.set_creation_date(datetime.fromtimestamp(now, UTC))
    face = Typeface(pdf, (title, *texts(pages)))
    pdf.set_title(face.text(title))
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    headings = FontFace(emphasis="BOLD", color=WHITE, fill_color=DARK)
    for page in pages:
        pdf.add_page()
        pdf.set_font(face.family, "B", 18)
        pdf.multi_cell(0, ROW * 1.5, face.text(page.title), new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.set_font(face.family, "", 10)
        for line in page.lines:
            pdf.multi_cell(0, ROW, face.text(line), new_x="LMARGIN", new_y="NEXT", align="L")
        for grid in page.grids:
            pdf.ln(ROW / 2)
            pdf.set_font(face.family, "B", 12)
            pdf.cell(0, ROW, face.text(grid.title), new_x="LMARGIN", new_y="NEXT", align="C")
            pdf.set_font(face.family, "", 10)
            with pdf.table(col_widths=tuple(grid.widths), headings_style=headings, text_align="LEFT") as table:
                for row in (grid.headings, *grid.rows):
                    table.row([short(face.text(each)) for each in row])
    with closing(face):
        return bytes(pdf.output())


def texts(pages: Sequence[Page]) -> Iterator[str]:
    """All that is written."""
    for page in pages:
        yield page.title
        yield from page.lines
        for grid in page.grids:
            yield grid.title
            for row in (grid.headings, *grid.rows):
                yield from row


def short(shown: str) -> str:
    """The first lines of a text, with dots where it is cut."""
    kept = "\n".join(shown.split("\n")[:LINES])[:LETTERS]
    return kept if kept == shown else f"{kept} ..."
