"""What the README says is what happens: its commands, options, snippets and calls."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
ADDRESS = "http://localhost:8080"


def blocks(language: str) -> list[str]:
    """Text of the fenced blocks in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def rows(title: str) -> Iterator[list[str]]:
    """Cells of the table below a title, without its head."""
    section = README.split(f"{title}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


CURLS = [block for block in blocks("bash") if block.startswith("curl")]
OPTIONS = [cells[0].strip("`") for cells in rows("### Options of `mockserver serve`")]
CONTROLS = [cells[0].strip("`").split(" ") for cells in rows("## Control API")]


def run_curl(command: str, server: Any) -> httpx.Response:
    """Send what a curl command of the README says, to this server and with its token."""
    words = shlex.split(command.replace("\\\n", " ").replace(ADDRESS, server.url).replace("TOKEN", server.token))[1:]
    url, method, headers, data = "", "", {}, None
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(":")
            headers[name] = value.strip()
        elif word == "-X":
            method = words.pop(0)
        elif word == "-d":
            data = words.pop(0)
        else:
            url = word
    return httpx.request(method or "GET", url, headers=headers, content=data)


def test_the_two_commands_are_there_as_promised() -> None:
    assert "pip install . && mockserver serve\n" in blocks("bash")
    assert "pip install tox && tox\n" in blocks("bash")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (Path(__file__).resolve().parents[2] / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-1] == "pip install tox && tox"


@pytest.mark.parametrize("snippet", blocks("python"), ids=lambda text: "".join(re.findall(r"def (\w+)", text)))
def test_each_pytest_snippet_passes(pytester: pytest.Pytester, snippet: str) -> None:
    pytester.makepyfile(snippet)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize("command", CURLS, ids=lambda text: text.split()[-1] if len(text) < 160 else "post")
def test_each_curl_command_answers_200(mock_server: Any, command: str) -> None:
    answer = run_curl(command, mock_server)
    assert answer.status_code == 200, answer.text
    assert "data" in answer.json()


def test_the_options_are_those_of_the_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "mockserver", "serve", "--help"], check=True, capture_output=True, text=True
    ).stdout
    assert set(OPTIONS) == set(re.findall(r"--[a-z-]+", shown)) - {"--help"}


@pytest.mark.parametrize(("verb", "path"), [pair for pair in CONTROLS if pair[0] == "GET"])
def test_each_control_page_is_there(mock_server: Any, verb: str, path: str) -> None:
    answer = httpx.request(verb, mock_server.url + path.replace("{resource}", "invoices"), follow_redirects=True)
    assert answer.status_code == 200, answer.text
