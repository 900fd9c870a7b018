"""The pytest plugin in the project of a user: two fixtures, a world for each test, settings that can be overridden."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["pytester"]

QUIET = [f"-pno:{name}" for name in ("schemathesis", "faker", "hypothesispytest", "xdist", "cacheprovider")]

IN_PROCESS = """
def test_client(mock_client):
    answer = mock_client.post("/api/v1/clients", json={"name": "Only here"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert [c["name"] for c in mock_client.get("/api/v1/clients?filter=Only+here").json()["data"]] == ["Only here"]

def test_nothing_is_left_of_it(mock_client):
    assert mock_client.get("/api/v1/clients?filter=Only+here").json()["data"] == []

def test_forms_files_and_params(mock_client):
    product = mock_client.post("/api/v1/products", data={"product_key": "form"}).json()["data"]
    assert product["product_key"] == "form"
    files = [("documents[]", ("a.txt", b"hello"))]
    url = f"/api/v1/products/{product['id']}/upload"
    document = mock_client.put(url, files=files).json()["data"]["documents"][0]
    assert mock_client.get(f"/api/v1/documents/{document['id']}/download").content == b"hello"
    page = mock_client.get("/api/v1/products", params={"per_page": 1}).json()
    assert page["meta"]["pagination"]["per_page"] == 1

def test_no_token(mock_client):
    assert mock_client.get("/api/v1/clients", headers={"X-API-TOKEN": None}).status_code == 403

def test_the_world_is_there_to_look_into(mock_client, mock_world):
    assert mock_client.world is mock_world
    before = mock_world.state
    assert mock_client.put("/api/v1/clients/zzzzzzzzzz", json={}).status_code == 400
    assert mock_world.state is before
"""

OVER_THE_SOCKET = """
import json
import threading
from urllib.request import Request, urlopen

def call(server, path, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    sent = {"X-API-TOKEN": server.token, "Content-Type": "application/json", **headers}
    with urlopen(Request(server.url + path, data=data, headers=sent), timeout=20) as answer:
        return json.load(answer)["data"]

def test_server(mock_server):
    made = call(mock_server, "/api/v1/products", {"product_key": "only here"})
    assert made["id"] in [row["id"] for row in call(mock_server, "/api/v1/products?per_page=5000")]

def test_links_lead_to_this_server_and_world(mock_server):
    url, key = mock_server.url, "/api/v1/invoices?per_page=1"
    for _ in range(2):  # the second answer comes from the kept form of the record
        invoice = call(mock_server, key)[0]
        invitation = call(mock_server, f"/api/v1/invoices/{invoice['id']}")["invitations"][0]
        assert invitation["link"] == f"{url}/client/invoice/{invitation['key']}"
        assert invoice["invitations"][0]["link"] == invitation["link"]
    client = call(mock_server, f"/api/v1/clients/{invoice['client_id']}")
    assert client["contacts"][0]["link"].startswith(f"{url}/client/key_login/")
    company = call(mock_server, "/api/v1/companies")[0]["id"]
    parts = (
        b'--x\\r\\nContent-Disposition: form-data; name="company_logo"; filename="a.png"\\r\\n'
        b"Content-Type: image/png\\r\\n\\r\\npicture\\r\\n--x--\\r\\n"
    )
    sent = {"X-API-TOKEN": mock_server.token, "Content-Type": "multipart/form-data; boundary=x"}
    request = Request(f"{url}/api/v1/companies/{company}?_method=PUT", data=parts, headers=sent)
    with urlopen(request, timeout=20) as answer:
        logo = json.load(answer)["data"]["settings"]["company_logo"]
    assert logo.startswith(f"{url}/api/v1/companies/")
    with urlopen(Request(logo, headers={"X-API-TOKEN": mock_server.token}), timeout=20) as answer:
        assert answer.read() == b"picture"

def test_nothing_is_left_of_it(mock_server):
    assert "only here" not in [row["product_key"] for row in call(mock_server, "/api/v1/products?per_page=5000")]

def test_both_fixtures_are_one_world(mock_server, mock_client):
    made = call(mock_server, "/api/v1/products", {"product_key": "both"})
    assert mock_client.get(f"/api/v1/products/{made['id']}").json()["data"]["product_key"] == "both"

def test_login(mock_server):
    body = {"email": mock_server.email, "password": mock_server.password}
    token = call(mock_server, "/api/v1/login", body)[0]["token"]["token"]
    assert call(mock_server, "/api/v1/clients", **{"X-API-TOKEN": token})

def test_a_program_that_only_takes_a_token(mock_server):
    root, _, world = mock_server.url.partition("/worlds/")
    call(mock_server, "/api/v1/products", {"product_key": "by token"})
    request = Request(f"{root}/api/v1/products?per_page=5000", headers={"X-API-TOKEN": f"{mock_server.token}@{world}"})
    with urlopen(request, timeout=20) as answer:
        assert b"by token" in answer.read()

def test_threads(mock_server):
    made = []
    def work():
        for _ in range(10):
            made.append(call(mock_server, "/api/v1/products", {"product_key": "thread"})["id"])
    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert len(set(made)) == 50
"""

OWN_SETTINGS = """
import pytest
from mockserver.app import Settings
from mockserver.world import Identity

@pytest.fixture(scope="session")
def mock_settings():
    return Settings(scenario="empty", identity=Identity("mine", "me@example.com", "secret"), rate_limit="9/m")

def test_settings(mock_server, mock_client):
    assert (mock_server.token, mock_server.email, mock_server.password) == ("mine", "me@example.com", "secret")
    answer = mock_client.get("/api/v1/clients")
    assert (answer.json()["data"], answer.headers["x-ratelimit-remaining"]) == ([], "8")
    body = {"email": "me@example.com", "password": "secret"}
    assert mock_client.post("/api/v1/login", json=body).status_code == 200

@pytest.mark.parametrize("name", ["a/b", "../x", "\\u00fc", "x" * 300, "", " ", "a@b"])
def test_any_name(mock_client, name):
    assert mock_client.post("/api/v1/clients", json={"name": "One"}).status_code == 200
    assert len(mock_client.get("/api/v1/clients").json()["data"]) == 1

def test_gr\u00f6\u00dfe_\u4f60\u597d(mock_client):
    assert mock_client.get("/api/v1/ping").status_code == 200

def test_worlds_are_given_back(mock_app, mock_world):
    assert len(list(mock_app.worlds)) == 2
"""


def test_the_client_fixture_gives_each_test_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(IN_PROCESS)
    pytester.runpytest_subprocess(*QUIET, "-Werror").assert_outcomes(passed=5)


def test_the_server_fixture_gives_each_test_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(OVER_THE_SOCKET)
    found = pytester.runpytest_subprocess(*QUIET)
    found.assert_outcomes(passed=7)
    assert "Traceback" not in found.stderr.str()


def test_settings_can_be_overridden_and_worlds_are_given_back(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(OWN_SETTINGS)
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=10)


def test_the_fixtures_are_listed_with_what_they_are(pytester: pytest.Pytester) -> None:
    found = pytester.runpytest_subprocess(*QUIET, "--fixtures")
    for name in ("mock_server", "mock_client", "mock_world", "mock_settings", "mock_app"):
        found.stdout.fnmatch_lines([f"{name}*"])


def test_a_project_that_uses_no_fixture_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys

        def test_light():
            assert "connexion" not in sys.modules
            assert "uvicorn" not in sys.modules
            assert "mockserver.app" not in sys.modules
    """)
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)
