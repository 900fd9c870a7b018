"""Each endpoint of the control API: what it answers, and what it says to a call that makes no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import __version__

if TYPE_CHECKING:
    from tests.control.conftest import Control


def names(control: Control) -> list[str]:
    return [world["name"] for world in control("GET", "/worlds").json()["worlds"]]


def test_health_says_what_is_served(shared: Control) -> None:
    found = shared("GET", "/health").json()
    assert found["status"] == "ok"
    assert found["version"] == __version__
    assert found["worlds"] == 1
    assert {name: found[name] for name in ("scenario", "seed", "locale", "scale")} == {
        "scenario": "freelancer", "seed": 1, "locale": "en_US", "scale": 1
    }  # fmt: skip


def test_health_needs_no_token(shared: Control) -> None:
    assert shared("GET", "/health").status_code == 200


def test_the_document_is_the_one_that_is_served(shared: Control) -> None:
    answer = shared("GET", "/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == shared.mock.document.raw


def test_worlds_are_listed_with_what_is_in_them(shared: Control) -> None:
    (world,) = shared("GET", "/worlds").json()["worlds"]
    assert world["name"] == "default"
    state = shared.mock.worlds.default.state
    assert world["version"] == state.version
    assert world["records"] == {name: sum(1 for _ in table) for name, table in state.tables.items()}


def test_a_world_is_made_once_and_found_again(control: Control) -> None:
    first = control("POST", "/worlds", {"name": "mine"}).json()
    again = control("POST", "/worlds", {"name": "mine"}).json()
    assert first == again
    assert first["records"] == control("GET", "/worlds").json()["worlds"][0]["records"]
    assert names(control) == ["default", "mine"]


def test_a_world_is_forgotten(control: Control) -> None:
    control("POST", "/worlds", {"name": "mine"})
    assert control("DELETE", "/worlds/mine").json() == {"deleted": "mine"}
    assert names(control) == ["default"]
    assert control("DELETE", "/worlds/mine").status_code == 404


def test_the_default_world_is_put_back_instead_of_forgotten(control: Control) -> None:
    control.api("POST", "/api/v1/products", {"product_key": "gone"})
    assert control("DELETE", "/worlds/default").status_code == 200
    assert names(control) == ["default"]
    assert control.api("GET", "/api/v1/products?product_key=gone").json()["data"] == []


@pytest.mark.parametrize(
    "resource", ["clients", "invoices", "products", "companies", "users", "tokens", "client_contacts"]
)
def test_state_shows_all_stored_rows(shared: Control, resource: str) -> None:
    found = shared("GET", f"/state/{resource}?per_page=5000").json()
    stored = [record.data for record in shared.mock.worlds.default.state.table(resource)]
    assert [row["id"] for row in found["data"]] == [data["id"] for data in stored]
    assert found["meta"]["pagination"]["total"] == len(stored)


def test_state_comes_in_pages(shared: Control) -> None:
    pages = [shared("GET", f"/state/invoices?per_page=5&page={number}").json() for number in (1, 2)]
    assert [len(page["data"]) for page in pages] == [5, 5]
    assert pages[0]["data"][0]["id"] != pages[1]["data"][0]["id"]
    assert pages[1]["meta"]["pagination"]["links"]["previous"] == "/__mock__/state/invoices?page=1"


def test_state_hides_passwords_and_shows_files_as_sizes(control: Control) -> None:
    product = control.api("POST", "/api/v1/products", {"product_key": "file"}).json()["data"]["id"]
    part = b'--b\r\nContent-Disposition: form-data; name="documents[]"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n'
    kind = {"X-API-TOKEN": "TOKEN", "Content-Type": "multipart/form-data; boundary=b"}
    assert control("PUT", f"/api/v1/products/{product}/upload", part, headers=kind, prefix="").status_code == 200
    assert control("GET", "/state/documents").json()["data"][-1]["content"] == "<5 bytes>"
    assert "password" not in json.dumps([row["password"] for row in control("GET", "/state/users").json()["data"]])


@pytest.mark.parametrize(
    "path", ["/state/nonsense", "/state/clients/x", "/state/..", "/state/%2e%2e%2fetc", "/state/__class__"]
)
def test_state_of_nothing_is_404(shared: Control, path: str) -> None:
    assert shared("GET", path).status_code == 404


@pytest.mark.parametrize(
    "query", ["per_page=-1", "per_page=abc", "page=1e400", "page=-5", "page=999999999999", "world=default"]
)
def test_state_takes_odd_pages(shared: Control, query: str) -> None:
    assert shared("GET", f"/state/clients?{query}").status_code == 200


def test_state_of_a_world_that_is_not_there_makes_none(control: Control) -> None:
    assert control("GET", "/state/clients?world=nobody").status_code == 404
    assert names(control) == ["default"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/reset"), ("POST", "/health"), ("PUT", "/worlds"), ("DELETE", "/worlds"),
        ("GET", "/worlds/default"), ("POST", "/docs"),
        ("GET", "/nonsense"), ("POST", ""), ("DELETE", "/state/clients"), ("GET", "/state"), ("PATCH", "/reset"),
        ("GET", "//health//x"),
    ],
)  # fmt: skip
def test_an_unknown_control_call_is_404_and_says_what_there_is(shared: Control, method: str, path: str) -> None:
    answer = shared(method, path)
    assert answer.status_code == 404
    (found,) = json.loads(answer.headers["x-mock-diagnostics"])
    assert "/__mock__/health" in found["wanted"]


@pytest.mark.parametrize("path", ["x", "-other", "health"])
def test_a_path_that_only_begins_alike_is_no_control_call(shared: Control, path: str) -> None:
    answer = shared("GET", path, prefix="/__mock__", headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 404
    assert answer.json() == {"message": "Route does not exist"}


@pytest.mark.parametrize("body", [b"{", b"[1]", b"5", b'"x"', b"null", b"\xff", b"{" * 100_000, b"name=x"])
@pytest.mark.parametrize("path", ["/worlds", "/reset"])
def test_a_control_body_that_is_no_object_is_400(control: Control, path: str, body: bytes) -> None:
    before = control.mock.worlds.default
    assert control("POST", path, body).status_code == 400
    assert control.mock.worlds.default is before
    assert names(control) == ["default"]


def test_head_answers_as_get_without_the_body(shared: Control) -> None:
    head, get = shared("HEAD", "/health"), shared("GET", "/health")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(get.content))


NAMES: list[Any] = [
    "", " ", "../x", "a/b", "a b", "a\x00b", "\u00fc", "\u0661", "\u00b2", "x" * 65, "x" * 10_000, "..", ".", "---",
    "a:b", "a@b", "a%2fb", "<x>",
    "a\r\nb", ["x"], {"a": 1}, 5.5, True,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_a_name_that_is_none_makes_no_world(control: Control, name: Any) -> None:
    answer = control("POST", "/worlds", {"name": name})
    if answer.status_code == 200:
        assert str(name).isascii()
        assert str(name).replace(".", "").isalnum()
    else:
        assert answer.status_code == 400
        assert names(control) == ["default"]


BAD = [name for name in NAMES if isinstance(name, str) and name and not {"/", "@", "%"} & set(name)]


@pytest.mark.parametrize("name", BAD, ids=lambda name: ascii(name)[:20])
def test_no_header_prefix_or_token_with_a_bad_name_makes_a_world(control: Control, name: str) -> None:
    if name.isascii():
        for header in ({"X-Mock-World": name}, {"X-API-TOKEN": f"TOKEN@{name}"}):
            assert control.api("GET", "/api/v1/ping", **header).status_code in (400, 403)
    answer = control.api("GET", f"/worlds/{name}/api/v1/ping")
    assert answer.status_code in (400, 404)
    assert names(control) == ["default"]


@pytest.mark.parametrize("name", ["a", "A.b-c_9", "x" * 64, "0"])
def test_letters_digits_dots_dashes_and_underscores_are_a_name(control: Control, name: str) -> None:
    assert control("POST", "/worlds", {"name": name}).status_code == 200
    assert names(control) == ["default", name]


def test_limits_of_a_world_are_set_and_looked_up(control: Control) -> None:
    assert control("GET", "/rate-limit").json() == {"world": "default", "limits": None}
    answer = control("POST", "/rate-limit", {"limits": "1/m,login=off"}).json()
    assert answer == control("GET", "/rate-limit").json()
    assert answer["limits"] == {
        "api": "1 calls in 60 s",
        "refresh": "200 calls in 60 s",
        "404": "10 calls in 60 s",
        "routes": "as the service has them",
    }
    assert [control.api("GET", "/api/v1/ping").status_code for _ in range(2)] == [200, 429]
    assert control.api("GET", "/worlds/other/api/v1/ping").status_code == 200
    control("POST", "/rate-limit", {"limits": "off"})
    assert control.api("GET", "/api/v1/ping").status_code == 200


def test_a_reset_brings_the_limits_of_the_server_back(control: Control) -> None:
    control("POST", "/rate-limit", {"world": "mine", "limits": "1/m"})
    assert control("POST", "/reset", {"world": "mine"}).status_code == 200
    assert control("GET", "/rate-limit?world=mine").json() == {"world": "mine", "limits": None}


@pytest.mark.parametrize("limits", ["300", 300, None, ["1/m"], "routes=1/m"])
def test_limits_that_can_not_be_read_change_nothing(control: Control, limits: Any) -> None:
    control("POST", "/rate-limit", {"limits": "5/m"})
    answer = control("POST", "/rate-limit", {"limits": limits})
    assert (answer.status_code, answer.json()) == (400, {"message": "The limits can't be read."})
    assert control("GET", "/rate-limit").json()["limits"]["api"] == "5 calls in 60 s"
    assert control("GET", "/rate-limit?world=nowhere").status_code == 404
