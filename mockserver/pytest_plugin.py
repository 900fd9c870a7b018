"""pytest fixtures: `mock_server`, a running server, and `mock_client`, a client in the process.

Each test has a world of its own. Override `mock_settings` in a conftest.py or a test module to choose another
scenario, seed or locale there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.app import Mock, Settings
    from mockserver.inprocess import MockClient
    from mockserver.server import BackgroundServer
    from mockserver.world import World


@dataclass(frozen=True, slots=True)
class MockServer:
    """A running server as one test sees it: `url` and `token` lead to the test's own world."""

    url: str
    token: str
    email: str
    password: str
    world: World


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("mockserver").addoption(
        "--contracts", action="store_true", help="collect the contract suite too; alone when no path is named"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Let `--contracts` stand for the folder of the contracts, whose conftest.py brings their options."""
    known = early_config.known_args_namespace
    if known.contracts:
        from mockserver.content import contracts_dir

        if not known.file_or_dir:
            args.append("--import-mode=importlib")  # names of our modules stay out of the way of theirs
        args.append(str(contracts_dir()))
        known.file_or_dir.append(str(contracts_dir()))  # read already, for the conftest.py files to load


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """How the mock of this test session is set up."""
    from mockserver.app import Settings

    return Settings()


class Mocks:
    """The mocks and servers of a test session, one for each settings that a test asks for."""

    def __init__(self) -> None:
        self._apps: dict[Settings, Mock] = {}
        self._servers: dict[Settings, BackgroundServer] = {}

    def app(self, settings: Settings) -> Mock:
        """The mock with these settings, made on first use."""
        if settings not in self._apps:
            from mockserver.app import create_mock

            self._apps[settings] = create_mock(settings)
        return self._apps[settings]

    def server(self, settings: Settings) -> BackgroundServer:
        """The running server of that mock, on a free port of this machine."""
        if settings not in self._servers:
            from mockserver.server import BackgroundServer, listen

            self._servers[settings] = BackgroundServer(self.app(settings).asgi, listen("127.0.0.1", 0))
            self._servers[settings].start()
        return self._servers[settings]

    def stop(self) -> None:
        """End all servers."""
        for server in self._servers.values():
            server.stop()


@pytest.fixture(scope="session")
def mock_session() -> Iterator[Mocks]:
    """What is shared by all tests, however many settings they use."""
    mocks = Mocks()
    yield mocks
    mocks.stop()


@pytest.fixture
def mock_app(mock_session: Mocks, mock_settings: Settings) -> Mock:
    """The mock of the settings that hold for this test, without a socket."""
    return mock_session.app(mock_settings)


@pytest.fixture
def mock_process(mock_session: Mocks, mock_settings: Settings) -> BackgroundServer:
    """The running server of that mock."""
    return mock_session.server(mock_settings)


@pytest.fixture
def mock_world(mock_app: Mock, request: pytest.FixtureRequest) -> Iterator[World]:
    """A fresh world for this test, seeded like every other."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in request.node.name)
    name = f"{plain[:40]}-{id(request.node) & 0xFFFFFF:x}"
    yield mock_app.worlds.get(name)
    mock_app.worlds.remove(name)


@pytest.fixture
def mock_server(mock_process: BackgroundServer, mock_world: World) -> MockServer:
    """A running server with a world of its own; the URL selects the world, so any client can use it."""
    identity = mock_world.identity
    mock_world.base_url = mock_process.url  # links lead to this server, whose port nobody knew before
    url = f"{mock_process.url}/worlds/{mock_world.name}"
    return MockServer(url, identity.token, identity.email, identity.password, mock_world)


@pytest.fixture
def mock_client(mock_app: Mock, mock_world: World) -> MockClient:
    """A client of the test's own world, without a socket."""
    from mockserver.inprocess import MockClient

    return MockClient(mock_app, mock_world)
