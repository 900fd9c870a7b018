"""Start to first answer: CPU and wall time of a new process until its first 200, against an empty app on uvicorn."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench.calls import ROOT
from bench.client import Connection, free_port, wire
from bench.measure import Row, cpu_seconds, in_words, interleaved, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EMPTY = """
import uvicorn
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})
uvicorn.run(app, port=%d, ws="none", lifespan="off", log_level="warning", access_log=False, server_header=False)
"""
PING = wire("GET", "/api/v1/ping")
LIST = wire("GET", "/api/v1/invoices?per_page=2")


class Spent(NamedTuple):
    """CPU and wall seconds from the start of a process to its first answer."""

    cpu: float
    wall: float


def bare_command(port: int) -> list[str]:
    """The smallest application that uvicorn serves, with the settings of `mockserver serve`."""
    return [sys.executable, "-c", EMPTY % port]


def our_command(port: int) -> list[str]:
    """The command of the README."""
    return [sys.executable, "-m", "mockserver", "serve", "--port", str(port)]


def first_answer(command: Callable[[int], Sequence[str]], port: int, cache: str, request: bytes) -> Spent:
    """What a process costs until it answered its first call; `cache` is where it keeps the seeded world."""
    environment = {**os.environ, "MOCKSERVER_CACHE_DIR": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its modules compiled
    began = time.monotonic()
    process = subprocess.Popen(command(port), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        with Connection(port) as connection:
            connection.burst(request, 1)
            return Spent(cpu_seconds(process.pid), time.monotonic() - began)
    finally:
        process.terminate()
        process.wait()


def run(rounds: int = 15) -> list[Row]:
    """Rows by first call; the world comes from its snapshot, as on every start but the first."""
    calls = {"answers a ping": PING, "lists invoices": LIST}
    with tempfile.TemporaryDirectory() as cache:
        port = free_port()  # one for all, because the world's snapshot depends on the address
        commands = {"bare": partial(first_answer, bare_command, port, cache, PING)}
        commands |= {name: partial(first_answer, our_command, port, cache, request) for name, request in calls.items()}
        for each in commands.values():
            each()  # compiled modules and the snapshot are there from now on
        spent = interleaved(rounds, commands)
    rows = []
    for name in calls:
        for unit, label, target in (("cpu", "CPU", "<= 3.5"), ("wall", "wall time", "")):
            costs = {key: [float(getattr(each, unit)) for each in values] for key, values in spent.items()}
            base = f"bare uvicorn {in_words(median(costs['bare']))}"
            what = f"start until it {name}, {label}"
            rows.append(Row(what, in_words(median(costs[name])), base, ratio(costs, name, "bare"), target))
    return rows
