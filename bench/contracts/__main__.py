"""`python -m bench.contracts`: what our suite and Schemathesis catch of the planted faults, as a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.__main__ import into, machine
from bench.contracts import schemathesis
from bench.contracts.state import Result, State
from bench.contracts.table import TOOLS, table
from tests.planted.benign import VARIANTS, hurried
from tests.planted.catalog import FAULTS
from tests.planted.fault import LAYERS
from tests.planted.score import focused, whole
from tests.planted.worker import run_all, warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.app import Mock
    from tests.planted.fault import Fault
    from tests.planted.worker import Job, Outcome

HEALTHY = "healthy"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m bench.contracts", description=__doc__)
    made.add_argument("--state", type=Path, default=Path("contracts-benchmark.json"), metavar="FILE")
    made.add_argument("--write", type=Path, metavar="PAGE", help="a Markdown page to put the table into")
    made.add_argument("--tools", nargs="+", default=list(TOOLS), choices=TOOLS)
    made.add_argument("--seeds", nargs="+", type=int, default=[1])
    made.add_argument("--jobs", type=int, default=2, help="runs at a time (default: 2)")
    made.add_argument(
        "--examples", type=int, default=schemathesis.EXAMPLES, metavar="N", help="random cases of Schemathesis"
    )
    made.add_argument("--every", type=int, default=1, metavar="N", help="look at each Nth fault of a layer only")
    made.add_argument("--sound", action="store_true", help="run the sound servers only, not those with a fault")
    made.add_argument("--faulty", action="store_true", help="run the servers with a fault only")
    made.add_argument("--no-run", action="store_true", help="print the table of what is there")
    return made


def sample(every: int) -> list[Fault]:
    """Each Nth fault of each layer."""
    return [fault for layer in LAYERS for fault in [each for each in FAULTS if each.layer == layer][::every]]


def ours(state: State, tool: str, seed: int, told: argparse.Namespace, healthy: Mock) -> None:
    """Our suite: first the contract that is named for a fault, where it shows; the whole profile when that is silent.

    A contract that fails on its own fails in the whole profile too: each test has a world of its own.
    """
    servers: list[Fault | None] = [] if told.faulty else [None, *map(hurried, VARIANTS)]
    faults = [] if told.sound else sample(told.every)
    quick = told_quick(tool)
    if quick:
        jobs = [focused(each, seed) for each in faults if state.get(tool, each.name, seed) is None]
        for job, outcome in run_all(jobs, told.jobs, healthy):
            if outcome.failed and not outcome.trouble:
                keep(state, tool, seed, job, outcome)
    rest = [each for each in faults if state.get(tool, each.name, seed) is None]
    if not quick:  # the default profile tries all that the quick one tries, and more
        for each in rest:
            if (found := state.get(TOOLS[0], each.name, seed)) is not None and found.failed:
                state.put(tool, each.name, seed, found)
        rest = [each for each in rest if state.get(tool, each.name, seed) is None]
    jobs = [whole(each, seed, quick=quick) for each in (*servers, *rest)]
    jobs = [job for job in jobs if state.get(tool, job.name, seed) is None]
    for job, outcome in run_all(jobs, told.jobs, healthy):
        keep(state, tool, seed, job, outcome)


def told_quick(tool: str) -> bool:
    return tool == TOOLS[0]


def keep(state: State, tool: str, seed: int, job: Job, outcome: Outcome) -> None:
    made = Result(outcome.failed, outcome.seconds, outcome.cpu, outcome.requests, outcome.trouble)
    state.put(tool, job.name, seed, made)
    say(tool, job.name, made)


def theirs(state: State, seed: int, told: argparse.Namespace, healthy: Mock) -> None:
    """Schemathesis on the operations around each fault; each such part of the document on a healthy server first."""
    tool = TOOLS[2]
    faults = sample(told.every)
    for fault, name, places in servers_of(faults, told, healthy):
        if state.get(tool, name, seed) is None:
            made = schemathesis.run(fault, places, seed, told.examples, healthy)
            state.put(tool, name, seed, made)
            say(tool, name, made)


def servers_of(
    faults: Sequence[Fault], told: argparse.Namespace, healthy: Mock
) -> Iterator[tuple[Fault | None, str, list[str]]]:
    """(fault, name of the result, first segments of the paths that are looked at)."""
    parts = sorted({tuple(schemathesis.resources(fault, healthy)) for fault in faults})
    for part in parts:
        yield None, f"{HEALTHY} {' '.join(part)}".strip(), list(part)
    if not told.faulty:
        for variant in VARIANTS:
            yield variant, variant.name, ["clients", "invoices", "products"]
    if not told.sound:
        for fault in faults:
            yield fault, fault.name, schemathesis.resources(fault, healthy)


def say(tool: str, name: str, made: Result) -> None:
    verdict = made.trouble or (", ".join(made.failed[:3]) if made.failed else "silent")
    print(f"{tool:16} {made.seconds:6.1f} s {made.requests:6} calls  {name}: {verdict}"[:200], flush=True)


def main(words: Sequence[str] | None = None) -> int:
    told = parser().parse_args(words)
    state, healthy = State(told.state), warm()
    for seed in told.seeds if not told.no_run else ():
        for tool in told.tools:
            if tool == TOOLS[2]:
                theirs(state, seed, told, healthy)
            else:
                ours(state, tool, seed, told, healthy)
    text = f"{table(state, told.seeds, healthy)}\n{machine()}\n"
    sys.stdout.write(text)
    if told.write:
        told.write.write_text(into(told.write.read_text("utf-8"), text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
