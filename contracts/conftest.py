"""Doors of the contract suite: `pytest contracts` runs it on a server of our own, `--base-url` on any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.calls.tally import Tally
from mockserver.contract.differential.ground import Ground
from mockserver.contract.suite import plugin
from mockserver.contract.suite.collector import COLLECTOR
from mockserver.contract.suite.rules import ROOTS
from mockserver.contract.target.server import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    ROOTS.add(Path(__file__).parent)
    if not pluginmanager.has_plugin(plugin.NAME):
        pluginmanager.register(plugin, plugin.NAME)


@pytest.fixture(scope="session")
def options(pytestconfig: pytest.Config) -> Options:
    """What was asked for."""
    return pytestconfig.stash[plugin.OPTIONS]


@pytest.fixture(scope="session")
def spec(pytestconfig: pytest.Config) -> Spec:
    """The document that the server has to keep to."""
    return pytestconfig.stash[plugin.SPEC]


@pytest.fixture(scope="session")
def target(
    pytestconfig: pytest.Config, options: Options, spec: Spec, request: pytest.FixtureRequest
) -> Iterator[Target]:
    """The server under test; a mock started in this process when no other is named."""
    url = options.base_url
    if not url:
        url = request.getfixturevalue("mock_session").server(request.getfixturevalue("mock_settings")).url
    collector = pytestconfig.stash[COLLECTOR]
    collector.target = Target.at(url, spec, options, collector.tally)
    yield collector.target
    collector.target.close()
    collector.target.sweep()


@pytest.fixture(scope="session")
def model(options: Options, spec: Spec, request: pytest.FixtureRequest) -> Target:
    """The server that the target is compared with; `mock` is one of ours, with no records, started in this process."""
    if options.against != "mock":
        told = replace(options, token=options.against_token or options.token)
        return Target.at(options.against, spec, told, Tally())
    settings = replace(request.getfixturevalue("mock_settings"), scenario="empty")
    url = request.getfixturevalue("mock_session").server(settings).url
    return Target.at(url, spec, replace(options, token="TOKEN", password="password"), Tally())


@pytest.fixture(scope="session")
def ground() -> Ground:
    """What the servers that are compared stand on, read from the target once."""
    return Ground()


@pytest.fixture(autouse=True)
def _only_what_is_allowed(request: pytest.FixtureRequest) -> None:
    plugin.refuse_unless_allowed(request.node, request.getfixturevalue("target"))


@pytest.fixture
def operations(target: Target, family: list[Operation]) -> list[Operation]:
    """Those operations of a family that may be called on this server."""
    allowed = [operation for operation in family if operation.needs <= target.allow]
    if not allowed:
        raise NotHere("this server is not ours, and nothing of this family only reads", "--allow lets more of it run")
    return allowed
