"""`mockserver serve`: what its banner says is true, and it ends in good order."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx
import pytest

from mockserver.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Served


def get(served: Served, path: str, token: str = "TOKEN") -> tuple[int, bytes]:
    headers = {"X-API-TOKEN": token, "X-Requested-With": "XMLHttpRequest"}
    answer = httpx.get(served.url + path, headers=headers, timeout=20)
    return answer.status_code, answer.content


def line(served: Served, word: str) -> str:
    (found,) = re.findall(rf"^  {word} +(.+)$", served.banner, flags=re.MULTILINE)
    return str(found)


def table(served: Served) -> dict[str, int]:
    """What the world holds: resource to number, as the table of the banner says."""
    lines = re.findall(r"^ {12}(\S.*)$", served.banner, flags=re.MULTILINE)
    cells = [re.fullmatch(r"(\D+) +([\d,]+)", cell) for each in lines for cell in re.split(r" {3}(?=[a-z])", each)]
    return {cell[1].strip().replace(" ", "_"): int(cell[2].replace(",", "")) for cell in cells if cell}


def test_the_banner_is_true(serve: Callable[..., Served]) -> None:
    served = serve()
    assert served.banner.startswith("mockserver ")
    assert "unofficial" in served.banner
    assert re.fullmatch(r"http://localhost:\d+", served.url)
    assert line(served, "token").split()[0] == "TOKEN"
    assert line(served, "login") == "user@example.com / password"
    # what is in the world is what the lists say
    assert line(served, "world") == "freelancer, seed 1, en_US"
    for resource, held in table(served).items():
        status, body = get(served, f"/api/v1/{resource}?per_page=1")
        assert status == 200
        assert json.loads(body)["meta"]["pagination"]["total"] == held
    assert {"clients": 10, "products": 13, "invoices": 31, "bank_transactions": 13}.items() <= table(served).items()
    # the reference is there
    assert line(served, "reference") == f"{served.url}/__mock__/docs"
    assert b"swagger" in get(served, "/__mock__/docs")[1]


def test_time_passes_in_its_worlds_for_what_is_new(serve: Callable[..., Served]) -> None:
    """What the seed planned in January is left alone; a clock that was moved looks at that too."""
    served = serve()
    assert json.loads(get(served, "/__mock__/clock")[1])["next"] is None
    moved = httpx.put(f"{served.url}/__mock__/clock", json={"advance": 0}, timeout=20).json()
    assert moved["next"] is not None


def test_the_curl_line_of_the_banner_works_as_it_stands(serve: Callable[..., Served]) -> None:
    served = serve("--token", "my token $1")
    command = shlex.split(line(served, "try"))
    assert command[0] == "curl"
    if shutil.which("curl"):
        done = subprocess.run([*command, "--silent", "--show-error"], check=True, capture_output=True, timeout=20)
        answer = json.loads(done.stdout)
    else:
        headers = dict(word.split(": ", 1) for flag, word in pairwise(command) if flag == "-H")
        answer = httpx.get(command[-1], headers=headers, timeout=20).json()
    assert len(answer["data"]) == 2


def test_the_login_of_the_banner_works(serve: Callable[..., Served]) -> None:
    served = serve("--email", "me@example.com", "--password", "p w")
    email, password = line(served, "login").split(" / ")
    answer = httpx.post(f"{served.url}/api/v1/login", json={"email": email, "password": password}, timeout=20)
    assert answer.status_code == 200


def test_options_decide_what_is_in_the_world(serve: Callable[..., Served]) -> None:
    served = serve("--scenario", "empty", "--seed", "7", "--locale", "de_DE", "--token", "other")
    assert line(served, "world") == "empty, seed 7, de_DE"
    assert "\n            nothing yet\n" in served.banner
    assert json.loads(get(served, "/api/v1/clients", "other")[1])["data"] == []
    assert get(served, "/api/v1/clients", "TOKEN")[0] == 403


def test_the_same_seed_gives_the_same_bytes_in_two_processes(serve: Callable[..., Served]) -> None:
    pages = []
    for _ in range(2):
        served = serve("--seed", "3")
        texts = [get(served, f"/api/v1/{name}?per_page=5000")[1] for name in ("clients", "invoices", "products")]
        port = served.url.rpartition(":")[2].encode()
        pages.append([text.replace(port, b"PORT") for text in texts])
    assert pages[0] == pages[1]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_good_order(serve: Callable[..., Served], stop: signal.Signals) -> None:
    served = serve()
    assert get(served, "/api/v1/ping")[0] == 200
    served.process.send_signal(stop)
    code, rest, errors = served.end()
    assert (code, errors) == (0, "")
    assert "Stopped" in rest


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_right_after_the_banner_ends_it_too(serve: Callable[..., Served], stop: signal.Signals) -> None:
    served = serve("--scenario", "empty")
    served.process.send_signal(stop)
    code, _, errors = served.end()
    assert (code, errors) == (0, "")


@pytest.mark.parametrize(
    "sent", [b"", b"GET /api/v1/ping HTT", b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"]
)
def test_open_connections_do_not_hold_it_up(serve: Callable[..., Served], sent: bytes) -> None:
    served = serve("--scenario", "empty")
    with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2]))) as idle:
        idle.sendall(sent)
        time.sleep(0.2)
        served.process.send_signal(signal.SIGINT)
        code, _, errors = served.end()
    assert (code, errors) == (0, "")


def test_ctrl_c_while_it_still_seeds_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mockserver.app.create_mock", interrupted)
    assert main(["serve", "--port", "0"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_server_for_the_whole_network_that_is_strict_says_so_and_serves(serve: Callable[..., Served]) -> None:
    served = serve("--scenario", "empty", "--host", "0.0.0.0", "--strict", "--guards", "--rate-limit", "2/m")
    assert "Every machine of your network can reach this server." in served.banner
    assert [get(served, "/api/v1/clients")[0] for _ in range(3)] == [200, 200, 429]


def test_the_tokens_of_several_companies_are_told_and_work(serve: Callable[..., Served]) -> None:
    served = serve("--scenario", "multi-company")
    told = re.findall(
        r"^(?:  tokens {4}| {12})(TOKEN-\S+) +(\S+@example\.com), (.+)$", served.banner, flags=re.MULTILINE
    )
    assert [token for token, _, _ in told] == [
        *("TOKEN-second", "TOKEN-third", "TOKEN-bookkeeper", "TOKEN-sales", "TOKEN-viewer", "TOKEN-worker"),
        *("TOKEN-locked", "TOKEN-admin", "TOKEN-bookkeeper-second"),
    ]
    for token, email, company in told:
        headers = {"X-API-TOKEN": token, "X-Requested-With": "XMLHttpRequest"}
        answer = httpx.post(f"{served.url}/api/v1/refresh?current_company=true", headers=headers, timeout=20)
        if token == "TOKEN-locked":
            assert answer.status_code == 403
        else:
            (link,) = answer.json()["data"]
            assert (link["user"]["email"], link["company"]["settings"]["name"]) == (email, company)
    assert get(served, "/api/v1/clients", "TOKEN-second@apart")[0] == 200


def test_a_number_of_invoices_can_be_asked_for(serve: Callable[..., Served]) -> None:
    served = serve("--scale", "invoices=200")
    assert table(served)["invoices"] == 200 + 6 + 9  # and what quotes and recurring invoices become
    assert table(served)["clients"] == 24
