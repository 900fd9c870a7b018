"""Pages of a list: what the query asks for, and what the answer says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PER_PAGE = 5000
ODD_PER_PAGE = 15


def integer(text: str) -> int:
    """The leading integer of a text as PHP casts it: 12abc -> 12, abc -> 0."""
    digits = ""
    for position, letter in enumerate(text.strip()[:18]):
        if not ("0" <= letter <= "9" or (position == 0 and letter in "+-")):
            break
        digits += letter
    return int(digits) if digits.strip("+-") else 0


def page_of(query: Mapping[str, str]) -> tuple[int, int]:
    """Page number and rows a page (R-WIRE-8, R-WIRE-9)."""
    per_page = 20
    if "per_page" in query:
        per_page = min(abs(integer(query["per_page"])), MAX_PER_PAGE) or ODD_PER_PAGE
    text = query.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 1
    return max(page, 1), per_page


def pagination(total: int, count: int, page: int, per_page: int, url: str) -> dict[str, Any]:
    """`meta.pagination` (R-WIRE-4): links carry the page only."""
    pages = max(-(-total // per_page), 1)
    links = {}
    if page > 1:
        links["previous"] = f"{url}?page={page - 1}"
    if page < pages:
        links["next"] = f"{url}?page={page + 1}"
    return {
        "total": total,
        "count": count,
        "per_page": per_page,
        "current_page": page,
        "total_pages": pages,
        "links": links,
    }
