"""HTML as paragraphs and tables, and designs whose places are filled."""

from __future__ import annotations

import pytest

from mockserver.derive.markup import filled_slots, html_parts
from mockserver.derive.paper import Column, Table, Text


def test_paragraphs_come_in_reading_order() -> None:
    text = "<style>p { }</style><h1>One</h1><p>two <b>three</b>\n four</p>five<br>six<script>no</script>"
    text += "<p><b>seven</b></p>"
    assert html_parts(text) == (
        Text("One", large=True),
        Text("two three four"),
        Text("five"),
        Text("six"),
        Text("seven", strong=True),
    )


def test_table_has_headings_and_columns_of_numbers_at_the_right() -> None:
    text = (
        "<table><thead><tr><th>Item</th><th>Sum</th></tr></thead><tbody><tr><td>A<br>B</td><td>$1.00</td></tr>"
        "<tr><td colspan=2>12</td></tr><tr></tr></tbody></table>after"
    )
    table, after = html_parts(text)
    assert table == Table((Column("Item", 1, "L"), Column("Sum", 1, "L")), (("A\nB", "$1.00"), ("12", "")), headed=True)
    assert after == Text("after")


def test_table_of_numbers_without_headings() -> None:
    (table,) = html_parts("<table><tr><td>Total</td><td>1.234,50 €</td></tr><tr><td>Paid</td><td>(5)</td></tr>")
    assert isinstance(table, Table)
    assert [column.align for column in table.columns] == ["L", "R"]
    assert not table.headed


@pytest.mark.parametrize("text", ["", "<table></table>", "<table><tr><td></td></tr></table>", "<style>x", "</div>"])
def test_nothing_to_read_makes_no_part(text: str) -> None:
    assert html_parts(text) == ()


def test_places_are_filled_by_the_ids_of_elements() -> None:
    inside = {"rows": "<tr><td>1</td></tr>", "address": "A<br>B"}
    text = (
        "<table class='x' id='rows'></table><div id=rows></div><p id=\"address\"></p><table id=address></table><i id=z>"
    )
    assert filled_slots(text, inside) == (
        "<table class='x' id='rows'><tr><td>1</td></tr></table><div id=rows><table><tr><td>1</td></tr></table></div>"
        '<p id="address">A<br>B</p><table id=address><tr><td>A<br>B</td></tr></table><i id=z>'
    )
