"""What needs no record of the run is answered as by the other server: forms, lookup rows, refusals, heads of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.differential.comparison import Parting
from mockserver.contract.differential.ground import pair
from mockserver.contract.differential.pair import Call
from mockserver.contract.requests.pool import NOWHERE

if TYPE_CHECKING:
    from mockserver.contract.differential.ground import Ground
    from mockserver.contract.differential.pair import Pair, Replies
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

ALIKE = frozenset({"blank", "statics"})
"""Behaviours whose good answers are the same on every server of one company."""


def head(_: Pair, replies: Replies) -> list[Parting]:
    """Where the heads of two lists differ: status, type, and what they say about themselves."""
    heads = [(reply.status, reply.media, members(reply.json()) if is_json(reply) else "") for reply in replies]
    return [] if heads[0] == heads[1] else [Parting("head", *heads)]


def is_json(reply: Any) -> bool:
    return bool(reply.ok and reply.media == "application/json")


def members(body: Any) -> Any:
    """Names of the members of a body, and of those that a list says about itself."""
    if not isinstance(body, dict):
        return type(body).__name__
    return {name: members(value) if name in ("meta", "pagination") else "" for name, value in body.items()}


def test_both_servers_answer_the_same_without_records(
    target: Target, model: Target, spec: Spec, operation: Operation, options: Options, ground: Ground
) -> None:
    if not operation.reads_only or operation.public or operation.keyed or operation.out_of_reach:
        return
    path = dict.fromkeys(operation.parameters("path"), NOWHERE)
    with pair(spec, target, model, ground, options.other) as both:
        if path or operation.behaviour in ALIKE:
            both.call(Call(operation, path=path))
        elif operation.behaviour == "list":
            both.call(Call(operation, compare=head))
        both.call(Call(operation, path=path, headers={"X-API-TOKEN": None}))
        both.call(Call(operation, path=path, headers={"X-API-TOKEN": "no-such-token"}))
