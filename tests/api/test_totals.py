"""Totals of invoices, as published worked examples: body in, numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


GST: JSON = {"tax_name1": "GST", "tax_rate1": 10}


SECOND: JSON = {"tax_name2": "GST", "tax_rate2": 10}


LINE_TAX: JSON = {"tax_name1": "10", "tax_rate1": 10}


DOG_AND_CAT: JSON = {"tax_name1": "dog", "tax_rate1": 10, "tax_name2": "cat", "tax_rate2": 10}


T1: JSON = {"tax_name1": "T1", "tax_rate1": 10}


T2: JSON = {**T1, "tax_name2": "T2", "tax_rate2": 17.5}


PERCENT = {"is_amount_discount": False, "uses_inclusive_taxes": False}


PERCENT_INSIDE = {"is_amount_discount": False, "uses_inclusive_taxes": True}


AMOUNT = {"is_amount_discount": True, "uses_inclusive_taxes": False}


INSIDE = {"is_amount_discount": True, "uses_inclusive_taxes": True}


TENS = [{"quantity": 1, "cost": 10}] * 2


def line(cost: float, quantity: float = 1, **fields: Any) -> JSON:
    return {"quantity": quantity, "cost": cost, **fields}


def lines(**numbers: float) -> JSON:
    return {"line_items": [numbers]}


EXAMPLES: dict[str, tuple[JSON, JSON]] = {
    "X-001": ({**PERCENT, "line_items": [line(100, tax_name1="Km", tax_rate1=22)]}, {"amount": 122, "total_taxes": 22}),
    "X-003": ({**INSIDE, "discount": -10, "line_items": [line(100, -1, **GST)]}, {"amount": -90, "total_taxes": -8.18}),
    "X-005": ({**AMOUNT, "discount": -10, "line_items": [line(100, -1, **GST)]}, {"amount": -99, "total_taxes": -9}),
    "X-007": (
        {**PERCENT_INSIDE, "discount": 10, "line_items": [line(100, discount=10, **GST)]},
        {"amount": 81, "total_taxes": 7.36},
    ),
    "X-009": ({**PERCENT, "discount": -10, "line_items": [line(100, -1, **GST)]}, {"amount": -121, "total_taxes": -11}),
    "X-011": (
        {**INSIDE, "custom_surcharge1": 100, "custom_surcharge_tax1": True, "line_items": [line(100, **GST)]},
        {"amount": 200, "total_taxes": 9.09, "custom_surcharge_tax1": True},
    ),
    "X-013": (
        {
            **AMOUNT,
            "discount": 14191,
            "line_items": [line(8000, tax_name1="CA", tax_rate1=5), line(9500, tax_name1="CA", tax_rate1=5)],
        },
        {
            "amount": 3474.45,
            "total_taxes": 165.45,
            "discount": 14191,
            "line_items": [
                {"tax_amount": 75.63, "gross_line_total": 8075.63},
                {"tax_amount": 89.82, "gross_line_total": 9589.82},
            ],
        },
    ),
    "X-015": ({**AMOUNT, "line_items": [line(82.6446, tax_name1="Test", tax_rate1=21)]}, {"amount": 100}),
    "X-017": ({**AMOUNT, "line_items": TENS}, {"amount": 20}),
    "X-019": ({**AMOUNT, "discount": 5, "custom_surcharge1": 5, **GST, **SECOND, "line_items": TENS}, {"amount": 23}),
    "X-021": ({**INSIDE, "discount": 5, "line_items": TENS}, {"amount": 15}),
    "X-023": (
        {**INSIDE, "discount": 5, "custom_surcharge1": 5, **GST, "line_items": TENS},
        {"amount": 20, "total_taxes": 1.36},
    ),
    "X-025": (
        {**INSIDE, "discount": 5, "custom_surcharge1": 5, **GST, **SECOND, "line_items": TENS},
        {"amount": 20, "total_taxes": 2.72},
    ),
    "X-027": (
        {**INSIDE, **DOG_AND_CAT, "line_items": [line(10, **LINE_TAX)] * 2},
        {"amount": 20, "total_taxes": 5.46},
    ),
    "X-029": (
        {**INSIDE, "discount": 5, **DOG_AND_CAT, "line_items": [line(10, discount=5, **LINE_TAX)] * 2},
        {"amount": 5, "total_taxes": 1.36},
    ),
    "X-031": ({**AMOUNT, "line_items": [line(10, discount=2)]}, lines(line_total=8)),
    "X-033": ({**AMOUNT, "line_items": [line(10, discount=2, **T1)]}, lines(line_total=8, tax_amount=0.8)),
    "X-035": ({**AMOUNT, "line_items": [line(10, discount=2, **T2)]}, lines(line_total=8, tax_amount=2.2)),
    "X-037": ({**INSIDE, "line_items": [line(10, **T1)]}, lines(line_total=10, tax_amount=0.91)),
    "X-039": ({**INSIDE, "line_items": [line(10, **T2)]}, lines(line_total=10, tax_amount=2.4)),
    "X-041": ({**INSIDE, "line_items": [line(10, 2, discount=1, **T2)]}, lines(line_total=19, tax_amount=4.56)),
}


SENT: dict[str, tuple[JSON, JSON]] = {
    "X-043": (
        {**AMOUNT, "discount": 100000000, "line_items": [line(100000000)]},
        {"status_id": "2", "amount": 0, "balance": 0, "discount": 100000000},
    ),
    "X-045": (
        {"is_amount_discount": True, "discount": 0, "line_items": [line(100000000)]},
        {"status_id": "2", "amount": 100000000, "balance": 100000000},
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_totals_follow_the_worked_examples(shop: Shop, name: str) -> None:
    body, wanted = EXAMPLES[name]
    if name == "X-011":
        company = shop.company()
        record(shop.put(f"companies/{company['id']}", {"custom_surcharge_taxes1": True}))
    invoice = record(shop.post("invoices", {"client_id": shop.client()["id"], **body}))
    assert part(wanted, invoice) == wanted
    assert invoice["status_id"] == "1"
    assert shop.show(f"invoices/{invoice['id']}") == invoice


@pytest.mark.parametrize("name", SENT)
def test_a_sent_invoice_owes_its_amount_even_when_that_is_nothing(shop: Shop, name: str) -> None:
    body, wanted = SENT[name]
    invoice = record(shop.post("invoices?mark_sent=true", {"client_id": shop.client()["id"], **body}))
    assert part(wanted, invoice) == wanted
