"""Odd sizes and numbers of pages stand for something sensible, and the answer tells for what (R-WIRE-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = pytest.mark.nouns("create", "list", "show", "update")
MOST = 5000
SIZES: dict[str, int | None] = {
    "": None,
    "per_page=2": 2,
    "per_page=-2": 2,
    "per_page=0": None,
    "per_page=many": None,
    "per_page=9999999": MOST,
}
"""Query -> size that it stands for; None where the service has a size of its own."""
PAGES = {"page=0": 1, "page=-1": 1, "page=first": 1, "page=2": 2, "page=99999": 99999}


def test_odd_pages_are_read_as_something_sensible(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        if target.writable:
            for _ in range(3):
                stage.make()
        total = len(stage.rows())
        name = stage.operation("list").id
        for text, size in SIZES.items():
            shown = stage.call("list", query=dict([text.split("=")]) if text else None).json()
            told, count = shown["meta"]["pagination"], len(shown["data"])
            if size is not None and told["per_page"] != size:
                raise Broken(f"{text}: told as per_page {told['per_page']}, wanted {size}", operation=name)
            if not 1 <= told["per_page"] <= MOST:
                raise Broken(f"{text or 'no per_page'}: told as per_page {told['per_page']}", operation=name)
            if (told["total"], told["count"], count) != (total, count, min(total, told["per_page"])):
                what = f"{count} rows came, told as {told['count']} of {told['total']} at {told['per_page']} a page"
                raise Broken(f"{text or 'no per_page'}: {what}; there are {total}", operation=name)
        for text, number in PAGES.items():
            page = text.partition("=")[2]
            shown = stage.call("list", query={"per_page": 2, "page": page}).json()
            told = shown["meta"]["pagination"]["current_page"]
            count = max(0, min(2, total - 2 * (number - 1)))
            if told != number or len(shown["data"]) != count:
                raise Broken(
                    f"{text}: page {told} with {len(shown['data'])} rows, wanted page {number} with {count}",
                    operation=name,
                )
