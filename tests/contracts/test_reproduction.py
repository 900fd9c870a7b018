"""Reproductions: the calls that matter, as a shell would run them."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from mockserver.contract.calls.reproduction import reproduction
from mockserver.contract.wire.reply import Reply

HOST = "http://127.0.0.1:9"
HEADERS = {"X-API-TOKEN": "s3cret", "X-Requested-With": "XMLHttpRequest"}


def call(method: str, path: str, body: Any = None, answer: Any = None, *, prepared: bool = False) -> Reply:
    content = b"" if body is None else json.dumps(body).encode()
    headers = HEADERS if body is None else {**HEADERS, "Content-Type": "application/json"}
    request = (method, HOST + path, headers, content)
    answered = json.dumps({"data": answer}).encode()
    return Reply(200, {"content-type": "application/json"}, answered, request, prepared=prepared)


CLIENT, INVOICE, OTHER = "Wpmbk5ezJn", "VolejRejNm", "aaaaaaaaaa"
HISTORY = [
    call("GET", "/api/v1/clients", answer=[]),
    call("POST", "/api/v1/vendors", {}, {"id": OTHER}, prepared=True),
    call("POST", "/api/v1/clients", {"name": "it's"}, {"id": CLIENT}, prepared=True),
    call("POST", "/api/v1/invoices", {"client_id": CLIENT}, {"id": INVOICE}),
    call("POST", "/api/v1/invoices/bulk", {"action": "mark_sent", "ids": [INVOICE]}, []),
    call("GET", f"/api/v1/clients/{CLIENT}", answer={"id": CLIENT}),
]


def test_the_calls_that_matter_are_kept_with_ids_as_variables() -> None:
    lines = reproduction(HISTORY)
    assert lines[0] == f"URL={HOST}"
    assert lines[1] == "H=(-H \"X-API-TOKEN: $X_API_TOKEN\" -H 'X-Requested-With: XMLHttpRequest')"
    assert [line.partition("$URL")[2].split(" ")[0] for line in lines[2:]] == [
        "/api/v1/clients",
        "/api/v1/invoices",
        "/api/v1/invoices/bulk",
        "/api/v1/clients/$ID1",
    ]
    assert lines[2].startswith("ID1=$(curl -s ")
    assert not any(word in line for line in lines for word in ("s3cret", CLIENT, INVOICE, "vendors"))


def test_a_shell_sends_what_was_sent() -> None:
    """The lines run in bash, with a curl that prints its words and a jq that names the record."""
    bash = shutil.which("bash")
    assert bash is not None, "wanted bash, which the printed lines are for"
    made = iter((CLIENT, INVOICE))
    stubs = ["curl() { printf '%s\\n' \"$@\" >&2; }"]
    lines = []
    for line in reproduction(HISTORY):
        hashed = f"jq() {{ cat >/dev/null; echo {next(made)}; }}" if "| jq" in line else ""
        lines += [hashed, line]
    script = "\n".join([*stubs, "X_API_TOKEN=s3cret", *lines])
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=True)
    words = done.stderr.splitlines()
    assert f"{HOST}/api/v1/clients/{CLIENT}" in words
    assert '{"name": "it\'s"}' in words
    assert json.dumps({"client_id": CLIENT}) in words
    assert json.dumps({"action": "mark_sent", "ids": [INVOICE]}) in words
    assert words.count("X-API-TOKEN: s3cret") == 4


def test_a_key_in_the_query_or_in_a_header_of_its_own_is_a_variable_that_a_shell_fills_in() -> None:
    key, headers = "k3y-of-the-run", {"Access-Key": "Key k3y-of-the-run"}
    request = ("GET", f"{HOST}/v1/things?key={key}&page=2", headers, b"")
    lines = reproduction([Reply(200, {}, b"", request)], {key: "TOKEN"})
    assert not any(key in line for line in lines)
    bash = shutil.which("bash")
    assert bash is not None, "wanted bash, which the printed lines are for"
    script = "\n".join(["curl() { printf '%s\\n' \"$@\" >&2; }", f"TOKEN={key}", *lines])
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=True)
    assert f"{HOST}/v1/things?key={key}&page=2" in done.stderr.splitlines()
    assert f"Access-Key: Key {key}" in done.stderr.splitlines()


def test_no_call_is_no_reproduction() -> None:
    assert reproduction([]) == []
