"""How large a world is: factors, and numbers of some resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.errors import StartError
from mockserver.seeding.scale import Scale, read_scale
from tests.seeding.garden import grown, rows, written

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """
scenario: mine
calls:
  - {make: clients, count: 4, on: -90, post: /api/v1/clients, body: {name: Ann}}
  - {make: clients, count: {exactly: 1}, on: -80, post: /api/v1/clients, body: {name: Bob}}
  - {make: products, count: 5, on: -50, post: /api/v1/products, body: {product_key: A}}
  - {make: products, count: 3, on: -40, post: /api/v1/products, body: {product_key: B}}
  - {make: products, count: 0, on: -30, post: /api/v1/products, body: {product_key: C}}
  - {make: tax_rates, count: {exactly: 1}, on: -40, post: /api/v1/tax_rates, body: {name: VAT, rate: 5}}
"""
FORMS = "1 is the scenario as it is written; write 10, or invoices=100000"


def sizes(folder: Path, scale: float | str) -> tuple[int, int, int]:
    """Numbers of clients, products and tax rates."""
    world = grown(written(folder, PLAIN), scale=scale)
    clients, products, rates = (len(rows(world, name)) for name in ("clients", "products", "tax_rates"))
    return clients, products, rates


@pytest.mark.parametrize(
    ("scale", "made"),
    [
        (1, (5, 8, 1)),
        ("2", (9, 16, 1)),
        (0.5, (3, 4, 1)),
        ("products=8", (5, 8, 1)),
        ("products=800", (41, 800, 1)),  # a hundred times the products, ten times the clients
        ("products=2", (5, 2, 1)),  # fewer of one kind leave the others as they are
        ("clients=11", (11, 13, 1)),
        ("clients=2", (2, 8, 1)),
        ("products=37,clients=9", (9, 37, 1)),
        ("3,products=7", (13, 7, 1)),
        ("products=7, 3", (13, 7, 1)),
    ],
)
def test_how_many_are_made(tmp_path: Path, scale: float | str, made: tuple[int, int, int]) -> None:
    assert sizes(tmp_path, scale) == made


def test_a_wanted_number_is_dealt_out_as_the_steps_are_written(tmp_path: Path) -> None:
    keys = [each["product_key"] for each in rows(grown(written(tmp_path, PLAIN), scale="products=100"), "products")]
    assert (keys.count("A"), keys.count("B"), keys.count("C")) == (62, 38, 0)


@pytest.mark.parametrize(("scale", "invoices"), [("invoices=40", 40 + 2 + 3), ("invoices=300", 300 + 7 + 10)])
def test_what_other_calls_make_comes_on_top(scale: str, invoices: int) -> None:
    """Invoices of accepted quotes and of recurring templates are not counted beforehand."""
    assert len(rows(grown(scale=scale), "invoices")) == invoices


@pytest.mark.parametrize(
    ("scale", "wanted"),
    [
        ("a", "a factor above 0 and below a million"),
        ("", "a factor above 0 and below a million"),
        ("1e6", "a factor above 0 and below a million"),
        ("invoices=", "a whole number from 1 to a million behind `=`"),
        ("invoices=0", "a whole number from 1 to a million behind `=`"),
        ("invoices=1.5", "a whole number from 1 to a million behind `=`"),
        ("invoices=1000001", "a whole number from 1 to a million behind `=`"),
        ("1,2", "one factor, and each resource once"),
        ("clients=5,clients=6", "one factor, and each resource once"),
    ],
)
def test_a_scale_that_is_of_no_use_is_told(scale: str, wanted: str) -> None:
    with pytest.raises(StartError) as caught:
        read_scale(scale)
    assert str(caught.value) == f"scale: got `{scale}`, wanted {wanted}; {FORMS}"


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (
            "product=5",
            "scale: got `product`, wanted a resource whose number the scenario lets grow; did you mean `products`?",
        ),
        (
            "tax_rates=5",
            "scale: got `tax_rates`, wanted a resource whose number the scenario lets grow; known: clients, products",
        ),
        (
            "products=1",
            "scale: products: got `1`, wanted 2 at least, one of each kind that it has; ask for more, or use a factor",
        ),
    ],
)
def test_a_number_that_the_scenario_cannot_reach_is_told(tmp_path: Path, scale: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        sizes(tmp_path, scale)
    assert str(caught.value) == message


def test_the_same_number_is_the_same_scale() -> None:
    assert read_scale(2) == read_scale("2.0") == Scale(2)
    assert read_scale(" clients = 5") == Scale(None, {"clients": 5})
