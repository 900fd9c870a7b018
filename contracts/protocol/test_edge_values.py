"""A value at the edge of its type is taken or refused, never a server error, and a refused one changes nothing.

Negative and huge numbers, long texts, astral characters, NUL, nesting, null, and pages that do not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import TAKEN_OR_REFUSED, Prober, undoable
from mockserver.contract.options import DEEP, QUICK
from mockserver.contract.requests.edges import edge_bodies, edge_queries
from mockserver.contract.requests.examples import example_of

if TYPE_CHECKING:
    from mockserver.contract.calls.client import Client
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.requests.pool import Pool
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

MOST = {QUICK: 1, DEEP: 1000}
"""Values of a member or parameter; some more by default."""


def test_an_edge_value_is_taken_or_refused_whole(target: Target, options: Options, operations: list[Operation]) -> None:
    faults, most = Faults(), MOST.get(options.effort, 3)
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            for name, value in edge_queries(operation, most, options.seed) if operation.reads_only else ():
                prober.ask(operation, f"{name}={value[:40]!r}", TAKEN_OR_REFUSED, query={name: value})
            if operation.body() is not None and undoable(target, operation):
                bodies(prober, pool, operation, options.seed, most)
                target.fork(pool.client)
    faults.tell()


def bodies(prober: Prober, pool: Pool, operation: Operation, seed: int, most: int) -> None:
    """Edge values in a body, and after a refused update the record as it was."""
    path, good = example_of(operation, pool)
    noun = pool.spec.nouns.get(operation.noun) or pool.spec.resources.get(operation.noun)
    updates = operation.behaviour in ("update", "patch")
    show = noun.operations.get("show") if noun is not None and updates else None
    before = None if show is None else shown(prober.client, show, path)
    for what, body in edge_bodies(pool.spec, operation, good if isinstance(good, dict) else {}, most, seed):
        reply = prober.ask(operation, what, TAKEN_OR_REFUSED, path=path, body=body)
        if show is None or reply is None:
            continue
        after = shown(prober.client, show, path)
        if reply.status >= 400 and before is not None and after is not None and after.body != before.body:
            prober.fault(operation, f"{what}: refused, and yet the record has changed", reply)
        before = after


def shown(client: Client, show: Operation, path: dict[str, str]) -> Reply | None:
    """The record as it is shown now."""
    reply = client.call(show, path=path, judged=False)
    return reply if reply.ok else None
