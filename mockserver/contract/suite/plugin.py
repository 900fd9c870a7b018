"""The contract suite as a plugin of pytest: what is collected, what may run, and what came of it.

contracts/conftest.py registers it, so that all three doors find it and no other test run does.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from mockserver.contract.calls.left_out import NotAllowed, NotHere, NoWorlds
from mockserver.contract.options import DEEP, DEFAULT, QUICK, Options, add_options
from mockserver.contract.reading.needs import DELETES, NEEDS
from mockserver.contract.reading.spec import Spec
from mockserver.contract.suite.collector import COLLECTOR, Collector
from mockserver.contract.suite.deviations import read
from mockserver.contract.suite.progress import Progress
from mockserver.contract.suite.reports import write_html, write_json
from mockserver.contract.suite.rules import ROOTS, rule_of
from mockserver.contract.suite.summary import Run
from mockserver.contract.suite.terminal import summary

if TYPE_CHECKING:
    from mockserver.contract.target.server import Target

NAME = "mockserver-contracts"
BEGAN = pytest.StashKey[float]()
OPTIONS = pytest.StashKey[Options]()
SPEC = pytest.StashKey[Spec]()
RUN = pytest.StashKey[Run]()
TIDY = "tidy"
"""Mark of those whose operation may tell how to clean up, by the paths of a document without facts."""
RANDOM = "random"
"""Mark of contracts that write what comes along: nobody could clean up after them."""
DIFFERENTIAL = "differential"
"""Layer of the contracts that want a second server to compare with."""
EXAMPLES = {QUICK: 4, DEFAULT: 10, DEEP: 200}
"""Hypothesis examples a property."""


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser.getgroup("contracts").addoption)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    for line in (
        "nouns(*behaviours, facts=()): run for each noun that has these operations and facts",
        "needs(*what): does this to the server; 'operation' is what the operation does, 'random' what nobody undoes",
        "needs('tidy'): random, where the paths of a document without facts do not tell how to undo it",
        "facts: only for a document that tells the facts of its records, such as that of Invoice Ninja",
        "resources(*behaviours): run for each kind of record that a document without facts tells by its paths",
        "ours: only on a server that has worlds of its own for every test",
        "slow: not part of --quick",
    ):
        config.addinivalue_line("markers", line)
    try:
        options = Options.of(config.getoption)
        listed = read(options.deviations) if options.deviations is not None else []
        spec = config.stash[SPEC] = Spec.read(options.spec)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    if spec.plain and not options.base_url:
        raise pytest.UsageError(f"--spec {options.spec.name}: got no server to test, wanted one: name it by --base-url")
    config.stash[OPTIONS] = options
    collector = config.stash[COLLECTOR] = Collector(options, spec, listed)
    collector.reduced = reduced(config, options)
    config.pluginmanager.register(collector, f"{NAME}-collector")
    if config.getoption("--hypothesis-seed", None) is None:
        config.option.hypothesis_seed = str(
            options.seed
        )  # read by the plugin of Hypothesis, which comes after this one
    draw_by_seed_alone()
    settings.register_profile(
        NAME,
        max_examples=EXAMPLES[options.effort],
        derandomize=False,  # Hypothesis begins with another profile where $CI is set, in which seeds say nothing
        deadline=None,
        database=None,
        print_blob=False,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile(NAME)


def draw_by_seed_alone() -> None:
    """Keep Hypothesis from mixing constants of the code that is loaded so far into its values.

    They would make what a seed stands for depend on the order of imports, and on how the suite is installed.
    """
    if hasattr(providers, "_get_local_constants"):  # there is no setting for it
        nothing = Constants()
        vars(providers)["_get_local_constants"] = lambda: nothing


def pytest_sessionstart(session: pytest.Session) -> None:
    """The line of progress, once there is a terminal to write it to."""
    config = session.config
    if not hasattr(config, "workerinput") and config.getoption("verbose") <= 0:
        config.pluginmanager.register(Progress(config.stash[COLLECTOR], config), f"{NAME}-progress")


def reduced(config: pytest.Config, options: Options) -> bool:
    """Whether a run was asked for that leaves contracts out, so that what it has not tried says nothing."""
    asked = config.getoption("keyword") or config.getoption("markexpr") or config.getoption("maxfail")
    named = [each for each in config.args if Path(each.partition("::")[0]).absolute() not in ROOTS]
    return bool(asked or named or options.shard != (1, 1) or options.time_limit or options.effort == QUICK)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    spec = metafunc.config.stash[SPEC]
    marker = metafunc.definition.get_closest_marker("nouns")
    if marker is not None:
        nouns = spec.nouns_with(*marker.args, facts=tuple(marker.kwargs.get("facts", ())))
        metafunc.parametrize("noun", nouns, ids=[noun.name for noun in nouns])
    marker = metafunc.definition.get_closest_marker("resources")
    if marker is not None:
        resources = [each for each in spec.resources.values() if each.has(*marker.args)]
        metafunc.parametrize("resource", resources, ids=[each.name for each in resources])
    if "operation" in metafunc.fixturenames:
        metafunc.parametrize("operation", list(spec.operations.values()), ids=list(spec.operations))
    if "family" in metafunc.fixturenames:
        metafunc.parametrize("family", list(spec.families.values()), ids=list(spec.families))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the effort and the shard leave out, of what else was selected."""
    options = config.stash[OPTIONS]
    spec, collector = config.stash[SPEC], config.stash[COLLECTOR]
    number, count = options.shard
    mine: list[pytest.Item] = []
    others: list[pytest.Item] = []
    place = 0
    for item in items:
        rule = rule_of(item)
        if rule is None:
            mine.append(item)
            continue
        if not belongs(item, spec):
            others.append(item)
            if spec.plain:
                collector.outside.add(rule.id)
            continue
        slow = options.effort == QUICK and item.get_closest_marker("slow") is not None
        alone = rule.layer == DIFFERENTIAL and not options.against
        kept = not (slow or alone) and place % count == number - 1
        place += not (slow or alone)
        (mine if kept else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = mine


def belongs(item: pytest.Item, spec: Spec) -> bool:
    """Whether the contract has to do with the document: with its facts, or with its paths where it has no facts."""
    if item.get_closest_marker("resources") is not None:
        return spec.plain
    return not spec.plain or not any(item.get_closest_marker(name) for name in ("nouns", "facts"))


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
    if TIDY in needs and len(needs) > 1:
        operation: Any = item.callspec.params["operation"] if isinstance(item, pytest.Function) else None
        needs = needs - {TIDY} | ({DELETES} if target.spec.tidy(operation) else {RANDOM})
    if item.get_closest_marker("ours") is not None or (RANDOM in needs and len(needs) > 1):
        raise NoWorlds
    if missing := set(NEEDS) & (needs - target.allow):
        raise NotAllowed(missing)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin nothing more when the time is up."""
    limit = item.config.stash[OPTIONS].time_limit
    began = item.config.stash.setdefault(BEGAN, time.monotonic())
    if limit and time.monotonic() - began > limit and rule_of(item) is not None:
        raise NotHere(f"the time limit of {limit:g} s is over", "a longer --time-limit lets more contracts begin")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run that held fails all the same when a deviation has healed, or when it was whole and proves nothing."""
    if hasattr(session.config, "workerinput"):
        return
    run = session.config.stash[RUN] = session.config.stash[COLLECTOR].run()
    if exitstatus == pytest.ExitCode.OK and run.outcomes and (run.healed or run.unproven):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the run has proved; the reports that were asked for are written."""
    run = config.stash.get(RUN, None)
    if run is None or not run.outcomes:
        return
    terminalreporter.section("contracts")
    for line in summary(run):
        terminalreporter.write_line(line)
    for path, write in ((run.options.report_json, write_json), (run.options.report_html, write_html)):
        if path is not None:
            write(run, path)
            terminalreporter.write_line(f"written: {path}")
