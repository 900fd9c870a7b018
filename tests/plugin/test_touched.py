"""`--touched FILE` of this checkout: who called what, with one process or several, over a socket or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["pytester"]

OPTIONS = Path(__file__).resolve().parents[2] / "conftest.py"
QUIET = [f"-pno:{name}" for name in ("schemathesis", "faker", "hypothesispytest", "cacheprovider")]
INSIDE = """
def test_a_list(mock_client):
    assert mock_client.get("/api/v1/clients").status_code == 200

def test_no_token(mock_client):
    assert mock_client.get("/api/v1/clients", headers={"X-API-TOKEN": None}).status_code == 403

def test_a_path_of_nobody(mock_client):
    assert mock_client.get("/api/v1/nothing").status_code == 404
"""
OUTSIDE = """
from urllib.request import Request, urlopen

def test_over_a_socket(mock_server):
    sent = Request(f"{mock_server.url}/api/v1/products", headers={"X-API-TOKEN": mock_server.token})
    assert urlopen(sent).status == 200

def test_an_upload_by_post(mock_client):
    product = mock_client.post("/api/v1/products", json={"product_key": "a"}).json()["data"]
    files = [("documents[]", ("a.txt", b"x"))]
    path = f"/api/v1/products/{product['id']}/upload"
    assert mock_client.post(path, data={"_method": "PUT"}, files=files).status_code == 200
"""
SETTINGS = """
import pytest
from mockserver.app import Settings

@pytest.fixture(scope="session")
def mock_settings():
    return Settings(scenario="empty")
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> Callable[..., dict[str, dict[str, str]]]:
    """Run two small modules with the options of this checkout, and give what was written down."""
    pytester.makeconftest(OPTIONS.read_text("utf-8") + SETTINGS)
    pytester.makepyfile(test_inside=INSIDE, test_outside=OUTSIDE)

    def start(*words: str) -> dict[str, dict[str, str]]:
        pytester.runpytest_subprocess("--touched", "touched.json", *QUIET, *words).assert_outcomes(
            passed=3 if "test_inside.py" in words else 5
        )
        found: dict[str, dict[str, str]] = json.loads((pytester.path / "touched.json").read_text("utf-8"))
        return found

    return start


WANTED = {
    "createProduct": {"test_outside": "200"},
    "listClients": {"test_inside": "200 403"},
    "listProducts": {"test_outside": "200"},
    "uploadProductDocumentsByPost": {"test_outside": "200"},
}


@pytest.mark.parametrize("words", [("-pno:xdist",), ("-n2",)], ids=["one process", "two processes"])
def test_what_was_called_is_written_down(run: Callable[..., dict[str, dict[str, str]]], words: tuple[str, ...]) -> None:
    assert run(*words) == WANTED


def test_a_run_of_one_module_keeps_what_the_others_did(
    run: Callable[..., dict[str, dict[str, str]]], pytester: pytest.Pytester
) -> None:
    kept = {"listClients": {"test_inside": "500"}, "listProducts": {"test_gone": "200", "test_outside": "404"}}
    (pytester.path / "touched.json").write_text(json.dumps(kept), "utf-8")
    assert run("-pno:xdist", "test_inside.py") == {
        "listClients": {"test_inside": "200 403"},
        "listProducts": {"test_outside": "404"},
    }


def test_each_operation_is_a_line_in_its_order(run: Callable[..., object], pytester: pytest.Pytester) -> None:
    run("-pno:xdist")
    lines = (pytester.path / "touched.json").read_text("utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines] == ["{", *(json.dumps(name) for name in WANTED), "}"]
