"""The scenario multi-company: who gets in with which token or login, and sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import Settings, create_mock
from mockserver.inprocess import MockClient

if TYPE_CHECKING:
    from mockserver.app import Mock


@pytest.fixture(scope="module")
def mock() -> Mock:
    return create_mock(Settings(scenario="multi-company"))


def asked(mock: Mock, token: str, path: str, **headers: str) -> tuple[int, Any]:
    sent = {"X-API-TOKEN": token, **{name.replace("_", "-"): text for name, text in headers.items()}}
    answer = MockClient(mock, mock.worlds.default).get(f"/api/v1/{path}", headers=sent)
    return answer.status_code, answer.json()


def count(mock: Mock, token: str, resource: str, **headers: str) -> int:
    status, answer = asked(mock, token, f"{resource}?per_page=1", **headers)
    assert status == 200
    return int(answer["meta"]["pagination"]["total"])


def posted(mock: Mock, token: str, path: str, body: dict[str, Any], **headers: str) -> tuple[int, Any]:
    sent = {"X-API-TOKEN": token, **{name.replace("_", "-"): text for name, text in headers.items()}}
    answer = MockClient(mock, mock.worlds.default).post(f"/api/v1/{path}", json=body, headers=sent)
    return answer.status_code, answer.json()


def companies_of(answer: Any) -> list[str]:
    return [link["company"]["settings"]["name"] for link in answer["data"]]


def names(mock: Mock) -> list[str]:
    return [each["settings"]["name"] for each in asked(mock, "TOKEN", "companies")[1]["data"]]


@pytest.mark.parametrize(
    ("token", "clients", "invoices"), [("TOKEN", 14, 30), ("TOKEN-second", 7, 16), ("TOKEN-third", 2, 1)]
)
def test_each_token_of_the_owner_opens_one_company(mock: Mock, token: str, clients: int, invoices: int) -> None:
    assert (count(mock, token, "clients"), count(mock, token, "invoices")) == (clients, invoices)
    assert len(set(names(mock))) == 3
    current = MockClient(mock, mock.worlds.default).post("/api/v1/companies/current", headers={"X-API-TOKEN": token})
    place = ["TOKEN", "TOKEN-second", "TOKEN-third"].index(token)
    assert current.json()["data"]["settings"]["name"] == names(mock)[place]


def test_the_second_company_counts_in_euros(mock: Mock) -> None:
    settings = [each["settings"] for each in asked(mock, "TOKEN", "companies")[1]["data"]]
    assert [each["currency_id"] for each in settings] == ["1", "3", "1"]


@pytest.mark.parametrize(
    ("token", "clients", "invoices", "may_create"),
    [
        ("TOKEN-admin", 7, 16, True),
        ("TOKEN-bookkeeper", 14, 30, False),
        ("TOKEN-bookkeeper-second", 7, 16, False),
        ("TOKEN-sales", 14, 6, True),
        ("TOKEN-viewer", 14, 30, False),
        ("TOKEN-worker", 0, 0, False),
    ],
)
def test_colleagues_see_and_do_what_their_rights_say(
    mock: Mock, token: str, clients: int, invoices: int, may_create: bool
) -> None:
    assert (count(mock, token, "clients"), count(mock, token, "invoices")) == (clients, invoices)
    status, answer = posted(mock, token, "clients", {"name": "New"}, X_Mock_World=f"create-{token}")
    assert status == (200 if may_create else 401), answer


@pytest.mark.parametrize(
    ("token", "message"), [("TOKEN-locked", "User access locked"), ("TOKEN-former", "Invalid token")]
)
def test_those_who_are_shut_out_are_told_so(mock: Mock, token: str, message: str) -> None:
    assert asked(mock, token, "clients") == (403, {"message": message})


@pytest.mark.parametrize(
    ("email", "places"),
    [
        ("user@example.com", [0, 1, 2]),
        ("bookkeeper@example.com", [0, 1]),
        ("admin@example.com", [1]),
        ("sales@example.com", [0]),
    ],
)
def test_a_login_answers_each_company_of_the_person(mock: Mock, email: str, places: list[int]) -> None:
    status, answer = posted(mock, "", "login", {"email": email, "password": "password"})
    assert status == 200
    assert companies_of(answer) == [names(mock)[place] for place in places]
    tokens = [link["token"]["token"] for link in answer["data"]]
    assert [asked(mock, token, "clients")[0] for token in tokens] == [200] * len(places)


@pytest.mark.parametrize(("email", "status"), [("locked@example.com", 400), ("former@example.com", 401)])
def test_a_login_of_somebody_who_is_shut_out_is_refused(mock: Mock, email: str, status: int) -> None:
    assert posted(mock, "", "login", {"email": email, "password": "password"})[0] == status


def test_refresh_answers_all_companies_or_that_of_the_token(mock: Mock) -> None:
    first, second, third = names(mock)
    assert companies_of(posted(mock, "TOKEN-second", "refresh", {})[1]) == [first, second, third]
    assert companies_of(posted(mock, "TOKEN-second", "refresh?current_company=true", {})[1]) == [second]
    assert companies_of(posted(mock, "TOKEN-bookkeeper", "refresh", {})[1]) == [first, second]


def test_every_token_works_in_every_world_and_writes_stay_there(mock: Mock) -> None:
    before = count(mock, "TOKEN-second", "clients")
    assert posted(mock, "TOKEN-second", "clients", {"name": "New"}, X_Mock_World="apart")[0] == 200
    assert count(mock, "TOKEN-second", "clients", X_Mock_World="apart") == before + 1
    assert count(mock, "TOKEN-admin", "clients", X_Mock_World="apart") == before + 1
    assert count(mock, "TOKEN-third", "clients", X_Mock_World="apart") == 2
    assert count(mock, "TOKEN-second", "clients") == before


def test_the_tokens_follow_the_default_one() -> None:
    from mockserver.world import Identity

    mock = create_mock(Settings(scenario="multi-company", identity=Identity(token="mine", password="a long one")))
    assert count(mock, "mine-third", "clients") == 2
    assert posted(mock, "", "login", {"email": "viewer@example.com", "password": "password"})[0] == 200
    assert posted(mock, "", "login", {"email": "user@example.com", "password": "a long one"})[0] == 200
