"""The scenarios of the package: reproducible, and as each of them is described."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mockserver.errors import StartError
from mockserver.seeding import scenario_names
from tests.seeding.garden import client, grown, printed, rows, shared

if TYPE_CHECKING:
    from mockserver.world import World

FILLED = ["agency", "freelancer", "multi-company", "overdue", "shop"]


def test_the_names_are_known() -> None:
    assert scenario_names() == ["agency", "empty", "freelancer", "multi-company", "overdue", "shop"]


@pytest.mark.parametrize("name", FILLED)
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    assert printed(shared(name)) == printed(grown(name))


@pytest.mark.parametrize("scale", [0.001, 0.1])
@pytest.mark.parametrize("name", FILLED)
def test_a_small_world_can_be_made_too(name: str, scale: float) -> None:
    for seed in (3, 5):
        assert rows(grown(name, scale=scale, seed=seed), "invoices")


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


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_freelancer_has_invoices_in_every_state(seed: int) -> None:
    world = shared("freelancer", seed)
    invoices = rows(world, "invoices")
    states = Counter(each["status_id"] for each in invoices)
    assert set(states) == {"1", "2", "3", "4", "5"}
    assert any(each["is_deleted"] for each in invoices)
    assert any(each["archived_at"] and not each["is_deleted"] for each in invoices)
    today = "2026-01-15"
    assert any(each["status_id"] == "2" and each["due_date"] < today for each in invoices)
    assert any(each["status_id"] == "2" and each["due_date"] > today for each in invoices)
    assert (len(rows(world, "clients")), len(rows(world, "products")), len(invoices)) == (10, 13, 31)


def test_most_of_overdue_is_overdue() -> None:
    _, late = client(shared("overdue")).call("GET", "/api/v1/invoices?overdue=true&per_page=1")
    _, everything = client(shared("overdue")).call("GET", "/api/v1/invoices?per_page=1")
    assert late["meta"]["pagination"]["total"] > 0.7 * everything["meta"]["pagination"]["total"]


def test_an_agency_has_a_team_files_places_and_currencies() -> None:
    world = shared("agency")
    assert len(rows(world, "users")) == 4
    assert {each["parent_type"] for each in rows(world, "documents")} == {"client", "expense", "invoice"}
    assert any(each["location_id"] for each in rows(world, "invoices"))
    assert {each["settings"]["currency_id"] for each in rows(world, "clients")} == {"1", "3"}
    contacts = Counter(each["client_id"] for each in rows(world, "client_contacts"))
    assert max(contacts.values()) == 4


def test_a_shop_has_stock() -> None:
    products = rows(shared("shop"), "products")
    assert len(products) == 253
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
    assert all(
        each["email"].isascii() and each["email"].endswith("example.com") for each in rows(world, "client_contacts")
    )


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
        ("freelance", "wanted a name or the path of a YAML file; did you mean `freelancer`?"),
        (
            "zoo",
            "wanted a name or the path of a YAML file; known: agency, empty, freelancer, multi-company, overdue, shop",
        ),
        ("no/such.yaml", "wanted a YAML file that is there; check the path"),
    ],
)
def test_an_unknown_scenario_is_refused(name: str, message: str) -> None:
    with pytest.raises(StartError) as caught:
        grown(name)
    assert str(caught.value) == f"scenario: got `{name}`, {message}"
