"""Before the first call there is an account, a company, its owner and two tokens."""

from __future__ import annotations

import pytest

from mockserver import ids
from mockserver.clock import EPOCH, Clock
from mockserver.local import LocalClient
from mockserver.seeding import base_world
from mockserver.world import Identity, World
from tests.seeding.garden import client, engine, grown, rows, shared

IDENTITY = Identity(token="my-own-token", email="owner@example.org", password="a long one")


def base(seed: int = 1) -> World:
    clock = Clock(frozen=EPOCH)
    return base_world(
        engine()[0].document, seed=seed, identity=IDENTITY, base_url="https://bill.example.com", clock=clock
    )


def test_all_rows_belong_to_the_one_company() -> None:
    world = base()
    assert {name: [record.company for record in table] for name, table in world.state.tables.items()} == {
        "accounts": [1],
        "companies": [1],
        "users": [1],
        "tokens": [1, 1],
        "company_users": [1],
        "payment_terms": [1] * 8,
        "designs": [0] * 11,  # those of the service, which belong to nobody
    }


def test_the_rows_point_at_each_other() -> None:
    world = base()
    one = ids.encode(1)
    link = rows(world, "company_users")[0]
    assert (link["user_id"], link["company_id"], link["account_id"]) == (one, one, one)
    assert (link["is_owner"], link["is_admin"], link["permissions"]) == (True, True, "")
    own, login = rows(world, "tokens")
    assert (own["token"], own["name"], own["is_system"]) == ("my-own-token", "Default", False)
    assert (len(login["token"]), login["is_system"], link["token_id"]) == (64, True, login["id"])
    account = rows(world, "accounts")[0]
    assert account["default_company_id"] == one


def test_the_company_starts_from_the_defaults_of_the_document() -> None:
    company = rows(base(), "companies")[0]
    settings, defaults = company["settings"], engine()[0].document.setting_defaults
    assert set(settings) == set(defaults)
    changed = {key: value for key, value in settings.items() if value != defaults[key]}
    assert changed == {"name": "Untitled Company", "language_id": "1", "timezone_id": "33"}
    assert (settings["currency_id"], settings["country_id"]) == ("1", "840")
    assert len(company["company_key"]) == 32


def test_keys_depend_on_the_seed() -> None:
    assert rows(base(), "companies") == rows(base(), "companies")
    for resource, field in (("companies", "company_key"), ("accounts", "key"), ("users", "referral_code")):
        assert rows(base(), resource)[0][field] != rows(base(seed=2), resource)[0][field]


def test_the_token_and_the_login_work() -> None:
    ours = LocalClient(*engine(), base())
    assert ours.call("GET", "/api/v1/clients")[0] == 200
    login = {"email": IDENTITY.email, "password": IDENTITY.password}
    status, answer = ours.call("POST", "/api/v1/login", login)
    assert status == 200
    assert answer["data"][0]["user"]["email"] == "owner@example.org"
    token = answer["data"][0]["token"]["token"]
    assert ours.call("GET", "/api/v1/clients", token=token)[0] == 200


@pytest.mark.parametrize("path", ["/api/v1/companies", "/api/v1/users", "/api/v1/tokens"])
def test_the_rows_are_what_the_document_says(path: str) -> None:
    status, answer = client(grown("empty")).call("GET", path)
    assert (status, len(answer["data"])) == (200, 2 if path.endswith("tokens") else 1)


def test_the_empty_scenario_names_its_people_and_nothing_else() -> None:
    world = shared("empty")
    assert set(world.state.tables) == {
        *("accounts", "companies", "users", "tokens", "company_users"),
        *("payment_terms", "designs"),
    }
    user = rows(world, "users")[0]
    assert user["first_name"]
    assert user["last_name"]
    assert rows(world, "companies")[0]["settings"]["name"] != "Untitled Company"
