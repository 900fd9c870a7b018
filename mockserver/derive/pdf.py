"""Papers as PDF: the same bytes for the same input, text left uncompressed so that it can be searched for.

Text of Western Europe is set in fonts that every reader has; anything else in embedded ones.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mockserver.derive.fonts import Typeface
from mockserver.derive.paper import Table, texts
from mockserver.derive.pdf_page import BLACK, GREY, MARGIN, Page, shade
from mockserver.derive.pdf_pictures import write_logo, write_picture
from mockserver.derive.pdf_table import write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.derive.paper import Paper
    from mockserver.derive.pdf_page import Key

SIDE = 0.44
"""Share of the width of the blocks at the right: dates, sums."""


def merged_pdf(papers: Sequence[Paper], *, now: int) -> bytes:
    """All papers in one file, each from a new page on and with page numbers of its own."""
    lines: dict[Key, list[str]] = {}
    with closing(_Print(papers, now, (), lines)) as first:
        counts = first.write()
        if not any(count > 1 or paper.look.numbers for count, paper in zip(counts, papers, strict=True)):
            return first.output()
    with closing(_Print(papers, now, counts, lines)) as again:  # only at the end it is known how many pages there are
        again.write()
        return again.output()


class _Print:
    """One file in the making; `counts` are the pages of each paper, once they are known."""

    def __init__(self, papers: Sequence[Paper], now: int, counts: Sequence[int], lines: dict[Key, list[str]]) -> None:
        self.papers = papers
        self.counts = counts
        self.page = Page(lines)
        self.page.set_compression(False)
        self.page.set_producer("mockserver")
        self.made = datetime.fromtimestamp(now, UTC)
        self.page.set_creation_date(self.made)
        self.page.face = Typeface(self.page, texts(tuple(papers)))
        self.page.set_title(", ".join(self.page.face.text(paper.name) for paper in papers[:1]))

    def write(self) -> list[int]:
        """Pages of each paper."""
        found = []
        for place, paper in enumerate(self.papers):
            before = self.page.page_no()
            self.page.begin(paper, before, self.counts[place] if self.counts else 0)
            for name, content in paper.files:
                self.page.embed_file(
                    basename=f"{place + 1}-{name}",
                    bytes=content,
                    mime_type="application/xml",
                    modification_date=self.made,
                )
            _write(self.page, paper)
            found.append(self.page.page_no() - before)
        return found

    def output(self) -> bytes:
        return bytes(self.page.output())

    def close(self) -> None:
        self.page.face.close()


def _write(page: Page, paper: Paper) -> None:
    _head(page, paper)
    _parties(page, paper)
    for part in paper.body:
        if isinstance(part, Table):
            write_table(page, part)
        else:
            page.style(2 if part.large else 0, bold=part.strong or part.large)
            page.paragraph(part.text)
            page.ln(page.row / 3)
    _sums(page, paper)
    for heading, text in paper.notes:
        _note(page, heading, text)
    if paper.footer and not paper.look.footer_everywhere:
        page.ln(page.row)
        page.style(-1, grey=GREY)
        page.paragraph(paper.footer)
    for picture in paper.pictures:
        write_picture(page, picture)


def _head(page: Page, paper: Paper) -> None:
    """Logo and company at the left, title and dates at the right."""
    if not (paper.title or paper.sender or paper.logo):
        return
    light = paper.look.band
    if light:
        page.set_fill_color(*shade(paper.look.accent))
        page.rect(0, 0, page.w, MARGIN + 16, style="F")
    left = page.epw * (1 - SIDE)
    top = page.get_y()
    title_colour = (255, 255, 255) if light else shade(paper.look.accent)
    page.set_xy(MARGIN + left, top)
    page.style(11, bold=True, colour=title_colour)
    page.line_of(page.epw - left, paper.title, "R", 10)
    page.set_xy(MARGIN, top)
    if light:
        page.style(6, bold=True, colour=title_colour)
        page.line_of(left, paper.sender, "L", 10)
        page.set_y(MARGIN + 20)
    else:
        page.set_y(top + 13)
    body = page.get_y()
    if not light:
        page.set_y(top)
    bottom = write_logo(page, paper)
    page.set_y(bottom)
    if not light:
        page.style(4, bold=True)
        page.fitting(left - 4, paper.sender)
        page.ln(1.5)
    page.style(-0.5, grey=GREY)
    for text in paper.sender_lines:
        page.fitting(left - 4, text)
    bottom = page.get_y()
    page.set_y(body)
    _pairs(page, paper.facts)
    page.set_y(max(bottom, page.get_y()) + page.row)


def _parties(page: Page, paper: Paper) -> None:
    """Addresses side by side."""
    parties = [party for party in paper.parties if any(party.lines)]
    if not parties:
        return
    width = page.epw / max(2, len(parties))
    top = page.get_y()
    bottom = top
    for place, party in enumerate(parties):
        page.set_y(top)
        page.style(-0.5, bold=True, colour=shade(paper.look.accent))
        page.fitting(width - 4, party.heading, place * width)
        for number, text in enumerate(dict.fromkeys(line.strip() for line in party.lines if line.strip())):
            page.style(0.5, bold=not number)
            page.fitting(width - 4, text, place * width)
        bottom = max(bottom, page.get_y())
    page.set_y(bottom + page.row)


def _pairs(page: Page, rows: Sequence[tuple[str, str]]) -> None:
    """Label and value of rows in the right-hand block."""
    width = page.epw * SIDE
    for label, value in rows:
        page.style(-0.5, grey=GREY)
        y = page.get_y()
        taken = min(width * 0.6, page.get_string_width(page.face.text(label)) + 3)
        page.set_xy(MARGIN + page.epw - width, y)
        page.line_of(taken, label)
        page.style(0, grey=BLACK)
        page.line_of(width - taken, value, "R")
        page.set_y(y + page.row)


def _sums(page: Page, paper: Paper) -> None:
    """The rows below the tables, kept together on one page."""
    if not paper.sums:
        return
    page.ln(1)
    high = page.row * 1.3
    if page.will_page_break(len(paper.sums) * high + 2):
        page.add_page()
    width = page.epw * SIDE
    left = MARGIN + page.epw - width
    for each in paper.sums:
        y = page.get_y()
        if each.strong:
            page.set_draw_color(*shade(paper.look.accent))
            page.line(left, y, left + width, y)
        page.set_xy(left, y)
        page.style(0.5 if each.strong else 0, bold=each.strong)
        page.line_of(width * 0.56, each.label, "L", high)
        page.line_of(width * 0.44, each.value, "R", high)
        page.set_y(y + high)
    if paper.stamp:
        _stamp(page, paper)


def _stamp(page: Page, paper: Paper) -> None:
    """A word across the space at the left of the sums."""
    x, y = MARGIN + 20, page.get_y() - page.row
    page.style(20, bold=True, colour=shade(paper.look.accent))
    with page.rotation(12, x, y):
        page.set_xy(x, y - 12)
        page.line_of(page.epw * 0.4, paper.stamp.upper(), "L", 12)
    page.set_xy(MARGIN, y + page.row)


def _note(page: Page, heading: str, text: str) -> None:
    """A text under its heading."""
    page.ln(page.row)
    if heading:
        if page.will_page_break(3 * page.row):
            page.add_page()
        page.style(-0.5, bold=True, grey=GREY)
        page.paragraph(heading)
    page.style(-0.5)
    page.paragraph(text)
