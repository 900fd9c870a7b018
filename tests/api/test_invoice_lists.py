"""Filters and orders that only the list of invoices has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.books import found
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"client_status": "draft"}, "draft amy"),
        ({"client_status": "paid"}, "paid"),
        ({"client_status": "cancelled"}, "void"),
        ({"client_status": "unpaid"}, "open today late soon"),
        ({"client_status": "draft,paid"}, "draft paid amy"),
        ({"client_status": "all,paid"}, "draft open today late soon void paid amy"),
        ({"client_status": "nope"}, "draft open today late soon void paid amy"),
        ({"client_status": "2"}, "draft open today late soon void paid amy"),
        ({"status_id": "2"}, "open today soon"),
        ({"status_id": "3,4"}, "late paid"),
        ({"status_id": ""}, "draft open today late soon void paid amy"),
        ({"upcoming": "true"}, "open today soon"),
        ({"upcoming": ""}, "open today soon"),
        ({"overdue": "true"}, "late today"),
        ({"overdue": ""}, "late today"),
        ({"number": "late"}, "late"),
        ({"number": "lat"}, ""),
        ({"date": "2026-01-04"}, "draft late soon void paid amy"),
        ({"date": "1767484800"}, "draft late soon void paid amy"),
        ({"date": "rubbish"}, "draft open today late soon void paid amy"),
        ({"due_date": "2026-01-15"}, "today soon"),
        ({"private_notes": "bob"}, "draft"),
        ({"filter": "soon"}, "soon"),
        ({"filter": "po-7"}, "draft"),
        ({"filter": "2026-01-04"}, "late"),
        ({"filter": "5.25"}, "amy"),
        ({"filter": "north"}, "open"),
        ({"filter": "blue"}, "amy"),
        ({"filter": "PAINT"}, "amy"),
        ({"filter": "amy"}, "amy"),
        ({"filter": "moreau"}, "draft open today late soon void paid"),
        ({"filter": "north soon"}, ""),
    ],
)
def test_filters_of_invoices(books: Shop, params: dict[str, str], names: str) -> None:
    """R-WIRE-20, R-WIRE-25; the filter `overdue` counts today since 5.12 and sorts by due date."""
    assert found(books, **params) == names


def test_an_overdue_word_needs_a_day_that_has_passed(books: Shop) -> None:
    """R-WIRE-25."""
    assert "late" in found(books, client_status="overdue").split()
    assert {"soon", "open", "paid", "draft"}.isdisjoint(found(books, client_status="overdue").split())


def test_payable_invoices_of_a_client(books: Shop) -> None:
    """R-WIRE-25; drafts owe nothing yet, so they are not among them."""
    zoe, amy = books.ids("clients")
    assert found(books, payable=zoe) == "open today late soon"
    assert found(books, payable=amy) == ""
    record(books.delete(f"invoices/{books.ids('invoices', number='open')[0]}"))
    assert found(books, payable=zoe) == "today late soon"
