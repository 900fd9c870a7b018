"""What can be written in a scenario."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.seeding.garden import CLIENTS, PRODUCTS, clients, grown, rows, written

if TYPE_CHECKING:
    from pathlib import Path


def values(folder: Path, word: str, field: str = "custom_value1") -> list[Any]:
    """What a value word makes of a text field of forty clients."""
    return [each[field] for each in clients(folder, f"{field}: {word}")]


def test_plain_values_are_sent_as_they_are(tmp_path: Path) -> None:
    assert set(values(tmp_path, "Gold")) == {"Gold"}


def test_pick_takes_each_of_them(tmp_path: Path) -> None:
    assert set(values(tmp_path, "{pick: [a, b, {text: 'c{row}'}]}")) > {"a", "b"}


@pytest.mark.parametrize(("chance", "least", "most"), [(0, 0, 0), (0.5, 10, 30), (1, 40, 40)])
def test_chance_gives_a_value_to_some(tmp_path: Path, chance: float, least: int, most: int) -> None:
    made = values(tmp_path, f"{{chance: {chance}, value: yes}}")
    assert least <= made.count("yes") <= most
    assert set(made) <= {"yes", ""}


def test_chance_may_have_another_value(tmp_path: Path) -> None:
    assert set(values(tmp_path, "{chance: 0.5, value: a, else: {pick: [b]}}")) == {"a", "b"}


def test_turn_goes_through_the_values_in_order(tmp_path: Path) -> None:
    """Forty records: the first value comes once more than the others."""
    assert Counter(values(tmp_path, "{turn: [a, b, {pick: [c]}]}")) == {"a": 14, "b": 13, "c": 13}


def test_an_object_may_be_written_as_json_text(tmp_path: Path) -> None:
    made = values(tmp_path, "{json: {kind: card, row: {text: '{row}'}, more: {fields: {open: true}}}}")
    assert made[1] == '{"kind":"card","row":"2","more":{"open":true}}'


def test_the_least_of_several_numbers_counts_what_is_there(tmp_path: Path) -> None:
    missing = "{from: products, field: price, where: {product_key: none}}"
    assert set(values(tmp_path, f"{{least: [7, 3.5, {missing}]}}")) == {"3.5"}
    assert set(values(tmp_path, f"{{least: [{missing}]}}")) == {""}


def test_worked_hours_lie_on_the_days_before_the_call(tmp_path: Path) -> None:
    task = "  - {make: tasks, count: 12, on: [-9, 0], post: /api/v1/tasks, "
    task += "body: {time_log: {worked: [0, 3], hours: [1, 2]}}}\n"
    world = grown(written(tmp_path, f"scenario: mine\ncalls:\n{task}"))
    logs = [(each["created_at"], json.loads(each["time_log"] or "[]")) for each in rows(world, "tasks")]
    assert {len(spans) for _, spans in logs} == {0, 1, 2, 3}
    for made, spans in logs:
        assert all(3600 <= end - start <= 7200 and made - 4 * 86_400 < start < end < made for start, end, *_ in spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_where_keeps_records_that_hold_a_value(tmp_path: Path) -> None:
    body = "{custom_value1: {from: products, field: price, where: {price: 12}}}"
    world = grown(written(tmp_path, f"{PRODUCTS}{CLIENTS}      {body}\n"))
    assert {each["custom_value1"] for each in rows(world, "clients")} == {"12"}


def test_numbers_keep_to_their_range_and_steps(tmp_path: Path) -> None:
    made = {float(value) for value in values(tmp_path, "{number: [0.1, 0.5], step: 0.1}")}
    assert made == {0.1, 0.2, 0.3, 0.4, 0.5}
    assert set(values(tmp_path, "{number: [3, 3]}")) == {"3"}


def test_a_number_may_be_a_part_of_another_field(tmp_path: Path) -> None:
    body = "{custom_value1: {number: [10, 12]}, custom_value2: {number: 0.5, times: custom_value1}}"
    assert {(each["custom_value1"], each["custom_value2"]) for each in clients(tmp_path, body)} == {
        ("10", "5"),
        ("11", "5.5"),
        ("12", "6"),
    }


def test_days_count_from_the_day_of_the_call(tmp_path: Path) -> None:
    for each in clients(tmp_path, "{custom_value1: {days: 0}, custom_value2: {days: [5, 9]}}"):
        start = date.fromisoformat(each["custom_value1"])
        assert start == datetime.fromtimestamp(each["created_at"], UTC).date()
        assert 5 <= (date.fromisoformat(each["custom_value2"]) - start).days <= 9


def test_texts_are_made_of_fields_and_of_the_row(tmp_path: Path) -> None:
    body = "{name: {pick: [Ann]}, website: {web: name}, private_notes: {text: '{name} no. {row} of {city}'}}"
    first = clients(tmp_path, body.replace("{name:", "{city: Rome, name:", 1))[0]
    assert (first["private_notes"], first["website"]) == ("Ann no. 1 of Rome", "https://ann.example.com")


def test_contacts_know_the_fields_around_them(tmp_path: Path) -> None:
    contacts = "{list: 1, of: {first_name: Zoë, last_name: Straße, email: {email: [first_name, last_name], at: name}}}"
    world = grown(written(tmp_path, f"{PRODUCTS}{CLIENTS}      {{name: Öl & Gas, contacts: {contacts}}}\n"))
    emails = {each["email"] for each in rows(world, "client_contacts")}
    assert emails == {"zoe.strasse@olgas.example.com"}


def test_a_list_has_as_many_as_it_says(tmp_path: Path) -> None:
    contacts = "{list: [2, 4], of: {first_name: {fake: first_name}, email: {email: [first_name]}}}"
    world = grown(written(tmp_path, f"{PRODUCTS}{CLIENTS}      {{contacts: {contacts}}}\n"))
    counts = [
        sum(contact["client_id"] == each["id"] for contact in rows(world, "client_contacts"))
        for each in rows(world, "clients")
    ]
    assert set(counts) == {2, 3, 4}


def test_fields_of_one_object_come_from_one_record(tmp_path: Path) -> None:
    body = "{custom_value1: {from: products, field: product_key}, custom_value2: {from: products, field: id}}"
    world = grown(written(tmp_path, f"{PRODUCTS}{CLIENTS}      {body}\n"))
    keys = {each["id"]: each["product_key"] for each in rows(world, "products")}
    chosen = [(each["custom_value1"], each["custom_value2"]) for each in rows(world, "clients")]
    assert all(keys[hashed] == key for key, hashed in chosen)
    assert len(set(chosen)) > 15


def test_a_match_without_a_record_leaves_the_field_out(tmp_path: Path) -> None:
    body = "{custom_value1: none such, custom_value2: {id_of: products, match: {product_key: custom_value1}}}"
    assert {each["custom_value2"] for each in clients(tmp_path, body)} == {""}


def test_a_match_finds_its_record(tmp_path: Path) -> None:
    body = (
        "{custom_value1: {from: products, field: product_key}, "
        "custom_value2: {id_of: products, match: {product_key: custom_value1, custom_value1: custom_value1}}}"
    )
    world = grown(written(tmp_path, f"{PRODUCTS}{CLIENTS}      {body}\n"))
    keys = {each["id"]: each["product_key"] for each in rows(world, "products")}
    assert all(keys[each["custom_value2"]] == each["custom_value1"] for each in rows(world, "clients"))


def test_deleted_and_archived_records_are_not_chosen(tmp_path: Path) -> None:
    gone = (
        "    then: [{after: 0, delete: '/api/v1/products/{id}'}]\n  - {make: products, count: {exactly: 1}, on: -50, "
    )
    gone += "post: /api/v1/products, body: {product_key: LEFT}}\n"
    made = clients(tmp_path, "custom_value1: {from: products, field: product_key}", gone)
    assert {each["custom_value1"] for each in made} == {"LEFT"}


def test_fill_takes_hints_by_name_and_by_kind(tmp_path: Path) -> None:
    text = f"{PRODUCTS}{CLIENTS}      {{}}\n    fill: [city, custom_value3]\n"
    first = rows(grown(written(tmp_path, text)), "clients")[0]
    assert first["city"]
    assert first["custom_value3"].endswith(".")


def test_another_step_or_field_moves_nothing(tmp_path: Path) -> None:
    """Names stay when fields, steps and entities are added around them."""
    name = "name: {fake: name}, contacts: [{first_name: {fake: first_name}}]"
    alone = f"scenario: mine\ncalls:{CLIENTS}      {{{name}}}\n"
    among = f"{PRODUCTS}{CLIENTS}      {{city: {{fake: city}}, {name}, phone: {{fake: phone}}}}\n"

    def told(text: str) -> list[tuple[Any, ...]]:
        world = grown(written(tmp_path, text))
        people = [each["first_name"] for each in rows(world, "client_contacts")]
        return [
            (each["name"], each["created_at"], person)
            for each, person in zip(rows(world, "clients"), people, strict=True)
        ]

    assert told(alone) == told(among)
