"""Tables on paper: number columns as wide as they need, texts wrapped, headings again on each further page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver.derive.pdf_page import BLACK, GREY, LINE, MARGIN, shade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.derive.paper import Column, Table
    from mockserver.derive.pdf_page import Page

    Cells = tuple[str, ...]

GAP = 4
"""Millimetres between the texts of neighbours."""
LONG = 120
"""Letters of a line that are measured: no column is wider."""
WIDEST = 0.24
"""Share of the table that a number column takes at most."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table whose columns have widths in millimetres."""

    table: Table
    widths: tuple[float, ...]


def write_table(page: Page, table: Table) -> None:
    """The whole table, and a little space below it; nothing for one without columns."""
    if not table.columns:
        return
    rows = [tuple(map(page.face.text, row)) for row in table.rows]
    total = tuple(map(page.face.text, table.total))
    grid = _Grid(table, _widths(page, table.columns, [*rows, total] if total else rows))
    if page.will_page_break(4 * page.row):
        page.add_page()
    if table.title:
        page.style(1, bold=True, colour=shade(page.paper.look.accent))
        page.paragraph(table.title)
        page.ln(1)
    _headings(page, grid)
    for row in rows:
        _row(page, grid, row)
    if total:
        _row(page, grid, total, bold=True)
    page.ln(page.row)


def _widths(page: Page, columns: Sequence[Column], rows: Sequence[Cells]) -> tuple[float, ...]:
    """Millimetres of each column: what it needs, where that is less than its part; the others share the rest."""
    needs = [_need(page, column, [row[place] for row in rows]) for place, column in enumerate(columns)]
    fixed = {
        place: min(page.epw * WIDEST, need)
        for place, (column, need) in enumerate(zip(columns, needs, strict=True))
        if column.align == "R"
    }
    if len(fixed) == len(columns):  # numbers alone: they divide the whole width
        return (page.epw / len(columns),) * len(columns)
    rest = page.epw - sum(fixed.values())
    free = {place: column.share for place, column in enumerate(columns) if place not in fixed}
    for place in sorted(free, key=lambda place: needs[place]):
        fixed[place] = min(needs[place], rest * free[place] / sum(free.values()))
        rest -= fixed[place]
        del free[place]
    widest = [place for place, column in enumerate(columns) if column.align == "L" and column.share == most(columns)]
    return tuple(fixed[place] + (rest / len(widest) if place in widest else 0) for place in range(len(columns)))


def most(columns: Sequence[Column]) -> float:
    """The largest share of a text column: what nobody needs goes to those that have it."""
    return max(column.share for column in columns if column.align == "L")


def _need(page: Page, column: Column, cells: Sequence[str]) -> float:
    """Width of the heading or of the longest line below it, whichever is more."""
    page.style(0, bold=True)
    heading = page.get_string_width(page.face.text(column.heading))
    page.style(0)
    lines = sorted({line[:LONG] for cell in cells for line in cell.split("\n")}, key=len)[-5:]
    return max(heading, max(map(page.get_string_width, [*lines, ""])) * 1.05) + GAP


def _headings(page: Page, grid: _Grid) -> None:
    """First row of the table, again on each further page."""
    table, look = grid.table, page.paper.look
    if not table.headed:
        return
    high = page.row * 1.4
    accent = shade(look.accent)
    top = page.get_y()
    if look.filled:
        page.set_fill_color(*accent)
        page.rect(MARGIN, top, page.epw, high, style="F")
        page.style(0, bold=True, colour=(255, 255, 255))
    else:
        page.style(0, bold=True, grey=GREY)
    for column, width in zip(table.columns, grid.widths, strict=True):
        page.line_of(width, column.heading, column.align, high)
    page.ln(high)
    page.set_draw_color(*accent)
    page.line(MARGIN, page.get_y(), MARGIN + page.epw, page.get_y())
    page.ln(1)


def _row(page: Page, grid: _Grid, row: Cells, *, bold: bool = False) -> None:
    """One row, over the page if need be."""
    page.style(0, bold=bold, grey=BLACK)
    cells = [page.wrapped(text, width) for text, width in zip(row, grid.widths, strict=True)]
    for line in range(max(map(len, cells))):
        if page.will_page_break(page.row):
            page.add_page()
            _headings(page, grid)
            page.style(0, bold=bold, grey=BLACK)
        for column, width, lines in zip(grid.table.columns, grid.widths, cells, strict=True):
            page.put(width, lines[line] if line < len(lines) else "", column.align)
        page.ln(page.row)
    page.ln(0.8)
    page.set_draw_color(LINE)
    page.line(MARGIN, page.get_y(), MARGIN + page.epw, page.get_y())
    page.ln(0.8)
