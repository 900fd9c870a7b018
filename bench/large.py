"""A world of 100,000 invoices: making it, starting from its snapshot, and the pages of its lists."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from bench.calls import ROOT, Server
from bench.client import Connection, free_port, wire
from bench.measure import Row, in_words, interleaved, ratio, timed
from bench.start import LIST, PING, bare_command, first_answer, our_command
from bench.store import loop

if TYPE_CHECKING:
    from collections.abc import Callable

INVOICES = 100_000
BUILD = "from mockserver.app import Settings, create_mock; create_mock(Settings(scale=%r))"
PAGES = {
    "first page of invoices": ("invoices", "<= 10 ms"),
    "page in the middle": ("invoices?page=%d", "<= 10 ms"),
    "page of unpaid invoices": ("invoices?client_status=unpaid", "<= 10 ms"),
    "page by amount, descending": ("invoices?sort=amount|desc", "<= 10 ms"),
    "page of clients": ("clients", "<= 10 ms"),
    "page of payments": ("payments", "<= 10 ms"),
    "page of the log of activities": ("activities", "<= 10 ms"),
}
"""What is listed, its path and its target; the same call comes again and again, as when somebody turns pages."""


def scaled(port: int, scale: str) -> list[str]:
    """The command of the README with a scale."""
    return [*our_command(port), "--scale", scale]


def built(scale: str, cache: str) -> float:
    """CPU seconds that it takes to make the world and to keep it, in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "MOCKSERVER_CACHE_DIR": cache}
    subprocess.run([sys.executable, "-c", BUILD % scale], cwd=ROOT, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starts(rounds: int, scale: str, cache: str, what: str) -> list[Row]:
    """From the start of the process to a list of invoices, CPU and wall time."""
    port = free_port()
    commands = {
        "bare": partial(first_answer, bare_command, port, cache, PING),
        "ours": partial(first_answer, partial(scaled, scale=scale), port, cache, LIST),
    }
    for each in commands.values():
        each()
    spent = interleaved(rounds, commands)
    rows = []
    for unit, label, target in (("cpu", "CPU", "<= 2 s"), ("wall", "wall time", "")):
        costs = {key: [float(getattr(each, unit)) for each in values] for key, values in spent.items()}
        base = f"bare uvicorn {in_words(median(costs['bare']))}"
        name = f"start from the snapshot of {what} until it lists them, {label}"
        rows.append(Row(name, in_words(median(costs["ours"])), base, ratio(costs, "ours", "bare"), target))
    return rows


def pages(rounds: int, requests: int, scale: str, cache: str, invoices: int) -> list[Row]:
    """CPU of the server for a page of each list."""
    port = free_port()
    environment = {**os.environ, "MOCKSERVER_CACHE_DIR": cache}
    process = subprocess.Popen(scaled(port, scale), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        with Connection(port) as connection:
            server = Server(process, connection)
            contenders: dict[str, Callable[[], float]] = {"loop": partial(timed, loop, 100)}
            for name, (path, _) in PAGES.items():
                request = wire("GET", "/api/v1/" + (path % (invoices // 40) if "%" in path else path))
                server.cpu_of(request, 1)
                contenders[name] = partial(server.cpu_of, request, requests)
            costs = interleaved(rounds, contenders)
    finally:
        process.terminate()
        process.wait()
    base = f"loop of 1,000 look-ups {in_words(median(costs['loop']))}"
    return [
        Row(name, in_words(median(costs[name])), base, ratio(costs, name, "loop"), target)
        for name, (_, target) in PAGES.items()
    ]


def run(rounds: int = 7, requests: int = 50, invoices: int = INVOICES) -> list[Row]:
    """A row for making the world, two for its start, and one a list."""
    if sys.platform != "linux":
        raise RuntimeError(f"got {sys.platform}, wanted linux: the CPU clock of another process is read")
    scale, what = f"invoices={invoices}", f"{invoices:,} invoices"
    with tempfile.TemporaryDirectory() as cache:
        cost, once = built(scale, cache), timed(loop, 1000)
        base = f"loop of 1,000 look-ups {in_words(once)}"
        made = Row(f"make a world of {what} and keep it, CPU", in_words(cost), base, cost / once)
        return [made, *starts(rounds, scale, cache, what), *pages(rounds, requests, scale, cache, invoices)]
