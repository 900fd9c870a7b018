"""Nothing of a company is read, written or listed with the token of another one (R-AUTH-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.findings import Faults
from mockserver.contract.probes import REFUSALS, Prober, looks_up
from mockserver.contract.requests import path_values

if TYPE_CHECKING:
    from mockserver.contract.client import Client
    from mockserver.contract.pool import Pool
    from mockserver.contract.spec import Noun, Operation
    from mockserver.contract.target import Target

SHARED = frozenset({"company", "user", "company_user"})
"""Kinds that belong to the account, which may have several companies."""


@pytest.mark.facts
def test_a_company_sees_nothing_of_another_one(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool, target.stranger(pool.client) as stranger:
        prober = Prober(pool, faults, stranger)
        for operation in operations:
            noun = pool.spec.nouns.get(operation.noun)
            if noun is None or noun.name in SHARED or "id" not in noun.fields:
                continue
            if operation.behaviour == "list":
                overlap(pool, stranger, noun, operation, faults)
            elif operation.behaviour == "bulk":
                bulk(pool, stranger, noun, operation, faults)
            elif looks_up(operation) and (ids := path_values(operation, pool, "id")):
                prober.ask(operation, "the id of another company's record", REFUSALS, path={"id": ids[0]})
    faults.tell()


def overlap(pool: Pool, stranger: Client, noun: Noun, operation: Operation, faults: Faults) -> None:
    """The lists of two companies have no record in common, but for stock of the service."""
    reply = stranger.call(operation, query={"per_page": 5000}, want=200, judged=False)
    own = {row["id"] for row in (pool.live(noun.name) if noun.facts.get("stock") else pool.rows(noun.name))}
    if both := sorted(own & {row["id"] for row in reply.data}):
        faults.add(operation, f"the list shows {len(both)} records of another company, such as {both[0]}", reply)


def bulk(pool: Pool, stranger: Client, noun: Noun, operation: Operation, faults: Faults) -> None:
    """A bulk action on records of another company answers none of them."""
    ids = pool.ids(noun.name)[:2]
    actions = [name for name in ("archive", "delete") if name in noun.facts.get("bulk", {})]
    if not ids or not actions:
        return
    reply = stranger.call(operation, body={"action": actions[0], "ids": ids}, judged=False)
    listing = noun.operations.get("list")
    if reply.ok and any(hashed.encode() in reply.body for hashed in ids):
        faults.add(operation, "a bulk action answers records of another company", reply)
    elif listing is not None:
        now = {row["id"]: row for row in pool.client.call(listing, query={"per_page": 5000}, want=200).data}
        if any(now[hashed]["archived_at"] or now[hashed].get("is_deleted") for hashed in ids if hashed in now):
            faults.add(operation, "a bulk action has changed records of another company", reply)
