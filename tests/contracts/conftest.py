from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mockserver.app import create_mock
from mockserver.content import contracts_dir, spec_dir
from mockserver.contract.calls.tally import Tally
from mockserver.contract.options import Options
from mockserver.contract.reading.spec import Spec
from mockserver.contract.target.server import Target
from mockserver.server import BackgroundServer, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serve = Callable[[object], str]
    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves an ASGI application on a free port and gives its URL."""
    running: list[BackgroundServer] = []

    def start(app: object) -> str:
        server = BackgroundServer(app, listen("127.0.0.1", 0))
        server.start()
        running.append(server)
        return server.url

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def target(serve: Serve) -> Iterator[Target]:
    """A mock of the module's own, as contracts see it."""
    spec = Spec.read(spec_dir() / "openapi.json")
    with closing(Target.at(serve(create_mock().asgi), spec, Options(), Tally())) as made:
        yield made


@pytest.fixture(scope="session")
def run_contracts(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs contracts as a user does, in a process of their own, and gives what they printed."""

    def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
        place = tmp_path_factory.mktemp("contracts")
        nodes = [str(contracts_dir() / word) for word in words if not word.startswith("-")]
        options = [word for word in words if word.startswith("-")]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
        command += ["--rootdir", str(place), "--base-url", url, *options, *nodes]
        environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(place / "hypothesis")}
        return subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    return run
