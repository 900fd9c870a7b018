"""The contract suite as a plugin of pytest: what is collected, what may run, and what came of it.

contracts/conftest.py registers it, so that all three doors find it and no other test run does.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from mockserver.contract.spec import Spec
from mockserver.contract.suite.collector import Collector
from mockserver.contract.suite.options import DEEP, DEFAULT, NEEDS, QUICK, Options, add_options
from mockserver.contract.suite.rules import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.target import Target

NAME = "mockserver-contracts"
OPTIONS = pytest.StashKey[Options]()
SPEC = pytest.StashKey[Spec]()
RANDOM = "random"
"""Mark of contracts that write what comes along: nobody could clean up after them."""
DIFFERENTIAL = "differential"
"""Layer of the contracts that want a second server to compare with."""
EXAMPLES = {QUICK: 4, DEFAULT: 15, DEEP: 200}
"""Hypothesis examples a property."""


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser.getgroup("contracts").addoption)


def pytest_configure(config: pytest.Config) -> None:
    for line in (
        "nouns(*behaviours, facts=()): run for each noun that has these operations and facts",
        "needs(*what): does this to the server; 'operation' is what the operation does, 'random' what nobody undoes",
        "ours: only on a server that has worlds of its own for every test",
        "slow: not part of --quick",
    ):
        config.addinivalue_line("markers", line)
    try:
        options = Options.of(config.getoption)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[OPTIONS] = options
    config.stash[SPEC] = Spec.read(options.spec)
    config.pluginmanager.register(Collector(config), f"{NAME}-collector")
    settings.register_profile(
        NAME,
        max_examples=EXAMPLES[options.effort],
        deadline=None,
        database=None,
        derandomize=config.getoption("--hypothesis-seed", None) is None,
        print_blob=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile(NAME)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    spec = metafunc.config.stash[SPEC]
    marker = metafunc.definition.get_closest_marker("nouns")
    if marker is not None:
        nouns = spec.nouns_with(*marker.args, facts=tuple(marker.kwargs.get("facts", ())))
        metafunc.parametrize("noun", nouns, ids=[noun.name for noun in nouns])
    if "operation" in metafunc.fixturenames:
        metafunc.parametrize("operation", list(spec.operations.values()), ids=list(spec.operations))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the effort and the shard leave out; contracts of one file stay in one order in every shard."""
    options = config.stash[OPTIONS]
    number, count = options.shard
    mine: list[pytest.Item] = []
    others: list[pytest.Item] = []
    place = 0
    for item in items:
        rule = rule_of(item)
        if rule is None:
            mine.append(item)
            continue
        slow = options.effort == QUICK and item.get_closest_marker("slow") is not None
        alone = rule.layer == DIFFERENTIAL and not options.against
        kept = not (slow or alone) and place % count == number - 1
        place += not (slow or alone)
        (mine if kept else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = mine


def needed(item: pytest.Item) -> set[str]:
    """What the item does to a server, by its marks."""
    found = {word for marker in item.iter_markers("needs") for word in marker.args}
    if "operation" in found and isinstance(item, pytest.Function):
        operation: Any = item.callspec.params["operation"]
        found |= operation.needs
    return found - {"operation"}


def refuse_unless_allowed(item: pytest.Item, target: Target) -> None:
    """Skip what may not be done to a server that is not ours."""
    if target.ours:
        return
    needs = needed(item)
    if item.get_closest_marker("ours") is not None or (RANDOM in needs and len(needs) > 1):
        pytest.skip("random writes can't be cleaned up, and this server keeps no world of its own for each contract")
    missing = [word for word in NEEDS if word in needs - target.allow]
    if missing:
        pytest.skip(f"this server is not ours and only read; --allow {','.join(missing)} lets the contract run")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Begin nothing more when the time is up."""
    limit = item.config.stash[OPTIONS].time_limit
    began = item.config.stash.setdefault(BEGAN, time.monotonic())
    if limit and time.monotonic() - began > limit and rule_of(item) is not None:
        item.add_marker(pytest.mark.skip(reason=f"the time limit of {limit:g} s is over"))
    return (yield)


BEGAN = pytest.StashKey[float]()
