"""Runs the suite on one spoiled server, in a forked process of its own: server in a thread, pytest in front of it.

What takes long - importing, reading the document, seeding - has been done before the fork, once for all faults.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import sys
import tempfile
import time
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings

from mockserver.app import create_mock
from mockserver.content import contracts_dir
from mockserver.contract.calls.client import Client
from mockserver.contract.suite.collector import COLLECTOR
from mockserver.contract.suite.rules import rule_of
from mockserver.server import BackgroundServer, listen, settle
from tests.planted.exchange import Faulty
from tests.planted.fault import Plant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from mockserver.app import Mock
    from tests.planted.fault import Fault

FORK = multiprocessing.get_context("fork")
TAIL = 6000
"""Characters of what pytest printed that are kept."""


@dataclass(frozen=True)
class Job:
    """What to run: on which server, which contracts, for which nouns and operations."""

    fault: Fault | None
    contracts: tuple[str, ...] = ()
    """Ids of contracts; none for all."""
    select: frozenset[str] = frozenset()
    words: tuple[str, ...] = ("--quick",)
    first: bool = True
    """Stop at the first failure."""
    limit: float = 120

    @property
    def name(self) -> str:
        return self.fault.name if self.fault is not None else "healthy"


@dataclass
class Outcome:
    """What came of a job."""

    name: str
    failed: list[str] = field(default_factory=list)
    """Contracts that failed, in their order."""
    passed: int = 0
    """Tests that passed."""
    what: str = ""
    """The first finding, in its own words."""
    operation: str = ""
    """The operation that it blames."""
    steps: int = 0
    """Calls of its reproduction."""
    seconds: float = 0
    cpu: float = 0
    """CPU seconds of suite and server together."""
    requests: int = 0
    trouble: str = ""
    """Why there is no verdict: the run broke off, or nothing was run."""
    printed: str = ""

    @property
    def caught(self) -> bool:
        return bool(self.failed) and not self.trouble


class Notes:
    """Keeps what pytest reports, and lets only the chosen tests run."""

    def __init__(self, job: Job, outcome: Outcome) -> None:
        self.job = job
        self.outcome = outcome

    def pytest_sessionstart(self) -> None:
        """A verdict is all that is wanted of one contract: its example need not be made smaller."""
        if self.job.contracts:
            phases = (
                [phase for phase in settings.default.phases if phase is not Phase.shrink] if settings.default else ()
            )
            settings.register_profile("planted", settings.default, phases=phases)
            settings.load_profile("planted")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Of each contract the tests for the chosen nouns and operations; all of one that has no such tests."""
        select = self.job.select
        if not select:
            return
        by_rule: dict[str, list[pytest.Item]] = {}
        for item in items:
            rule = rule_of(item)
            by_rule.setdefault(rule.id if rule else "", []).append(item)
        kept = []
        for found in by_rule.values():
            kept += [item for item in found if select & words_of(item)] or found
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = getattr(report, "contract", None)
        if report.failed:
            if told is None or report.when != "call":
                self.outcome.trouble = f"{report.nodeid} broke in its {report.when}: {report.longreprtext[-800:]}"
                return
            if told["rule"] not in self.outcome.failed:
                self.outcome.failed.append(told["rule"])
            if not self.outcome.what and told.get("findings"):
                found = told["findings"][0]
                self.outcome.what, self.outcome.operation = found["what"][:400], found["operation"]
                self.outcome.steps = len(found["steps"])
        elif report.when == "call" and report.passed:
            self.outcome.passed += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        tally = session.config.stash[COLLECTOR].tally
        self.outcome.requests = sum(count for (_, kind, _), count in tally.counts.items() if kind == "status")


def words_of(item: pytest.Item) -> set[str]:
    """Nouns, operations and other values that a test runs for."""
    callspec = getattr(item, "callspec", None)
    return set() if callspec is None else {*callspec.id.split("-"), callspec.id}


def served(fault: Fault | None, healthy: Mock, port: int = 0) -> BackgroundServer:
    """A server with the fault, started."""
    plant = fault.plant if fault is not None else Plant()
    if plant.patch is not None:
        plant.patch()
    mock = healthy if plant.settings is None else create_mock(plant.settings)
    app: Any = Faulty(mock, fault)
    if plant.wrap is not None:
        app = plant.wrap(app)
    server = BackgroundServer(app, listen("127.0.0.1", port))
    server.start()
    return server


def arguments(job: Job, url: str) -> list[str]:
    """Words of the command line of pytest."""
    contracts = contracts_dir()
    files = [str(contracts / place(each)) for each in job.contracts] or [str(contracts)]
    words = ["-c", str(contracts / "pytest.ini"), "--rootdir", str(contracts), "--import-mode=importlib"]
    words += ["-p", "no:cacheprovider", "--tb=short", "--base-url", url, *job.words]
    return [*words, *(["-x"] if job.first else []), *files]


def place(contract: str) -> str:
    """The file of a contract below contracts/."""
    layer, _, name = contract.partition("/")
    return f"{layer}/test_{name}.py"


def run(job: Job, healthy: Mock) -> Outcome:
    """Run the job in this process, which is spoiled by it."""
    outcome = Outcome(job.name)
    missing = [each for each in job.contracts if not (contracts_dir() / place(each)).exists()]
    if missing:
        outcome.trouble = f"there is no contract {', '.join(missing)}"
        return outcome
    server = served(job.fault, healthy)
    began, used = time.monotonic(), time.process_time()
    code = pytest.main(arguments(job, server.url), plugins=[Notes(job, outcome)])
    outcome.seconds, outcome.cpu = round(time.monotonic() - began, 2), round(time.process_time() - used, 2)
    if int(code) not in (0, 1):
        outcome.trouble = outcome.trouble or f"pytest ended with {code!r}"
    elif not outcome.passed and not outcome.failed:
        outcome.trouble = outcome.trouble or "no test ran"
    return outcome


def child(job: Job, healthy: Mock, pipe: Connection) -> None:
    """Run the job with the output of this process in a file, hand the outcome over, and end."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        os.chdir(folder)
        printed = Path(folder, "printed")
        with printed.open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        sys.stdout, sys.stderr = (io.TextIOWrapper(os.fdopen(n, "wb", closefd=False)) for n in (1, 2))
        try:
            outcome = run(job, healthy)
        except Exception as error:  # noqa: BLE001 - told to the parent, in its words
            outcome = Outcome(job.name, trouble=repr(error))
        sys.stdout.flush()
        outcome.printed = printed.read_text("utf-8", "replace")[-TAIL:]
    pipe.send_bytes(json.dumps(asdict(outcome)).encode())
    pipe.close()
    os._exit(0)


def warm() -> Mock:
    """A healthy mock that all processes begin with, once pytest has read plugins and contracts in this process."""
    healthy = create_mock()
    server = served(None, healthy)
    words = ["--collect-only", "-q", "--no-summary", *arguments(Job(None), server.url)]
    with redirect_stdout(io.StringIO()) as printed:
        code = pytest.main(words)
        if code:
            raise RuntimeError(f"got {code!r} of pytest, wanted contracts to run:\n{printed.getvalue()[-TAIL:]}")
        client = Client(server.url, {"X-API-TOKEN": "TOKEN"})
        for resource in {entity.resource for entity in healthy.document.entities.values()}:
            client.send("GET", f"/api/v1/{resource}", query={"per_page": 5000})
        client.close()
    server.stop()
    settle()
    return healthy


def serve_until_told(fault: Fault | None, healthy: Mock, pipe: Connection) -> None:
    """Serve, tell the address, and end when the other side of the pipe does."""
    server = served(fault, healthy)
    pipe.send(server.url)
    with suppress(EOFError):
        pipe.recv()
    os._exit(0)


@contextmanager
def serving(fault: Fault | None, healthy: Mock) -> Iterator[str]:
    """A server in a process of its own; gives its URL."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=serve_until_told, args=(fault, healthy, theirs))
    process.start()
    theirs.close()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()
        ours.close()


def run_all(jobs: Iterable[Job], processes: int, healthy: Mock) -> Iterator[tuple[Job, Outcome]]:
    """Run the jobs, some at a time; outcomes as they come."""
    waiting = iter(jobs)
    running: dict[int, tuple[Any, Connection, Job, float]] = {}
    over = False
    while running or not over:
        while not over and len(running) < processes:
            job = next(waiting, None)
            if job is None:
                over = True
                break
            receiver, sender = FORK.Pipe(duplex=False)
            process = FORK.Process(target=child, args=(job, healthy, sender))
            process.start()
            sender.close()
            running[process.pid or 0] = (process, receiver, job, time.monotonic())
        wait([each[1] for each in running.values()], timeout=1)
        for pid, (process, receiver, job, began) in list(running.items()):
            late = time.monotonic() - began > job.limit
            if not (receiver.poll() or late or not process.is_alive()):
                continue
            yield job, ended(process, receiver, job)
            del running[pid]


def ended(process: Any, receiver: Connection, job: Job) -> Outcome:
    """The outcome of a process that has told it, has died, or is ended now because it takes too long."""
    try:
        outcome = Outcome(**json.loads(receiver.recv_bytes())) if receiver.poll() else None
    except EOFError:
        outcome = None
    if outcome is None:
        late = process.is_alive()
        process.kill()
        outcome = Outcome(job.name, seconds=job.limit)
        outcome.trouble = f"not done after {job.limit:g} s" if late else "its process died"
    process.join()
    receiver.close()
    return outcome
