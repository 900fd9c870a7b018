"""Companies of version 4 move in from their files (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.api.shop import errors, record, rows, total
from tests.api.transfers import job, jobs, zipped

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import JSON, Shop

DATA: dict[str, Any] = {
    "company": {"settings": {"name": "Old Quay", "currency_id": "3", "payment_terms": "soon", "unknown": 1}},
    "tax_rates": [{"id": 1, "name": "VAT", "rate": "19.000"}],
    "clients": [
        {"id": 7, "name": "Ada", "country_id": 276, "contacts": [{"id": 1, "email": "ada@example.com"}]},
        {"id": 8, "name": "Gone", "is_deleted": True},
        {"id": 9, "name": "Away", "archived_at": 1500000000},
    ],
    "projects": [{"id": 2, "name": "Site", "client_id": 7}],
    "invoices": [
        {
            "id": 3,
            "client_id": 7,
            "number": "V4-1",
            "status_id": 3,
            "date": "2020-01-02",
            "line_items": [{"cost": "50.00", "quantity": 4}],
        },
        {"id": 4, "client_id": 7, "number": "V4-2", "status_id": 1, "line_items": [{"cost": 5, "quantity": 1}]},
        {"id": 5, "client_id": 99, "number": "V4-3", "line_items": []},
        "no row",
    ],
    "payments": [
        {"id": 1, "client_id": 7, "amount": 50, "date": "2020-02-01", "invoices": [{"invoice_id": 3, "amount": 50}]}
    ],
    "tasks": [
        {"id": 1, "client_id": 7, "project_id": 2, "description": "Dig", "time_log": "[[1600000000,1600003600]]"}
    ],
    "products": None,
}


def start(shop: Shop, *companies: JSON, data: JSON | None = None, **files: bytes) -> Response:
    """The answer to a start; each company brings the data unless files are given."""
    content = zipped(migration_json=orjson.dumps(data or DATA))
    sent = files or {str(each["company_index"]): content for each in companies}
    parts = [(name.removeprefix("n"), ("m.zip", each)) for name, each in sent.items()]
    form = {"companies": orjson.dumps(companies).decode()}
    return shop.call("POST", "migration/start", data=form, files=parts)


def old(index: int = 0, key: str = "quay", **more: Any) -> JSON:
    return {"company_index": index, "company_key": key, **more}


def owner_of(shop: Shop, key: str) -> Shop:
    """The owner as a caller of the company with the key."""
    company = next(each for each in shop.stored("companies") if each["company_key"] == key)
    token = next(each for each in shop.stored("tokens") if each["company_id"] == company["id"])
    return shop.but(X_API_TOKEN=token["token"])


def test_a_company_moves_in_as_a_new_one(shop: Shop) -> None:
    answer = start(shop, old())
    assert answer.status_code == 200
    assert (answer.json()["method"], answer.json()["started_at"]) == ("database", "2026-01-15T09:00:00.000000Z")
    quay = owner_of(shop, "quay")
    assert quay.company()["settings"]["name"] == "Old Quay"
    assert quay.company()["settings"]["currency_id"] == "3"
    clients = [(each["name"], each["is_deleted"], each["archived_at"] > 0) for each in rows(quay.get("clients"))]
    assert clients == [("Ada", False, False), ("Gone", True, True), ("Away", False, True)]
    ada = rows(quay.get("clients"))[0]
    assert (ada["balance"], ada["paid_to_date"], ada["country_id"]) == (150, 50, "276")
    assert ada["contacts"][0]["email"] == "ada@example.com"
    invoices = [
        (each["number"], each["amount"], each["balance"], each["status_id"], each["date"])
        for each in rows(quay.get("invoices"))
    ]
    assert invoices == [("V4-1", 200, 150, "3", "2020-01-02"), ("V4-2", 5, 0, "1", "2026-01-15")]
    (task,) = rows(quay.get("tasks"))
    assert (task["project_id"], task["client_id"]) == (quay.ids("projects")[0], ada["id"])
    assert rows(quay.get("tax_rates"))[0]["rate"] == 19


def test_what_came_of_it_is_told(shop: Shop) -> None:
    start(shop, old())
    done = job(shop)
    assert done["counts"] == {"tax_rates": 1, "clients": 3, "projects": 1, "invoices": 2, "payments": 1, "tasks": 1}
    assert done["errors"] == {"invoices": [{"id": "5", "error": ["The client id field is required."]}]}


def test_the_company_of_the_call_is_left_alone(people: Shop) -> None:
    before = people.stored("activities")
    start(people, old())
    assert (total(people.get("clients")), total(people.get("invoices"))) == (3, 2)
    own = people.company()["id"]
    assert [each for each in people.stored("activities") if each["company_id"] == own] == before
    assert total(owner_of(people, "quay").get("activities")) == 9


def test_a_company_that_is_there_is_left_alone_unless_forced(shop: Shop) -> None:
    start(shop, old())
    quay = owner_of(shop, "quay")
    quay.client(name="New")
    assert start(shop, old()).status_code == 200
    assert (job(shop)["error"], total(quay.get("clients"))) == ("The company exists already.", 4)
    start(shop, old(force=True))
    assert [each["name"] for each in rows(quay.get("clients"))] == ["Ada", "Gone", "Away"]
    assert rows(quay.get("clients"))[0]["number"] == "0001"
    assert (total(quay.get("payment_terms")), total(quay.get("task_statuses"))) == (8, 4)
    assert len(shop.stored("companies")) == 2


def test_several_companies_each_bring_a_file(shop: Shop) -> None:
    start(shop, old(0, "one"), old(1, "two"))
    assert [total(owner_of(shop, key).get("clients")) for key in ("one", "two")] == [3, 3]
    assert [each["company_key"] for each in jobs(shop)] == ["one", "two"]


def test_an_account_holds_ten_companies(shop: Shop) -> None:
    for number in range(9):
        shop.found(f"C{number}")
    assert start(shop, old()).status_code == 200
    assert job(shop)["error"] == "The account has 10 companies already."
    assert len(shop.stored("companies")) == 10


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ({}, {"companies": ["The companies field is required."]}),
        ({"companies": "no JSON"}, {"companies": ["The companies field is required."]}),
        ({"companies": '{"company_key": "x"}'}, {"companies": ["The companies is invalid."]}),
        ({"companies": "[{}]"}, {"companies": ["The companies is invalid."]}),
        ({"companies": '[{"company_key": "x", "company_index": 3}]'}, {"3": ["The 3 field is required."]}),
        ({"companies": '[{"company_key": "x"}]'}, {"0": ["The 0 must be a file of type: zip."]}),
    ],
)
def test_a_form_that_lacks_something_is_refused(shop: Shop, form: JSON, wanted: JSON) -> None:
    refused = shop.call("POST", "migration/start", data=form or {"x": "y"}, files=[("0", ("m.zip", b"no zip"))])
    assert errors(refused) == wanted
    assert len(shop.stored("companies")) == 1


def test_nothing_moves_when_one_of_the_files_is_none(shop: Shop) -> None:
    good = zipped(migration_json=orjson.dumps(DATA))
    refused = start(shop, old(0, "one"), old(1, "two"), n0=good, n1=zipped(other_json="{}"))
    assert errors(refused) == {"1": ["The 1 must be a file of type: zip."]}
    assert len(shop.stored("companies")) == 1


def test_only_administrators_start_a_migration(shop: Shop) -> None:
    assert start(shop.hire("create_all,edit_all,view_all"), old()).status_code == 401


def test_the_route_without_a_handler_leads_nowhere(shop: Shop) -> None:
    refused = shop.post("migrate", {})
    assert (refused.status_code, refused.json()) == (404, {"message": "Route does not exist"})
    assert record(shop.get(f"companies/{shop.company()['id']}"))["id"]
