"""The how-to of the contracts says what happens: its commands run as they are, on a server that drifts."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mockserver.app import create_mock
from mockserver.server import BackgroundServer, listen
from tests.contracts.foreign import Foreign

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "howto" / "contracts.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (mockserver check .*|pytest .*)$", PAGE, flags=re.MULTILINE)
HOST = "https://staging.example.com"
FEW = ["-k", "balances and invoice]"]
"""The page runs everything; here one contract stands for all."""


class Forgetful:
    """A server that is not ours, and shows clients without what they owe."""

    def __init__(self) -> None:
        self._asgi = Foreign(create_mock())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        start: dict[str, Any] = {}

        async def spoilt(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body = json.loads(message["body"])
            if "balance" in body.get("data", {}):
                body["data"]["balance"] = 0
            content = json.dumps(body).encode()
            kept = [header for header in start["headers"] if header[0] != b"content-length"]
            await send({**start, "headers": [*kept, (b"content-length", b"%d" % len(content))]})
            await send({**message, "body": content})

        shown = scope.get("method") == "GET" and scope.get("path", "").startswith("/api/v1/clients/")
        await self._asgi(scope, receive, spoilt if shown else send)


@pytest.fixture(scope="module")
def staging() -> Any:
    server = BackgroundServer(Forgetful(), listen("127.0.0.1", 0))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def shell(staging: str, tmp_path: Path) -> Any:
    def run(command: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", *shlex.split(command.replace(HOST, staging)), *FEW]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    return run


@pytest.mark.parametrize("command", [each for each in COMMANDS if "--allow" not in each and "--shard" not in each])
def test_a_server_that_is_only_read_shows_nothing_of_this(shell: Any, command: str) -> None:
    done = shell(command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "--allow writes" in done.stdout


def test_writing_shows_the_finding_of_the_page(shell: Any, tmp_path: Path) -> None:
    (command,) = (each for each in COMMANDS if "--allow" in each and "--spec" not in each)
    done = shell(command)
    assert done.returncode == 1, done.stdout + done.stderr
    finding = re.findall(r"^```text\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)[0]
    for line in ("model/balances: getClient (GET /api/v1/clients/{id})", 'rule = "model/balances"'):
        assert line in finding
        assert line in done.stdout
    assert "balance of the client: got 0, wanted" in finding
    assert "balance of the client: got 0, wanted" in done.stdout

    entry = re.findall(r"known\?( +\[\[deviation\]\].*?date = [\d-]+)", done.stdout, flags=re.DOTALL)[0]
    (tmp_path / "deviations.toml").write_text("\n".join(line.strip() for line in entry.splitlines()))
    done = shell(command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 known deviations came up" in done.stdout


def test_ci_gets_its_files(shell: Any, tmp_path: Path) -> None:
    (command,) = (each for each in COMMANDS if "--shard" in each)
    shell(command.replace("1/4", "1/1"))
    assert {"results.xml", "contracts.html", "contracts.json"} <= {path.name for path in tmp_path.iterdir()}
