"""Calls are made in the order of their time, and what goes wrong is told with its call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.clock import EPOCH
from mockserver.content import ContentMissing
from mockserver.errors import StartError
from tests.seeding.garden import client, grown, rows, written

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400
CLIENT = "make: clients, count: {exactly: 1}, on: -100, post: /api/v1/clients, body: {name: Ann}"


def product(rest: str, count: str = "10", key: str = "A") -> str:
    return f"  - {{make: products, count: {count}, post: /api/v1/products, body: {{product_key: {key}}}, {rest}}}\n"


def scenario(folder: Path, *calls: str) -> Path:
    return written(folder, "scenario: mine\ncalls:\n" + "".join(calls))


def ages(path: Path, field: str = "created_at") -> list[int]:
    """Days before the scenario's own, of each product."""
    return [(EPOCH - each[field]) // DAY for each in rows(grown(path), "products") if each[field]]


def test_records_are_spread_evenly_over_their_days(tmp_path: Path) -> None:
    made = ages(scenario(tmp_path, product("on: [-99, 0]")))
    assert all(abs(age - (94 - 10 * number)) <= 1 for number, age in enumerate(made))


def test_steps_take_turns_by_their_time(tmp_path: Path) -> None:
    path = scenario(tmp_path, product("on: [-90, -10]"), product("on: -50", "{exactly: 2}", key="B"))
    keys = [each["product_key"] for each in rows(grown(path), "products")]
    assert keys == [*"AAAAA", *"BB", *"AAAAA"]


def test_nothing_happens_after_the_day_of_the_scenario(tmp_path: Path) -> None:
    made = rows(grown(scenario(tmp_path, product("on: 0"))), "products")
    assert {each["created_at"] for each in made} == {EPOCH}
    late = product("on: [-40, -1], then: [{after: [10, 30], delete: '/api/v1/products/{id}'}]")
    for each in rows(grown(scenario(tmp_path, late)), "products"):
        assert each["updated_at"] <= EPOCH
        age = (EPOCH - each["created_at"]) // DAY
        if each["is_deleted"]:
            assert 10 <= (each["archived_at"] - each["created_at"]) // DAY <= 30
        else:
            assert age <= 31


@pytest.mark.parametrize(("share", "gone"), [(0, {0}), (0.25, {2, 3}), (0.5, {5}), (1, {10})])
def test_a_share_is_exact(tmp_path: Path, share: float, gone: set[int]) -> None:
    path = scenario(
        tmp_path, product(f"on: -90, then: [{{share: {share}, after: 1, delete: '/api/v1/products/{{id}}'}}]")
    )
    for seed in range(5):
        assert sum(each["is_deleted"] for each in rows(grown(path, seed=seed), "products")) in gone


def test_later_calls_know_the_record(tmp_path: Path) -> None:
    later = "then: [{after: 3, put: '/api/v1/products/{id}', body: {notes: {text: '{product_key} {row}'}}}]"
    made = rows(grown(scenario(tmp_path, product(f"on: -90, {later}", "2"))), "products")
    assert [each["notes"] for each in made] == ["A 1", "A 2"]


def test_a_later_call_may_ask_for_a_state_of_the_record(tmp_path: Path) -> None:
    gone = "{after: 1, when: {product_key: [B, C]}, delete: '/api/v1/products/{id}'}"
    path = scenario(tmp_path, product(f"on: [-98, -90], then: [{gone}]", "9", "{turn: [A, B, C]}"))
    assert [each["is_deleted"] for each in rows(grown(path), "products")] == [False, True, True] * 3


def test_a_later_call_may_depend_on_a_record_that_is_found(tmp_path: Path) -> None:
    note = "entity_id: {id_of: clients, match: {name: product_key}}, entity: clients, notes: Asked"
    later = f"{{after: 1, post: /api/v1/activities/notes, only_with: entity_id, body: {{{note}}}}}"
    path = scenario(tmp_path, f"  - {{{CLIENT}}}\n", product(f"on: -90, then: [{later}]", "4", "{turn: [Ann, Bob]}"))
    assert sum(each["notes"] == "Asked" for each in rows(grown(path), "activities")) == 2


def test_a_record_may_depend_on_another_one_that_is_found(tmp_path: Path) -> None:
    gone = "then: [{after: 0, delete: '/api/v1/products/{id}'}]"
    copy = "custom_value1: {from: products, field: id, where: {product_key: A}}"
    text = "  - {make: products, count: 3, on: [-60, -40], only_with: custom_value1, post: /api/v1/products, "
    text += f"body: {{product_key: B, {copy}}}, {gone}}}\n"
    assert [each["is_deleted"] for each in rows(grown(scenario(tmp_path, text)), "products")] == []
    made = rows(grown(scenario(tmp_path, product("on: -50", "1"), text)), "products")
    assert [(each["product_key"], each["is_deleted"]) for each in made] == [("A", False), ("B", True), ("B", True)]


def test_a_path_may_hold_another_field_of_the_record(tmp_path: Path) -> None:
    bill = "client_id: {id_of: clients}, line_items: [{cost: 5, quantity: 1}]"
    convert = "post: /api/v1/quotes/bulk, body: {action: convert_to_invoice, ids: [{field: id}]}"
    then = f"then: [{{after: 1, {convert}}}, {{after: 2, get: '/api/v1/invoices/{{invoice_id}}/mark_sent'}}]"
    quote = f"  - {{make: quotes, count: 1, on: -50, post: /api/v1/quotes, body: {{{bill}}}, {then}}}\n"
    (invoice,) = rows(grown(scenario(tmp_path, f"  - {{{CLIENT}}}\n", quote)), "invoices")
    assert (invoice["status_id"], invoice["balance"]) == ("2", 5)


def test_of_several_bodies_the_later_ones_win(tmp_path: Path) -> None:
    text = "  - {make: products, count: 1, on: -9, post: /api/v1/products, "
    text += "body: [{product_key: A, notes: old, price: 3}, {notes: new}]}\n"
    (made,) = rows(grown(scenario(tmp_path, text)), "products")
    assert (made["product_key"], made["notes"], made["price"]) == ("A", "new", 3)


def test_rows_that_no_call_makes_are_written(tmp_path: Path) -> None:
    log = "  - {make: system_logs, count: 2, on: [-9, -3], write: system_logs, "
    log += "body: {event_id: 21, category_id: 1, type_id: 301, log: {json: {id: {text: 'ch_{row}'}}}}}\n"
    world = grown(scenario(tmp_path, log))
    assert [(each["event_id"], each["log"]) for each in rows(world, "system_logs")] == [
        (21, '{"id":"ch_1"}'),
        (21, '{"id":"ch_2"}'),
    ]
    assert {each["company_id"] for each in rows(world, "system_logs")} == {rows(world, "companies")[0]["id"]}
    assert [record.company for record in world.state.table("system_logs")] == [1, 1]


def test_a_row_that_the_document_does_not_allow_is_told(tmp_path: Path) -> None:
    log = "  - {make: system_logs, count: 1, on: -9, write: system_logs, body: {event_id: 9999}}\n"
    with pytest.raises(StartError) as caught:
        grown(scenario(tmp_path, log))
    assert str(caught.value).startswith("mine.yaml: call 1.body.event_id: got `9999`, wanted one of 10, 11, 21, ")


def test_calls_can_be_made_with_other_tokens(tmp_path: Path) -> None:
    company = "  - {make: companies, count: {exactly: 1}, on: -90, post: /api/v1/companies, body: {name: Second}, "
    token = "body: {name: Owner, token: {token: two}, company_id: {field: id}, account_id: {field: account_id}}"
    company += f"then: [{{after: 0, write: tokens, {token}}}]}}\n"
    path = scenario(tmp_path, company, product("on: -80, as: two", "3"), product("on: -70", "1", "B"))
    world = grown(path)
    assert [record.company for record in world.state.table("products")] == [2, 2, 2, 1]
    assert client(world).call("GET", "/api/v1/products", token="TOKEN-two")[1]["meta"]["pagination"]["total"] == 3


def test_a_token_that_nobody_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartError) as caught:
        grown(scenario(tmp_path, product("on: -80, as: two")))
    assert str(caught.value) == (
        "mine.yaml: call 1.as, record 1: got `two`: Invalid token, wanted a token that works; "
        "write a row of tokens, or mend its user, on an earlier day"
    )


def test_files_come_from_the_assets(tmp_path: Path) -> None:
    later = "then: [{after: 3, put: '/api/v1/products/{id}/upload', files: [logo.png]}]"
    world = grown(scenario(tmp_path, product(f"on: -90, {later}", "1")))
    (file,) = rows(world, "documents")
    assert (file["name"], file["parent_type"]) == ("logo.png", "product")


def test_an_unknown_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentMissing, match=r"'fixtures/assets/logo.gif'"):
        grown(scenario(tmp_path, product("on: -90, files: [logo.gif]")))


def test_company_and_user_are_set_up(tmp_path: Path) -> None:
    text = "scenario: mine\ncompany: {name: Acme, payment_terms: '7'}\nuser: {first_name: Ann}\n"
    world = grown(written(tmp_path, text))
    assert rows(world, "companies")[0]["settings"]["payment_terms"] == "7"
    assert rows(world, "users")[0]["first_name"] == "Ann"


def test_a_call_that_is_refused_names_itself(tmp_path: Path) -> None:
    bad = "  - {make: locations, count: 2, on: -90, post: /api/v1/locations, body: {name: Depot}}\n"
    with pytest.raises(StartError) as caught:
        grown(scenario(tmp_path, f"  - {{{CLIENT}}}\n", bad))
    told = str(caught.value)
    assert told.startswith("mine.yaml: call 2 (POST /api/v1/locations), record ")
    assert ': got 422 {"message":"The given data was invalid.","errors":{"client_id":' in told
    assert told.endswith(", wanted 200; mend the call")


def test_a_later_call_that_is_refused_names_itself(tmp_path: Path) -> None:
    later = "then: [{after: 3, post: /api/v1/products/bulk, body: {action: explode, ids: [{field: id}]}}]"
    with pytest.raises(
        StartError, match=r"^mine\.yaml: call 1\.then 1 \(POST /api/v1/products/bulk\), record 1: got 422"
    ):
        grown(scenario(tmp_path, product(f"on: -90, {later}")))


def test_records_that_are_not_there_yet_are_told(tmp_path: Path) -> None:
    location = (
        "  - {make: locations, count: 1, on: -101, post: /api/v1/locations, body: {client_id: {id_of: clients}}}\n"
    )
    with pytest.raises(StartError) as caught:
        grown(scenario(tmp_path, f"  - {{{CLIENT}}}\n", location))
    assert str(caught.value) == (
        "mine.yaml: call 2.body.client_id.id_of: got no live record of clients at this time, wanted one; "
        "make some on an earlier day"
    )


def test_a_call_that_makes_something_else_is_told(tmp_path: Path) -> None:
    odd = "  - {make: products, count: 1, on: -9, post: /api/v1/clients, body: {name: Ann}}\n"
    with pytest.raises(StartError, match=r"got no new record, wanted one of products, as `make` says; mend the call$"):
        grown(scenario(tmp_path, odd))
