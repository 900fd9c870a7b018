"""How a report is begun and collected."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop

Lines = list[list[str]]


def begun(shop: Shop, name: str, query: str = "", **body: Any) -> str:
    """The text that a report is collected by."""
    answer = shop.post(f"reports/{name}{query}", {"send_email": False, **body})
    assert answer.status_code == 200, answer
    hashed: str = answer.json()["message"]
    return hashed


def collected(shop: Shop, name: str, **body: Any) -> Response:
    """The file of a report."""
    answer = shop.post(f"exports/preview/{begun(shop, name, **body)}")
    assert answer.status_code == 200, answer
    return answer


def lines(shop: Shop, name: str, **body: Any) -> Lines:
    """The lines of a CSV file, empty ones left out."""
    return [line for line in csv.reader(StringIO(collected(shop, name, **body).text)) if line]


def table(shop: Shop, name: str, *columns: str, **body: Any) -> Lines:
    """The lines of the file without the headings."""
    return lines(shop, name, report_keys=list(columns), **body)[1:]


def preview(shop: Shop, name: str, **body: Any) -> tuple[list[str], Lines]:
    """Headings and what people read of the rows."""
    found = shop.post(f"reports/preview/{begun(shop, name, '?output=json', **body)}").json()
    headings = [each["display_value"] for each in found.pop("columns")]
    return headings, [[cell["display_value"] for cell in row] for row in found.values()]
