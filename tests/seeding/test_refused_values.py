"""What is said about a value that a scenario can't have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.errors import StartError
from tests.seeding.garden import clients

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "known: chance, days, email, fake, field, fields, from, id_of, json, least, list, local ... (19 in all)"
SPANS = "a number of spans from 0, of more than 0 and at most 12 hours; write {worked: [1, 4], hours: [0.5, 6]}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("custom_value1: {dayz: 3}", ".custom_value1: got `dayz`, wanted a value word; did you mean `days`?"),
        ("custom_value1: {zzz: 3}", f".custom_value1: got `zzz`, wanted a value word; {WORDS}"),
        (
            "custom_value1: {}",
            ".custom_value1: got an empty mapping, wanted a value word; write {fields: {}} for an empty object",
        ),
        ("naem: Ann", ": got `naem`, wanted a field that the document has here; did you mean `name`?"),
        (
            "contacts: [{emial: a}]",
            ".contacts: got `emial`, wanted a field that the document has here; did you mean `email`?",
        ),
        (
            "settings: {fields: {taxname1: a}}",
            ".settings.fields: got `taxname1`, wanted a field that the document has here; did you mean `tax_name1`?",
        ),
        (
            "name: {fake: compny}",
            ".name.fake: got `compny`, wanted a name of hints.yaml; did you mean `company`?",
        ),
        ("name: {pick: []}", ".name.pick: got `[]`, wanted a list of values; write [a, b]"),
        (
            "name: {chance: 2, value: a}",
            ".name.chance: got `2`, wanted a probability; write a number from 0 to 1",
        ),
        ("name: {chance: 1}", ".name.chance: got no value, wanted `value`; write {chance: 0.5, value: V}"),
        (
            "name: {number: [1, 2], steps: 2}",
            ".name.number: got `steps`, wanted a modifier of `number`; did you mean `step`?",
        ),
        (
            "name: {number: [1, .inf]}",
            ".name.number: got `[1, inf]`, wanted a number or [from, to]; the smaller one first",
        ),
        (
            "name: {number: true}",
            ".name.number: got `True`, wanted a number or [from, to]; the smaller one first",
        ),
        (
            "name: {number: [2, 1]}",
            ".name.number: got `[2, 1]`, wanted a number or [from, to]; the smaller one first",
        ),
        (
            "name: {number: 1, step: 0}",
            ".name.number.step: got `0`, wanted a number above 0; leave it out for whole steps",
        ),
        ("name: {days: [0.5, 1]}", ".name.days: got `[0.5, 1]`, wanted whole numbers; leave the decimals out"),
        (
            "contacts: {list: 2}",
            ".contacts.list: got `{'list': 2}`, wanted a number from 0 and `of`; write {list: [1, 3], of: {...}}",
        ),
        (
            "contacts: {list: 2, of: 3}",
            ".contacts.of: got `3`, wanted a mapping of fields; write one field a line",
        ),
        (
            "{city: a, name: {field: citi}}",
            ".name.field: got `citi`, wanted a field that stands before this one; did you mean `city`?",
        ),
        (
            "{name: {field: city}, city: a}",
            ".name.field: got `city`, wanted a field that stands before this one; known: nothing",
        ),
        (
            "{city: a, name: {text: '{city'}}",
            ".name.text: got `{city`, wanted {FIELD} in closed braces; write one name in each pair",
        ),
        (
            "{city: a, name: {email: city}}",
            ".name.email: got `city`, wanted a list of fields; write [first_name, last_name]",
        ),
        (
            "name: {local: money}",
            ".name.local: got `money`, wanted a thing that goes with a locale; known: country",
        ),
        (
            "name: {id_of: product}",
            ".name.id_of: got `product`, wanted a resource of the document; did you mean `products`?",
        ),
        (
            "name: {from: products, field: prices}",
            ".name.from.field: got `prices`, wanted a field of products; did you mean `price`?",
        ),
        (
            "name: {id_of: products, match: 3}",
            ".name.id_of.match: got `3`, wanted a mapping; write {their_field: our_field}",
        ),
        (
            "name: {id_of: products, where: Ann}",
            ".name.id_of.where: got `Ann`, wanted a mapping; write {their_field: value}",
        ),
        (
            "name: {id_of: products, where: {prices: 3}}",
            ".name.id_of.where: got `prices`, wanted a field of products; did you mean `price`?",
        ),
        ("name: {turn: []}", ".name.turn: got `[]`, wanted a list of values; write [a, b]"),
        ("name: {least: 3}", ".name.least: got `3`, wanted a list of numbers; write [{field: balance}, 100]"),
        (
            "name: {worked: 1, hours: 13}",
            ".name.worked: got `{'worked': 1, 'hours': 13}`, wanted " + SPANS,
        ),
        (
            "name: {id_of: products, match: {prices: city}}",
            ".name.id_of.match: got `prices`, wanted a field of products; did you mean `price`?",
        ),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        clients(tmp_path, body)
    assert str(caught.value) == f"mine.yaml: call 2.body{message}"
