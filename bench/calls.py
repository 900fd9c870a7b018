"""CPU a request: our server and stock connexion against a bare ASGI function that sends the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.client import Connection, free_port, wire
from bench.measure import Row, cpu_seconds, in_words, interleaved, one_cpu, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TARGETS = {
    "show an invoice": "<= 2.0",
    "list 20 invoices": "<= 2.3",
    "create a product": "<= 2.3",
    "create an invoice, 3 lines": "",
}
STOCK_PART = 10
"""Stock connexion gets a tenth of the requests: it is that much slower."""


class Server:
    """A running server process and one connection to it."""

    def __init__(self, process: subprocess.Popen[bytes], connection: Connection) -> None:
        self.pid = process.pid
        self.connection = connection

    def cpu_of(self, request: bytes, count: int) -> float:
        """CPU seconds that the server spends on one of `count` requests."""
        before = cpu_seconds(self.pid)
        self.connection.burst(request, count)
        return (cpu_seconds(self.pid) - before) / count


@contextmanager
def serving(kind: str, recorded: str = "") -> Iterator[Server]:
    """A server of that kind, ended on the way out."""
    port = free_port()
    command = [sys.executable, "-m", "bench.servers", kind, str(port), *([recorded] if recorded else [])]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        with Connection(port) as connection:
            yield Server(process, connection)
    finally:
        process.terminate()
        process.wait()


def invoice(client: str) -> bytes:
    """The body that creates an invoice with three lines."""
    lines = [
        {
            "product_key": f"item-{n}",
            "notes": f"Position {n}",
            "cost": 10.5 * n,
            "quantity": n,
            "tax_name1": "GST",
            "tax_rate1": 10,
        }
        for n in (1, 2, 3)
    ]
    return json.dumps({"client_id": client, "po_number": "PO-77", "line_items": lines}).encode()


def furnish(connection: Connection) -> dict[str, tuple[str, bytes]]:
    """Put a client and 20 invoices into the world; gives the operation and the request of each benchmark."""
    contact = {"first_name": "Ada", "last_name": "Bright", "email": "ada@example.com"}
    body = json.dumps({"name": "Bright Harbour Ltd", "contacts": [contact]}).encode()
    client = json.loads(connection.ask(wire("POST", "/api/v1/clients", body)).body)["data"]["id"]
    create = wire("POST", "/api/v1/invoices", invoice(client))
    product = {"product_key": "widget", "notes": "Anodised", "cost": 4.5, "price": 9.75, "quantity": 1}
    made = [json.loads(connection.ask(create).body)["data"]["id"] for _ in range(20)]
    requests = [
        ("getInvoice", wire("GET", f"/api/v1/invoices/{made[-1]}")),
        ("listInvoices", wire("GET", "/api/v1/invoices")),
        ("createProduct", wire("POST", "/api/v1/products", json.dumps(product).encode())),
        ("createInvoice", create),
    ]
    return dict(zip(TARGETS, requests, strict=True))


def record(connection: Connection, requests: dict[str, tuple[str, bytes]], path: Path) -> None:
    """Write down what our server answers, for the servers that send the same."""
    recorded = {}
    for operation, request in requests.values():
        answer = connection.ask(request)
        if answer.status != 200:
            raise RuntimeError(f"{operation}: got {answer.status} {answer.body[:200]!r}, wanted a 200")
        method, target, _ = request.decode().split(" ", 2)
        recorded[f"{method} {target}"] = {
            "operation": operation,
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body.decode(),
        }
    path.write_text(json.dumps(recorded), encoding="utf-8")


def run(rounds: int = 30, requests: int = 300) -> list[Row]:
    """Two rows a request: ours and stock connexion, each against bare."""
    rows = []
    with ExitStack() as stack:
        stack.enter_context(one_cpu())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "recorded.json"
        ours = stack.enter_context(serving("ours"))
        wanted = furnish(ours.connection)
        record(ours.connection, wanted, path)
        bare = stack.enter_context(serving("bare", str(path)))
        stock = stack.enter_context(serving("stock", str(path)))
        for what, (_, request) in wanted.items():
            for server in (bare, ours, stock):
                server.cpu_of(request, max(requests // STOCK_PART, 1))
            contenders = {
                "bare": partial(bare.cpu_of, request, requests),
                "ours": partial(ours.cpu_of, request, requests),
                "stock": partial(stock.cpu_of, request, max(requests // STOCK_PART, 1)),
            }
            costs = interleaved(rounds, contenders)
            base = f"bare ASGI {in_words(median(costs['bare']))}"
            rows.append(Row(what, in_words(median(costs["ours"])), base, ratio(costs, "ours", "bare"), TARGETS[what]))
            rows.append(
                Row(f"{what}, stock connexion", in_words(median(costs["stock"])), base, ratio(costs, "stock", "bare"))
            )
    return rows
