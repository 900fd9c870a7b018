"""`python -m bench.contracts.throughput`: how many cases of the fast lane one core of client CPU makes and judges.

A case is a request made from the document, sent, its answer read and judged with its headers and body. The server runs
in another thread, whose CPU is not counted; beside it, in turns, a plain loop of http.client and json that makes,
sends and parses as many calls and judges nothing.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from typing import TYPE_CHECKING

from bench.measure import Row, in_words, interleaved, ratio, table
from mockserver.app import create_mock
from mockserver.content import spec_dir
from mockserver.contract.calls.tally import Tally
from mockserver.contract.drivers.lane import run as run_lane
from mockserver.contract.options import Options
from mockserver.contract.reading.spec import Spec
from mockserver.contract.requests.cases import Cases
from mockserver.contract.target.server import Target
from mockserver.server import BackgroundServer, listen

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
EVERY = 6
"""One operation in so many is called in a round."""


def lane(target: Target, first: int) -> float:
    """Seconds of client CPU a case, over some of the operations."""
    began, cases = time.thread_time(), 0
    for operation in list(target.spec.operations.values())[first::EVERY]:
        with target.stocked() as pool:
            outcome = run_lane(target, operation, Cases(target.spec, pool, "quick", 1), pool)
        cases += sum(outcome.answers.values())
    return (time.thread_time() - began) / cases


def plain(url: str, calls: int = 1000) -> float:
    """Seconds of client CPU a call of a loop that does not judge."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    began = time.thread_time()
    for number in range(calls):
        body = json.dumps({"product_key": f"p{number}", "notes": "a note", "price": 10})
        headers = {"X-API-TOKEN": "TOKEN", "Content-Type": "application/json", "X-Mock-World": "plain"}
        connection.request("POST", "/api/v1/products", body, headers)
        json.loads(connection.getresponse().read())
    spent = time.thread_time() - began
    connection.close()
    return spent / calls


def run() -> list[Row]:
    """The row of the table, and one for a first pass, in which validators are compiled."""
    spec = Spec.read(spec_dir() / "openapi.json")
    server = BackgroundServer(create_mock().asgi, listen("127.0.0.1", 0))
    server.start()
    target = Target.at(server.url, spec, Options(), Tally())
    with target.stocked():
        pass
    cold = sum(lane(target, first) for first in range(EVERY)) / EVERY
    contenders: dict[str, Callable[[], float]] = {"lane": lambda: lane(target, 0), "plain": lambda: plain(server.url)}
    costs = interleaved(ROUNDS, contenders)
    target.close()
    server.stop()
    warm, base = (sorted(costs[name])[ROUNDS // 2] for name in ("lane", "plain"))
    wanted = "1,500 a second"
    times, paid = ratio(costs, "lane", "plain"), in_words(base)
    return [
        Row(f"a case of the fast lane, {1 / warm:,.0f} a second", in_words(warm), paid, times, wanted),
        Row(f"the first of an operation, {1 / cold:,.0f} a second", in_words(cold), paid, cold / base, wanted),
    ]


if __name__ == "__main__":
    sys.stdout.write(table(run()))
