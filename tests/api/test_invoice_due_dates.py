"""Dates on which a part of an invoice and its rest are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(
    ("dates", "fields"),
    [
        ({"partial_due_date": "2026-02-01", "due_date": "2026-01-20"}, {"partial_due_date", "due_date"}),
        ({"partial_due_date": "2026-01-01", "due_date": "2026-02-01"}, {"partial_due_date"}),
        ({"partial_due_date": "2026-01-20", "due_date": "2026-02-01"}, set()),
        ({"partial_due_date": "2026-01-16"}, set()),
    ],
)
def test_the_part_is_due_between_date_and_due_date(shop: Shop, dates: dict[str, str], fields: set[str]) -> None:
    """R-VAL-2: a due date that is missing follows from the payment terms."""
    client = shop.client(settings={"payment_terms": "30"})
    body = {"client_id": client["id"], "line_items": [{"quantity": 1, "cost": 100}], "partial": 5, **dates}
    answer = shop.post("invoices", body)
    if fields:
        assert fields <= set(errors(answer))
    else:
        wanted = {"due_date": "2026-02-14", **dates}
        assert part(wanted, record(answer)) == wanted


@pytest.mark.parametrize(("kind", "blank"), [("quotes", {"date": ""}), ("invoices", {"date": None, "due_date": ""})])
def test_without_a_date_the_terms_of_a_part_count_from_today(shop: Shop, kind: str, blank: dict[str, str]) -> None:
    """R-VAL-2."""
    client = shop.client(settings={"payment_terms": "30", "valid_until": "30"})
    made = record(shop.post(kind, {"client_id": client["id"], "line_items": [{"quantity": 1, "cost": 100}]}))
    cleared = record(shop.put(f"{kind}/{made['id']}", blank))
    assert (cleared["date"], cleared["due_date"]) == ("", "")
    changed = record(shop.put(f"{kind}/{made['id']}", {"partial_due_date": "2026-01-20"}))
    assert changed["due_date"] == "2026-02-14"
