"""Doors of the contract suite: `pytest contracts` runs it on a server of our own, `--base-url` on any other."""

from __future__ import annotations

import os
from argparse import ArgumentError
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from mockserver.content import spec_dir
from mockserver.contract.fuzz import CHAINS, PHASES
from mockserver.contract.spec import Spec
from mockserver.contract.target import Target

EXAMPLES = {"quick": 4, "default": 15, "long": 200}
"""Hypothesis examples a property, by effort."""
SPEC = pytest.StashKey[Spec]()
TALLY = pytest.StashKey[list[tuple[str, Any]]]()
"""(operation id, outcome) of what was fuzzed."""
FORBIDDEN = (
    "this server is not ours and only read; --allow-writes lets contracts make, change and delete records of their own"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contracts")
    with suppress(ArgumentError):  # pytest-base-url brings the same option
        group.addoption("--base-url", default=None, help="server to test; a mock started in this process when left out")
    group.addoption("--token", default=None, help="API token; also $MOCKSERVER_TOKEN, else TOKEN")
    group.addoption(
        "--password", default=None, help="password of the token's user; also $MOCKSERVER_PASSWORD, else password"
    )
    group.addoption("--spec", default=None, help="OpenAPI document in JSON; ours when left out")
    group.addoption("--allow-writes", action="store_true", help="let contracts write on a server that is not ours")
    group.addoption(
        "--contract-seed", type=int, default=1, help="another number tries other things (default: %(default)s)"
    )
    group.addoption(
        "--effort", choices=sorted(EXAMPLES), default="default", help="how much to try (default: %(default)s)"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "nouns(*behaviours, facts=()): run for each noun that has these operations and facts"
    )
    config.addinivalue_line("markers", "writes: creates, changes or deletes records")
    path = config.getoption("--spec")
    config.stash[SPEC] = Spec.read(Path(path) if path else spec_dir() / "openapi.json")
    config.stash[TALLY] = []
    effort = config.getoption("--effort")
    for name, examples in EXAMPLES.items():
        settings.register_profile(
            f"contracts-{name}",
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=config.getoption("--hypothesis-seed", None) is None,
            print_blob=False,
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if name != "quick" else [])],
            suppress_health_check=list(HealthCheck),
        )
    settings.load_profile(f"contracts-{effort}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    spec = metafunc.config.stash[SPEC]
    marker = metafunc.definition.get_closest_marker("nouns")
    if marker is not None:
        nouns = spec.nouns_with(*marker.args, facts=tuple(marker.kwargs.get("facts", ())))
        metafunc.parametrize("noun", nouns, ids=[noun.name for noun in nouns])
    if "operation" in metafunc.fixturenames:
        metafunc.parametrize("operation", list(spec.operations.values()), ids=list(spec.operations))


@pytest.fixture(scope="session")
def spec(pytestconfig: pytest.Config) -> Spec:
    """The document that the server has to keep to."""
    return pytestconfig.stash[SPEC]


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config, spec: Spec, request: pytest.FixtureRequest) -> Target:
    """The server under test."""
    url = pytestconfig.getoption("--base-url")
    if not url:
        url = request.getfixturevalue("mock_session").server(request.getfixturevalue("mock_settings")).url
    return Target.at(
        url,
        spec,
        token=pytestconfig.getoption("--token") or os.environ.get("MOCKSERVER_TOKEN", "TOKEN"),
        password=pytestconfig.getoption("--password") or os.environ.get("MOCKSERVER_PASSWORD", "password"),
        allow_writes=pytestconfig.getoption("--allow-writes"),
    )


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> list[tuple[str, Any]]:
    """Where fuzzing tests leave their outcomes for the summary."""
    return pytestconfig.stash[TALLY]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Proof of work: requests and answers by phase, and the operations that were never got through to."""
    done = config.stash[TALLY]
    if not done:
        return
    terminalreporter.section("fuzzing")
    for phase in (*PHASES, CHAINS):
        answers: Counter[int] = Counter()
        for _, outcome in done:
            answers.update({status: count for (name, status), count in outcome.answers.items() if name == phase})
        seconds = sum(outcome.seconds[phase] for _, outcome in done)
        told = ", ".join(f"{status}: {count}" for status, count in sorted(answers.items()))
        terminalreporter.write_line(f"{phase:9} {sum(answers.values()):6} requests in {seconds:6.1f} s   {told}")
    missed = [name for name, outcome in done if not outcome.accepted]
    terminalreporter.write_line(f"operations accepted at least once: {len(done) - len(missed)} of {len(done)}")
    if missed:
        terminalreporter.write_line(f"never accepted: {', '.join(missed)}")


@pytest.fixture(autouse=True)
def _only_allowed_writes(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("writes") and not request.getfixturevalue("target").writable:
        pytest.skip(FORBIDDEN)
