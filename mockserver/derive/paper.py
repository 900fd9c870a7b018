"""A printed document as parts in reading order, before it becomes a PDF or a page of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Look(NamedTuple):
    """How the settings and the design want it: colours as `#rrggbb`, text size in points, paper and page numbers."""

    accent: str = "#298AAB"
    second: str = "#7081E0"
    size: float = 9.5
    page: str = "A4"
    landscape: bool = False
    numbers: bool = False
    """Page numbers on a single page too; longer documents have them anyway."""
    numbers_at: str = "C"
    footer_everywhere: bool = False
    logo_width: str = ""
    """`65%` of half the text width, `240px`, or nothing."""
    band: bool = False
    """A coloured band behind name and title."""
    filled: bool = False
    """Headings of tables light on dark."""


class Column(NamedTuple):
    """A column of a table: heading, share of the width that text columns divide, L or R.

    Columns aligned to the right are as wide as what stands in them.
    """

    heading: str
    share: float = 1
    align: str = "R"


class Table(NamedTuple):
    """Rows of texts under headings; `total` is a last row in bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    total: tuple[str, ...] = ()
    headed: bool = True


class Text(NamedTuple):
    """A paragraph, `strong` in bold and `large` as a heading."""

    text: str
    strong: bool = False
    large: bool = False


class Party(NamedTuple):
    """A heading and the lines of an address."""

    heading: str
    lines: tuple[str, ...]


class Sum(NamedTuple):
    """A row below the tables."""

    label: str
    value: str
    strong: bool = False


class Paper(NamedTuple):
    """One document. What is empty is left out; a free design has a body and nothing else."""

    title: str = ""
    sender: str = ""
    sender_lines: tuple[str, ...] = ()
    logo: bytes = b""
    parties: tuple[Party, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    body: tuple[Table | Text, ...] = ()
    sums: tuple[Sum, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    stamp: str = ""
    pictures: tuple[bytes, ...] = ()
    """Printed after everything else, each on a page of its own."""
    files: tuple[tuple[str, bytes], ...] = ()
    """Name and content of what is put into the PDF unseen."""
    name: str = ""
    """Title of the file."""
    page_of: str = "Page :page of :total"
    look: Look = Look()


def texts(part: object) -> Iterator[str]:
    """Every text of a paper, or of a part of it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple) and not isinstance(part, Look):
        for each in part:
            yield from texts(each)
