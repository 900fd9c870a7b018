"""Filters by ranges of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import total

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"date_range": "2026-01-02,2026-01-03"}, 2),
        ({"date_range": "2026-01-03,2026-01-03"}, 1),
        ({"date_range": "2053-10-01,2053-10-03"}, 0),
        ({"due_date_range": "2026-02-01,2026-02-28"}, 1),
        pytest.param({"date_range": "date"}, 3, id="X-103 a word"),
        pytest.param({"date_range": "x"}, 3, id="X-103 a letter"),
        pytest.param({"date_range": "date,2023223123,312312321"}, 3, id="X-103 three parts"),
        ({"date_range": "soon,later"}, 3),
        ({"date_range": ""}, 3),
    ],
)
def test_ranges_of_dates_include_both_ends(shop: Shop, params: dict[str, str], found: int) -> None:
    """R-WIRE-25, R-WIRE-26: what is no range is ignored."""
    client = shop.client()
    for day in (2, 3, 9):
        shop.invoice(client, date=f"2026-01-0{day}", **({"due_date": "2026-02-09"} if day == 9 else {}))
    assert total(shop.get("invoices", **params)) == found
