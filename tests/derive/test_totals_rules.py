"""One fact of the engine a test; the ids name the rule."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.derive.line_items import normalise
from mockserver.derive.totals import document_totals
from tests.derive.build import document, finished, line, taxed, totals


def test_posted_totals_are_not_believed() -> None:
    """R-CALC-1."""
    one = line(10, line_total=999, gross_line_total=999, tax_amount=999, net_cost=999)
    result = document_totals(document(one, amount=999, balance=999, total_taxes=999))
    assert (result["amount"], result["total_taxes"]) == (10, 0)
    shown = result["line_items"][0]
    assert [shown[key] for key in ("line_total", "gross_line_total", "tax_amount", "net_cost")] == [10, 10, 0, 0]


def test_a_save_reports_only_what_it_computes() -> None:
    assert set(document_totals(document(line(10)))) == {"line_items", "total_taxes", "amount"}


def test_a_document_without_lines_is_worth_its_surcharges() -> None:
    assert totals() == (0, 0)
    assert totals(custom_surcharge1=7.5) == (7.5, 0)


@pytest.mark.parametrize(("by", "total"), [("amount", 15), ("percent", 19)])
def test_the_document_says_what_a_line_discount_is(by: str, total: float) -> None:
    """R-CALC-2: 20 less 5, or less 5 percent; the line's own flag is overwritten."""
    result = finished(line(10, 2, discount=5, is_amount_discount=by != "amount"), by=by)
    assert (result["line_total"], result["is_amount_discount"]) == (total, by == "amount")


@pytest.mark.parametrize(
    ("inclusive", "by", "precision", "total", "amount"),
    [
        (False, "amount", 2, 8.99, 8.99),
        (False, "percent", 2, 8.91, 8.91),
        (True, "amount", 2, 8.99, 8.99),
        (True, "percent", 2, 8.91, 8.91),
        (False, "amount", 0, 8.99, 9),
        (False, "percent", 0, 9, 9),
        (True, "amount", 0, 8.99, 9),
        (True, "percent", 0, 8.99, 9),
    ],
)
def test_line_discounts_are_rounded_to_the_currency(
    inclusive: bool,
    by: str,
    precision: int,
    total: float,
    amount: float,
) -> None:
    """R-CALC-3: 9.99 less a discount of 1.004, in a currency with cents and in one without."""
    result = document_totals(
        document(line(9.99, discount=1.004 if by == "amount" else 10.8), by=by, inclusive=inclusive),
        precision=precision,
    )
    assert result["line_items"][0]["line_total"] == pytest.approx(total)
    assert result["amount"] == amount


def test_lines_are_summed_as_rounded_when_taxes_come_on_top() -> None:
    """R-CALC-4: three times 0.335 is three times 0.34."""
    assert totals(line(0.335), line(0.335), line(0.335)) == (1.02, 0)


def test_line_totals_have_two_decimals_in_every_currency() -> None:
    """R-CALC-4 as of 5.12: inclusive documents too sum lines of two decimals."""
    assert finished(line(1.2345), precision=3)["line_total"] == 1.23
    assert totals(line(0.335), line(0.335), line(0.335), inclusive=True) == (1.02, 0)


@pytest.mark.parametrize(
    ("by", "discount", "amount"), [("amount", 2.5, 7.5), ("percent", 2.5, 9.75), ("percent", 33.333, 6.67)]
)
def test_the_document_discount_is_an_amount_or_a_percentage(by: str, discount: float, amount: float) -> None:
    """R-CALC-5."""
    assert totals(line(10), by=by, discount=discount) == (amount, 0)


def test_each_rate_of_a_line_is_rounded_on_its_own() -> None:
    """R-CALC-6: three times 0.335 is 3 x 0.34, not 1.01."""
    rates: dict[str, Any] = {f"tax_rate{n}": 0.335 for n in (1, 2, 3)} | {f"tax_name{n}": "tax" for n in (1, 2, 3)}
    assert finished(line(100, **rates))["tax_amount"] == 1.02


def test_a_zero_line_takes_no_share_of_an_amount_discount() -> None:
    """R-CALC-6."""
    assert totals(taxed(100, 10), taxed(0, 10), discount=50) == (55, 5)


def test_lines_that_cancel_out_are_not_taxed_under_an_amount_discount() -> None:
    """R-CALC-6: there is no sub-total to spread the discount over."""
    lines = (taxed(100, 10), line(-100))
    assert totals(*lines, discount=5) == (-5, 0)
    assert totals(*lines) == (10, 10)
    assert totals(*lines, discount=5, inclusive=True) == (-5, 9.09)


def test_taxes_inside_a_price_do_not_depend_on_each_other() -> None:
    """R-CALC-7: 20 % and 25 % of 100 are 16.67 and 20."""
    both = taxed(100, 20, tax_name2="VAT", tax_rate2=25)
    assert finished(both, inclusive=True)["tax_amount"] == 36.67


def test_a_rate_of_minus_hundred_inside_a_price_is_no_tax() -> None:
    """R-CALC-7: there is no price that it could be a part of."""
    assert totals(taxed(100, -100), inclusive=True) == (100, 0)


@pytest.mark.parametrize(("name", "counts"), [("", False), ("V", False), ("VA", True)])
def test_a_short_named_line_tax_counts_only_beside_amount_discounts(name: str, *, counts: bool) -> None:
    """R-CALC-8: with percentages it stays on the line and out of the document."""
    one = line(100, tax_name1=name, tax_rate1=10)
    assert totals(one, by="percent") == ((110, 10) if counts else (100, 0))
    assert totals(one, by="amount") == (110, 10)
    assert finished(one, by="percent")["tax_amount"] == 10


def test_the_gross_line_total_has_taxes_on_top_only() -> None:
    """R-CALC-9."""
    assert finished(taxed(100, 10))["gross_line_total"] == 110
    assert finished(taxed(100, 10), inclusive=True)["gross_line_total"] == 100


def test_document_taxes_are_neither_compounded_nor_taken_from_line_taxes() -> None:
    """R-CALC-10."""
    more: dict[str, Any] = {"tax_name1": "GST", "tax_rate1": 10, "tax_name2": "VAT", "tax_rate2": 10}
    assert totals(taxed(100, 10), **more) == (130, 30)


@pytest.mark.parametrize("inclusive", [True, False])
def test_a_document_tax_needs_a_name_of_two_characters(*, inclusive: bool) -> None:
    """R-CALC-10, R-CALC-11."""
    assert totals(line(100), tax_name1="G", tax_rate1=10, inclusive=inclusive) == (100, 0)


def test_a_taxable_surcharge_is_taxed_by_the_document_taxes() -> None:
    """R-CALC-10, R-CALC-11, R-CALC-13: the flag is the document's, copied from the company before the save."""
    tax: dict[str, Any] = {"tax_name1": "GST", "tax_rate1": 10, "custom_surcharge2": 10}
    assert totals(line(100), **tax) == (120, 10)
    assert totals(line(100), custom_surcharge_tax2=True, **tax) == (121, 11)
    assert totals(line(100), custom_surcharge_tax2=True, inclusive=True, **tax) == (110, 10)


def test_a_negative_surcharge_lowers_taxes_on_top_but_not_inside() -> None:
    """R-CALC-10, R-CALC-11, R-CALC-12."""
    more: dict[str, Any] = {
        "tax_name1": "GST",
        "tax_rate1": 10,
        "custom_surcharge1": -10,
        "custom_surcharge_tax1": True,
    }
    assert totals(line(110), **more) == (110, 10)
    assert totals(line(110), inclusive=True, **more) == (100, 10)


def test_a_surcharge_that_is_no_number_counts_nothing() -> None:
    """R-CALC-12."""
    assert totals(line(10), custom_surcharge1="express", custom_surcharge2=None, custom_surcharge3="2.5") == (12.5, 0)


def test_the_amount_is_rounded_to_the_currency() -> None:
    """R-CALC-12: 1.995 with its tax is 2 yen, 2.195 dinar and 2.20 dollars."""
    one = line(1.995, tax_name1="GST", tax_rate1=10)
    assert [totals(one, precision=places)[0] for places in (0, 2, 3)] == [2, 2.2, 2.195]


def test_the_flag_of_the_document_selects_the_engine() -> None:
    """R-CALC-18."""
    assert totals(taxed(110, 10), inclusive=True) == (110, 10)
    assert totals(taxed(110, 10), inclusive=False) == (121, 11)


def test_rappen_are_rounded_last() -> None:
    """R-CALC-15 (X-047): 10.09 becomes 10.10, twice 10.09 becomes 20.20."""
    assert document_totals(document(line(10.09)), rappen=True)["amount"] == 10.1
    assert document_totals(document(line(10.09, 2)), rappen=True)["amount"] == 20.2
    assert document_totals(document(line(10.01)), rappen=True)["amount"] == 10


@pytest.mark.parametrize(
    ("rates", "by", "net"),
    [((10,), "amount", 90.91), ((10,), "percent", 90.91), ((25, 20), "amount", 68.97), ((25, 20), "percent", 63.33)],
)
def test_the_net_cost_is_the_unit_price_without_the_taxes_inside(rates: tuple[int, ...], by: str, net: float) -> None:
    """5.12: two rates at once are taken out of the price together beside amount discounts, one by one otherwise."""
    taxes: dict[str, Any] = {f"tax_rate{n}": rate for n, rate in enumerate(rates, 1)} | {
        f"tax_name{n}": "VAT" for n in (1, 2)
    }
    one = normalise([{"cost": 100, "quantity": 4} | taxes])[0]
    assert finished(one, by=by, inclusive=True)["net_cost"] == net
    assert finished(one, by=by)["net_cost"] == 0


def test_the_net_cost_of_no_pieces_is_the_cost() -> None:
    assert finished(taxed(100, 10, 0), inclusive=True)["net_cost"] == 100
    assert finished(taxed(100, 10, 0), inclusive=True, by="percent")["net_cost"] == 100


@pytest.mark.parametrize("inclusive", [True, False])
def test_an_exempt_client_has_every_tax_cleared(*, inclusive: bool) -> None:
    """5.12: line and document taxes lose name and rate."""
    exempt = document_totals(
        document(taxed(100, 10), inclusive=inclusive, tax_name1="GST", tax_rate1=5), tax_exempt=True
    )
    assert (exempt["amount"], exempt["total_taxes"]) == (100, 0)
    assert (exempt["tax_name1"], exempt["tax_rate1"], exempt["tax_name3"], exempt["tax_rate3"]) == ("", 0, "", 0)
    shown = exempt["line_items"][0]
    assert (shown["tax_name1"], shown["tax_rate1"], shown["tax_amount"], shown["gross_line_total"]) == ("", 0, 0, 100)


def test_names_and_rates_stay_as_posted() -> None:
    """R-CALC-31: no tax by location is put in their place."""
    shown = finished(taxed(100, 10, tax_name2="VAT", tax_rate2=5))
    assert [shown[f"tax_name{n}"] for n in (1, 2, 3)] == ["GST", "VAT", ""]
    assert [shown[f"tax_rate{n}"] for n in (1, 2, 3)] == [10, 5, 0]
