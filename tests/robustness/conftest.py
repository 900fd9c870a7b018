"""Bad input, sent in the process or over a real socket; after each refusal the world must be what it was."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import Settings
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mockserver.document.model import Operation
    from mockserver.inprocess import MockClient, Response
    from mockserver.world import World

LONGEST_HEADER = 2000
DOCUMENT = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """A world with records of every kind."""
    return Settings(scenario=str(Path(__file__).parent / "everything.yaml"))


def newest(world: World, resource: str) -> str:
    """Id of the last record of the first company: never the user or the token that the caller works with."""
    table = world.state.table("users" if resource == "company_users" else resource)
    ids = [row.data["id"] for row in table if row.company < 2 and not row.data.get("is_deleted")]
    return ids[-1] if ids else "VolejRejNm"


def address(operation: Operation, world: World) -> str:
    """A path of the operation that leads to stored records."""
    path = operation.path
    if "{id}" in path:
        assert operation.entity is not None
        path = path.replace("{id}", newest(world, operation.entity.resource))
    return path.replace("{mergeable_client_hashed_id}", newest(world, "clients"))


def example_of(operation: Operation) -> Mapping[str, Any]:
    """The example of the body, which names records that the world has."""
    body = operation.raw["requestBody"]
    if "$ref" in body:
        body = DOCUMENT.raw["components"]["requestBodies"][body["$ref"].rpartition("/")[2]]
    example: Mapping[str, Any] = body["content"].get("application/json", {}).get("example", {})
    return example


def documented(operation: Operation) -> set[str]:
    """Statuses that the operation may answer with."""
    return set(operation.raw["responses"])


@contextmanager
def soon(seconds: float) -> Iterator[None]:
    """A block that may use up so many seconds of the processor, however busy the machine is."""
    started = process_time()
    yield
    assert process_time() - started < seconds


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference leads to."""
    while "$ref" in schema:
        schema = DOCUMENT.schemas[schema["$ref"].rpartition("/")[2]]
    return schema


@dataclass
class Answer:
    """What came back over the socket."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Wire:
    """A running `mockserver serve` and a world of its own, spoken to byte by byte."""

    host: str
    port: int
    world: str
    token: str = "TOKEN"
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"X-API-TOKEN": self.token, "X-Requested-With": "XMLHttpRequest", "X-Mock-World": self.world}

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """One call by http.client. Bytes and iterables of bytes are sent as they are, anything else as JSON."""
        sent = {**self.headers, **(headers or {})}
        if body is not None and not isinstance(body, bytes) and not hasattr(body, "__next__"):
            sent.setdefault("Content-Type", "application/json")
            body = json.dumps(body).encode()
        connection = HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(method, path, body, sent, encode_chunked=hasattr(body, "__next__"))
            return read(connection.getresponse())
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=30)

    def head(self, method: str, path: str, *lines: str) -> bytes:
        """Request line and headers, with the token and this world."""
        own = [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", *own, *lines, "", ""]).encode()

    def raw(self, *pieces: bytes) -> Answer:
        """Send all pieces as they are, then read one answer."""
        with self.connect() as line:
            for piece in pieces:
                line.sendall(piece)
            return read_from(line)

    def state(self) -> tuple[int, list[Any]]:
        """Version of the world, and the stored rows that clients can write."""
        worlds = {each["name"]: each for each in self.call("GET", "/__mock__/worlds").json()["worlds"]}
        resources = ("clients", "client_contacts", "products", "invoices", "documents", "locations", "companies")
        pages = [self.call("GET", f"/__mock__/state/{name}?per_page=5000").json()["data"] for name in resources]
        return worlds[self.world]["version"], pages


def read(response: HTTPResponse) -> Answer:
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def read_from(line: socket.socket) -> Answer:
    response = HTTPResponse(line)
    response.begin()
    return read(response)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, Path]]:
    """Address of a server in a process of its own, and the file that its stderr goes to."""
    log = tmp_path_factory.mktemp("served") / "stderr.txt"
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0"]
    with log.open("wb") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(rb"URL +http://([^:/]+):(\d+)", line):
                break
        else:
            raise AssertionError(log.read_text("utf-8"))
        yield "127.0.0.1", int(found[2]), log
        process.terminate()
        assert process.wait(20) == 0


@pytest.fixture
def wire(served: tuple[str, int, Path], request: pytest.FixtureRequest) -> Iterator[Wire]:
    """The running server with a fresh world; fails when the server has written a traceback or an error."""
    host, port, log = served
    seen = log.stat().st_size
    name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.name)[:48].strip("-")
    made = Wire(host, port, name)
    assert made.call("POST", "/__mock__/worlds", {"name": name}).status == 200
    yield made
    assert made.call("DELETE", f"/__mock__/worlds/{name}").status == 200, "the server is not alive any more"
    written = log.read_bytes()[seen:].decode("utf-8", "replace")
    assert "Traceback" not in written, written
    assert "ERROR" not in written, written


def check_diagnostics(headers: dict[str, str]) -> list[dict[str, Any]]:
    """The parsed diagnostics of an answer; they must be compact JSON that any HTTP stack lets through."""
    text = headers.get("x-mock-diagnostics", "[]")
    assert len(text) <= LONGEST_HEADER
    assert text.isascii()
    assert text.isprintable()
    found = json.loads(text)
    assert isinstance(found, list)
    assert all(isinstance(each, dict) and each["where"] and each["rule"] for each in found)
    return found


@pytest.fixture
def refused(mock_client: MockClient, mock_world: World) -> Callable[..., Response]:
    """Make a call that must be refused with one of the given statuses, and must leave the world as it was."""

    def send(method: str, url: str, *, status: int | Iterable[int], **options: Any) -> Response:
        before = mock_world.state
        answer = mock_client.request(method, url, **options)
        wanted = {status} if isinstance(status, int) else set(status)
        assert answer.status_code in wanted, answer
        assert mock_world.state is before
        assert check_diagnostics(answer.headers) or answer.status_code < 422
        return answer

    return send


@pytest.fixture
def make(mock_client: MockClient) -> Callable[..., dict[str, Any]]:
    """Create a record of the mock's world and give it back."""

    def create(resource: str, **fields: Any) -> dict[str, Any]:
        answer = mock_client.post(f"/api/v1/{resource}", json=fields)
        assert answer.status_code == 200, answer
        data: dict[str, Any] = answer.json()["data"]
        return data

    return create
