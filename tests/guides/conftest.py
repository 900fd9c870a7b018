"""Commands of the makers' guides for developers, run by curl against a running server."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.inprocess import MockClient
    from mockserver.pytest_plugin import MockServer

HOSTS = ("http://ninja.test:8000", "http://ninja.test", "https://invoicing.co")
TAIL = ["--silent", "--show-error", "--write-out", "\n%{http_code}"]


@dataclass
class Answer:
    """Status and body of what a command got."""

    status: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


def by_httpx(words: list[str], folder: Path) -> Answer:
    """What curl does with these words, for machines without it."""
    method, url, headers, data, fields, files = "", "", {}, None, {}, []
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(":")
            headers[name] = value.strip()
        elif word == "-d":
            data = next(rest)
        elif word == "-F":
            name, _, value = next(rest).partition("=")
            if value.startswith("@"):
                files.append((name, (value[1:], (folder / value[1:]).read_bytes())))
            else:
                fields[name] = value
        else:
            url = word
    if files:  # curl, too, puts the boundary in place of a bare multipart/form-data
        headers.pop("Content-Type", None)
    content: dict[str, Any] = (
        {"content": data} if data is not None else {"data": fields, "files": files} if files else {}
    )
    answer = httpx.request(method or "GET", url, headers=headers, **content)
    return Answer(answer.status_code, answer.text)


@dataclass
class Guide:
    """A running server of the test's own, and the client of its world to make records with."""

    server: MockServer
    client: MockClient
    folder: Path

    def run(self, command: str, **values: str) -> Answer:
        """Run a command of a guide: host and token are ours, and so are the ids named in `values`."""
        for host in HOSTS:
            command = command.replace(host, self.server.url)
        command = command.replace("'/api/", f"'{self.server.url}/api/")
        for text, value in {"company-token-test": self.server.token, **values}.items():
            command = command.replace(text, value)
        words = shlex.split(command.replace("\\\n", " ").strip().rstrip(";"))
        if shutil.which("curl") is None:
            return by_httpx(words, self.folder)
        done = subprocess.run(
            [*words, *TAIL], check=True, capture_output=True, text=True, encoding="utf-8", timeout=30, cwd=self.folder
        )
        text, _, status = done.stdout.rpartition("\n")
        return Answer(int(status), text)

    def make(self, resource: str, **fields: Any) -> dict[str, Any]:
        """A new record of the world."""
        answer = self.client.post(f"/api/v1/{resource}", json=fields)
        assert answer.status_code == 200, answer
        made: dict[str, Any] = answer.json()["data"]
        return made

    def invoice(self, **fields: Any) -> dict[str, Any]:
        """A new invoice of a new client."""
        client = self.make("clients", name="Of the guide")["id"]
        return self.make("invoices", client_id=client, line_items=[{"cost": 10, "quantity": 1}], **fields)


@pytest.fixture
def guide(mock_server: MockServer, mock_client: MockClient, tmp_path: Path) -> Guide:
    (tmp_path / "filename.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 16)
    return Guide(mock_server, mock_client, tmp_path)
