"""The scenarios of the package: reproducible, valid and with money that adds up."""

from __future__ import annotations

import re
import time
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.clock import EPOCH, date_at
from mockserver.errors import StartError
from mockserver.seeding import scenario_names
from tests.seeding.garden import EVERYTHING, client, grown, lists, printed, rows, shared

if TYPE_CHECKING:
    from mockserver.world import World

FILLED = ["agency", "freelancer", "overdue", "shop"]
OPEN = ("2", "3")


def total(values: list[Any]) -> Decimal:
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def test_the_names_are_known() -> None:
    assert scenario_names() == ["agency", "empty", "freelancer", "overdue", "shop"]


@pytest.mark.parametrize("name", FILLED)
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    assert printed(shared(name)) == printed(grown(name))


@pytest.mark.parametrize("name", FILLED)
def test_another_seed_gives_another_world(name: str) -> None:
    assert printed(shared(name)) != printed(shared(name, 2))


def test_the_day_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    today = printed(shared())
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert printed(grown()) == today


def test_the_clock_runs_afterwards() -> None:
    from mockserver.seeding import seed_world
    from tests.seeding.garden import engine

    assert seed_world(*engine(), scenario="empty").clock.frozen is None


@pytest.mark.parametrize("seed", [1, 2, 77])
@pytest.mark.parametrize("name", FILLED)
def test_balances_are_the_sums_of_their_parts(name: str, seed: int) -> None:
    world = shared(name, seed)
    for each in rows(world, "clients"):
        owed = [
            invoice["balance"]
            for invoice in rows(world, "invoices")
            if invoice["client_id"] == each["id"] and invoice["status_id"] in OPEN and not invoice["is_deleted"]
        ]
        paid = [payment["amount"] for payment in rows(world, "payments") if payment["client_id"] == each["id"]]
        assert Decimal(str(each["balance"])) == total(owed)
        assert Decimal(str(each["paid_to_date"])) == total(paid)


@pytest.mark.parametrize("name", FILLED)
def test_an_invoice_is_paid_by_its_payments(name: str) -> None:
    world = shared(name)
    paid: dict[str, list[Any]] = {}
    for share in rows(world, "paymentables"):
        paid.setdefault(share["invoice_id"], []).append(share["amount"])
    for invoice in rows(world, "invoices"):
        amount, balance = Decimal(str(invoice["amount"])), Decimal(str(invoice["balance"]))
        assert Decimal(str(invoice["paid_to_date"])) == total(paid.get(invoice["id"], []))
        if invoice["status_id"] in OPEN:
            assert balance == amount - Decimal(str(invoice["paid_to_date"]))
        else:
            assert balance == 0


@pytest.mark.parametrize("name", ["empty", *FILLED])
def test_every_record_is_what_the_document_says(name: str) -> None:
    """The engine checks each record that it answers with; a wrong one would raise."""
    world = shared(name)
    ours = client(world)
    for path in lists():
        status, answer = ours.call("GET", f"{path}?{EVERYTHING}")
        assert status == 200
        for record in answer["data"]:
            status, one = ours.call("GET", f"{path}/{record['id']}", headers={"X-API-PASSWORD": "password"})
            assert (status, one["data"]["id"]) == (200, record["id"])


@pytest.mark.parametrize("name", FILLED)
def test_relations_lead_somewhere(name: str) -> None:
    world = shared(name)
    clients = {each["id"]: each for each in rows(world, "clients")}
    contacts = {each["id"]: each for each in rows(world, "client_contacts")}
    invoices = {each["id"]: each for each in rows(world, "invoices")}
    locations = {each["id"]: each for each in rows(world, "locations")}
    assert all(each["client_id"] in clients for each in contacts.values())
    for invitation in rows(world, "invoice_invitations"):
        invoice = invoices[invitation["invoice_id"]]
        assert contacts[invitation["client_contact_id"]]["client_id"] == invoice["client_id"]
    for invoice in invoices.values():
        place = locations.get(invoice["location_id"])
        assert place is None or place["client_id"] == invoice["client_id"]


@pytest.mark.parametrize("name", FILLED)
def test_time_goes_forwards(name: str) -> None:
    world = shared(name)
    for resource in ("clients", "products", "invoices", "payments"):
        made = [each["created_at"] for each in rows(world, resource)]
        assert made == sorted(made)
        assert all(each["created_at"] <= each["updated_at"] <= EPOCH for each in rows(world, resource))
    numbers = [each["number"].removesuffix("_Deleted") for each in rows(world, "invoices")]
    assert numbers == sorted(numbers)
    for invoice in rows(world, "invoices"):
        assert invoice["date"] == date_at(invoice["created_at"], "Europe/London")


@pytest.mark.parametrize("name", FILLED)
def test_mail_goes_nowhere(name: str) -> None:
    reserved = re.compile(r"@([a-z0-9]+\.)?example\.com$")
    for contact in rows(shared(name), "client_contacts"):
        assert reserved.search(contact["email"])


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_freelancer_has_invoices_in_every_state(seed: int) -> None:
    world = shared("freelancer", seed)
    invoices = rows(world, "invoices")
    states = Counter(each["status_id"] for each in invoices)
    assert set(states) == {"1", "2", "3", "4", "5"}
    assert any(each["is_deleted"] for each in invoices)
    assert any(each["archived_at"] and not each["is_deleted"] for each in invoices)
    today = date_at(EPOCH)
    assert any(each["status_id"] == "2" and each["due_date"] < today for each in invoices)
    assert any(each["status_id"] == "2" and each["due_date"] > today for each in invoices)
    assert (len(rows(world, "clients")), len(rows(world, "products")), len(invoices)) == (10, 12, 26)


def test_most_of_overdue_is_overdue() -> None:
    _, late = client(shared("overdue")).call("GET", "/api/v1/invoices?overdue=true&per_page=1")
    _, everything = client(shared("overdue")).call("GET", "/api/v1/invoices?per_page=1")
    assert late["meta"]["pagination"]["total"] > 0.7 * everything["meta"]["pagination"]["total"]


def test_an_agency_has_a_team_files_places_and_currencies() -> None:
    world = shared("agency")
    assert len(rows(world, "users")) == 4
    assert {each["parent_type"] for each in rows(world, "documents")} == {"client", "invoice"}
    assert any(each["location_id"] for each in rows(world, "invoices"))
    assert {each["settings"]["currency_id"] for each in rows(world, "clients")} == {"1", "3"}
    contacts = Counter(each["client_id"] for each in rows(world, "client_contacts"))
    assert max(contacts.values()) == 4


def test_a_shop_has_stock() -> None:
    products = rows(shared("shop"), "products")
    assert len(products) == 252
    assert any(each["in_stock_quantity"] > 0 for each in products)
    assert sum(each["is_deleted"] for each in products) == 2


def names(world: World) -> list[str]:
    return [each["name"] for each in rows(world, "clients")]


def test_a_locale_changes_names_and_the_country() -> None:
    german = grown(locale="de-DE")
    assert set(names(german)).isdisjoint(names(shared()))
    assert {each["country_id"] for each in rows(german, "clients")} == {"276"}
    assert {each["country_id"] for each in rows(shared(), "clients")} == {"840"}
    assert rows(german, "companies")[0]["settings"]["country_id"] == "276"


def test_a_language_without_a_country_keeps_the_usual_one() -> None:
    assert {each["country_id"] for each in rows(grown(locale="th"), "clients")} == {"840"}


def test_scripts_without_ascii_letters_still_have_addresses() -> None:
    world = grown(locale="ja_JP")
    assert all(each["email"].isascii() and each["email"].endswith("example.com") for each in rows(world, "client_contacts"))


@pytest.mark.parametrize(("scale", "clients"), [(3, 26), (0.5, 6), (0.01, 3)])
def test_scale_multiplies_all_but_what_is_exact(scale: float, clients: int) -> None:
    assert len(rows(grown(scale=scale), "clients")) == clients


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf"), 1e9])
def test_a_scale_of_no_use_is_refused(scale: float) -> None:
    with pytest.raises(StartError, match=r"^scale: got `.*`, wanted a factor above 0 and below a million; 1 is"):
        grown(scale=scale)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("freelance", "scenario: got `freelance`, wanted a name or the path of a YAML file; did you mean `freelancer`?"),
        (
            "zoo",
            "scenario: got `zoo`, wanted a name or the path of a YAML file; known: agency, empty, freelancer, overdue, shop",
        ),
        ("no/such.yaml", "scenario: got `no/such.yaml`, wanted a YAML file that is there; check the path"),
    ],
)
def test_an_unknown_scenario_is_refused(name: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        grown(name)
    assert str(caught.value) == message
