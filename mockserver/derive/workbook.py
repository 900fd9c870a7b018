"""Workbooks of several sheets (XLSX); the same bytes for the same input."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = 30
"""Letters that are left of the name of a sheet."""


class Sheet(NamedTuple):
    """A sheet: rows of texts and numbers, the first of them the headings; number formats by column, from 0."""

    name: str
    rows: Sequence[Sequence[Any]] = ()
    formats: Mapping[int, str] = {}


def workbook(sheets: Sequence[Sheet], *, now: int) -> bytes:
    """The file."""
    from xlsxwriter import Workbook

    content = BytesIO()
    # nothing of an invoice is a formula or a link, whatever it begins with
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        book.set_properties({"created": datetime.fromtimestamp(now, UTC).replace(tzinfo=None)})
        strong = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:NAME])
            for column, pattern in sheet.formats.items():
                page.set_column(column, column, 16, book.add_format({"num_format": pattern}))
            for place, row in enumerate(sheet.rows):
                page.write_row(place, 0, row, None if place else strong)
    return content.getvalue()
