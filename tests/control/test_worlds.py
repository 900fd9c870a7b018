"""Worlds: three ways to choose one, nothing leaks between them, reset restores bytes, and there may be a thousand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.control.conftest import Control

PAGES = ("clients", "products", "invoices", "users", "tokens", "companies", "documents", "locations", "statics")


def whole(control: Control, **headers: str) -> list[bytes]:
    """Every list of a world as bytes."""
    return [control.api("GET", f"/api/v1/{name}?per_page=5000", **headers).content for name in PAGES]


def keys(control: Control, path: str = "/api/v1/products", **headers: str) -> list[str]:
    answer = control.api("GET", f"{path}?per_page=5000", **headers)
    return [row["product_key"] for row in answer.json()["data"]]


@pytest.mark.parametrize("way", ["header", "prefix", "token"])
def test_each_way_to_choose_a_world_leads_to_the_same_one(control: Control, way: str) -> None:
    made = {
        "header": lambda: control.api("POST", "/api/v1/products", {"product_key": way}, X_Mock_World="w"),
        "prefix": lambda: control.api("POST", "/worlds/w/api/v1/products", {"product_key": way}),
        "token": lambda: control.api("POST", "/api/v1/products", {"product_key": way}, X_API_TOKEN="TOKEN@w"),
    }[way]()
    assert made.status_code == 200
    assert way in keys(control, X_Mock_World="w")
    assert way in keys(control, "/worlds/w/api/v1/products")
    assert way in keys(control, X_API_TOKEN="TOKEN@w")
    assert way not in keys(control)
    assert way not in keys(control, X_Mock_World="other")


def test_prefix_beats_header_and_header_beats_token(control: Control) -> None:
    control.api(
        "POST", "/worlds/one/api/v1/products", {"product_key": "p"}, X_Mock_World="two", X_API_TOKEN="TOKEN@three"
    )
    assert "p" in keys(control, X_Mock_World="one")
    control.api("POST", "/api/v1/products", {"product_key": "h"}, X_Mock_World="two", X_API_TOKEN="TOKEN@three")
    assert "h" in keys(control, X_Mock_World="two")
    assert "h" not in keys(control, X_Mock_World="three")


def test_links_of_a_page_stay_in_the_world_of_the_prefix(control: Control) -> None:
    answer = control.api("GET", "/worlds/w/api/v1/invoices?per_page=2&page=2", Host="localhost:8080")
    links = answer.json()["meta"]["pagination"]["links"]
    assert links["next"] == "http://localhost:8080/worlds/w/api/v1/invoices?page=3"
    assert links["previous"] == "http://localhost:8080/worlds/w/api/v1/invoices?page=1"


def test_the_control_api_works_below_a_world(control: Control) -> None:
    control.api("POST", "/worlds/w/api/v1/products", {"product_key": "mine"})
    rows = control("GET", "/state/products?per_page=5000", prefix="/worlds/w/__mock__").json()["data"]
    assert "mine" in [row["product_key"] for row in rows]
    assert control("POST", "/reset", prefix="/worlds/w/__mock__").json()["name"] == "w"
    assert "mine" not in keys(control, X_Mock_World="w")


def test_what_is_written_in_one_world_is_seen_in_no_other(control: Control) -> None:
    before = whole(control)
    client = control.api("GET", "/api/v1/clients", X_Mock_World="a").json()["data"][0]["id"]
    control.api("PUT", f"/api/v1/clients/{client}", {"name": "Changed"}, X_Mock_World="a")
    control.api("DELETE", f"/api/v1/clients/{client}", X_Mock_World="b")
    control.api("POST", "/api/v1/invoices?mark_sent=true", {"client_id": client}, X_Mock_World="c")
    company = control.api("POST", "/api/v1/companies/current", X_Mock_World="c").json()["data"]["id"]
    control.api("PUT", f"/api/v1/companies/{company}", {"settings": {"name": "Other"}}, X_Mock_World="c")
    assert whole(control) == before
    assert whole(control, X_Mock_World="d") == before
    assert whole(control, X_Mock_World="a") != before


def test_a_token_of_one_world_is_none_in_another(control: Control) -> None:
    made = control.api("POST", "/api/v1/tokens", {"name": "n"}, X_Mock_World="a", X_API_PASSWORD="password")
    token = made.json()["data"]["token"]
    assert control.api("GET", "/api/v1/ping", X_API_TOKEN=token, X_Mock_World="a").status_code == 200
    assert control.api("GET", "/api/v1/ping", X_API_TOKEN=f"{token}@a").status_code == 200
    assert control.api("GET", "/api/v1/ping", X_API_TOKEN=token, X_Mock_World="b").status_code == 403
    assert control.api("GET", "/api/v1/ping", X_API_TOKEN=token).status_code == 403


def test_a_password_confirmed_in_one_world_is_not_in_another(control: Control) -> None:
    url = "/api/v1/users/create"
    assert control.api("GET", url, X_Mock_World="a", X_API_PASSWORD="password").status_code == 200
    assert control.api("GET", url, X_Mock_World="a").status_code == 200
    assert control.api("GET", url, X_Mock_World="b").status_code == 412


@pytest.mark.parametrize("world", ["default", "mine"])
def test_reset_restores_every_byte(control: Control, world: str) -> None:
    before = whole(control, X_Mock_World=world)
    client = control.api("GET", "/api/v1/clients", X_Mock_World=world).json()["data"][0]["id"]
    for body in ({"name": "x"}, {"name": "y", "contacts": [{"email": "a@example.com"}]}):
        control.api("POST", "/api/v1/clients", body, X_Mock_World=world)
    control.api("DELETE", f"/api/v1/clients/{client}", X_Mock_World=world)
    control.api("POST", "/api/v1/logout", X_Mock_World=world)
    assert control.api("GET", "/api/v1/ping", X_Mock_World=world).status_code in (200, 403)
    answer = control("POST", "/reset", {"world": world}).json()
    assert answer["name"] == world
    assert whole(control, X_Mock_World=world) == before


@pytest.mark.parametrize("way", ["body", "query", "header", "nothing"])
def test_reset_takes_the_world_from_body_query_or_header(control: Control, way: str) -> None:
    for world in ("default", "mine"):
        control.api("POST", "/api/v1/products", {"product_key": "new"}, X_Mock_World=world)
    if way == "body":
        control("POST", "/reset", {"world": "mine"})
    elif way == "query":
        control("POST", "/reset?world=mine")
    elif way == "header":
        control("POST", "/reset", headers={"X-Mock-World": "mine"})
    else:
        control("POST", "/reset")
    left = {world for world in ("default", "mine") if "new" in keys(control, X_Mock_World=world)}
    assert left == ({"mine"} if way == "nothing" else {"default"})


def test_the_same_calls_after_a_reset_give_the_same_ids(control: Control) -> None:
    made = []
    for _ in range(2):
        answer = control.api("POST", "/api/v1/clients", {"name": "Same"}).json()["data"]
        made.append((answer["id"], answer["number"], answer["client_hash"], answer["contacts"][0]["contact_key"]))
        control("POST", "/reset")
    assert made[0] == made[1]


def test_a_thousand_worlds_and_not_one_more(control: Control) -> None:
    for number in range(999):
        assert control.api("GET", "/api/v1/ping", X_Mock_World=f"w{number}").status_code == 200
    for answer in (
        control("POST", "/worlds", {"name": "more"}),
        control.api("GET", "/api/v1/ping", X_Mock_World="more"),
        control.api("GET", "/worlds/more/api/v1/ping"),
        control.api("GET", "/api/v1/ping", X_API_TOKEN="TOKEN@more"),
    ):
        assert answer.status_code == 429
        assert "delete one" in answer.json()["message"]
    assert control.api("GET", "/api/v1/ping", X_Mock_World="w5").status_code == 200
    assert control("POST", "/reset", {"world": "w5"}).status_code == 200
    assert control("DELETE", "/worlds/w7").status_code == 200
    assert control("POST", "/worlds", {"name": "more"}).status_code == 200


def test_a_thousand_worlds_share_what_they_do_not_change(control: Control) -> None:
    for number in range(900):
        control("POST", "/worlds", {"name": f"w{number}"})
    default = control.mock.worlds.default.state
    forks = [control.mock.worlds.get(f"w{number}") for number in range(900)]
    assert all(world.state is forks[0].state for world in forks)
    assert forks[0].state.tables is default.tables
    assert sum(sys.getsizeof(world) for world in forks) < 1_000_000
    assert control("GET", "/worlds").status_code == 200


def test_a_world_may_be_a_copy_of_another_one_as_it_is_now(control: Control) -> None:
    control.api("POST", "/api/v1/products", {"product_key": "kept"}, X_Mock_World="stock")
    control.api("POST", "/api/v1/products", {"product_key": "gone"}, X_Mock_World="copy")
    answer = control("POST", "/worlds", {"name": "copy", "from": "stock"})
    assert (answer.status_code, answer.json()["name"]) == (200, "copy")
    assert "kept" in keys(control, X_Mock_World="copy")
    assert "gone" not in keys(control, X_Mock_World="copy")
    control.api("POST", "/api/v1/products", {"product_key": "later"}, X_Mock_World="copy")
    assert "later" not in keys(control, X_Mock_World="stock")


def test_a_copy_of_a_world_that_is_not_there_is_refused(control: Control) -> None:
    answer = control("POST", "/worlds", {"name": "copy", "from": "nowhere"})
    assert answer.status_code == 404
    assert "copy" not in control("GET", "/worlds").text
