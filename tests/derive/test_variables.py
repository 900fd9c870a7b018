"""Words that begin with `$`."""

from __future__ import annotations

import pytest

from mockserver.derive.variables import fill

VALUES = {"$number": "7", "$client": "A & B", "$client.name": "<i>", "$invoice.terms": "<b>Net</b>", "$city": "a\nb"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$number, $number. $numbers $", "7, 7. 7s $"),
        ("$client.name of $client.zebra", "<i> of A & B.zebra"),
        ("$unknown $5 $$number", "$unknown $5 $7"),
        ("$NUMBER", "$NUMBER"),
    ],
)
def test_the_longest_known_beginning_counts(text: str, shown: str) -> None:
    assert fill(text, VALUES) == shown


def test_in_markup_values_are_escaped_unless_they_hold_markup() -> None:
    text = "$client $client.name $invoice.terms $city"
    assert fill(text, VALUES, markup=True) == "A &amp; B &lt;i&gt; <b>Net</b> a<br>b"
