"""Start to first answer: CPU and wall time of a new process until its first 200, against an empty application on uvicorn."""

from __future__ import annotations

import subprocess
import sys
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


def first_answer(command: Callable[[int], Sequence[str]], port: int, request: bytes) -> Spent:
    """What a process costs until it answered its first call."""
    began = time.monotonic()
    process = subprocess.Popen(command(port), cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        with Connection(port) as connection:
            connection.burst(request, 1)
            return Spent(cpu_seconds(process.pid), time.monotonic() - began)
    finally:
        process.terminate()
        process.wait()


def run(rounds: int = 10) -> list[Row]:
    """One row a first call; the world comes from its snapshot, as on every start but the first."""
    port = free_port()  # one for all, because the world's snapshot depends on the address
    commands = {"bare": partial(first_answer, bare_command, port, PING)}
    calls = {"answers a ping": PING, "lists invoices": LIST}
    commands |= {name: partial(first_answer, our_command, port, request) for name, request in calls.items()}
    for each in commands.values():
        each()  # files of Python and of the world are in the cache now
    spent: dict[str, list[Spent]] = interleaved(rounds, commands)
    rows = []
    for name in calls:
        for unit, target in (("cpu", "<= 3.5"), ("wall", "")):
            costs = {key: [getattr(each, unit) for each in values] for key, values in spent.items()}
            rows.append(
                Row(
                    f"start until it {name}, {'CPU' if unit == 'cpu' else 'wall time'}",
                    in_words(median(costs[name])),
                    f"bare uvicorn {in_words(median(costs['bare']))}",
                    ratio(costs, name, "bare"),
                    target,
                )
            )
    return rows
