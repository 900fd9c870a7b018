"""A body that can't be read is refused, or counts as none; it is never a server error, and nothing of it is taken.

JSON that does not parse is a 400 where a token is asked for, since 5.12; earlier versions took it for no input.

Cut-off JSON, text that is no JSON, bytes that are no UTF-8, NaN, depth without end, and good JSON under a media type
that says something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.lane import spoils
from mockserver.contract.drivers.probes import REFUSALS, TAKEN_OR_REFUSED, Prober, undoable
from mockserver.contract.judging.casts import Casts

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

DEEP = 20_000
UNREADABLE = {
    "cut-off JSON": b'{"name": "a", "number": ',
    "text that is no JSON": b"name=a",
    "bytes that are no UTF-8": b'{"name": "\xff\xfe\xfa"}',
    "NaN": b'{"amount": NaN, "cost": Infinity}',
    "two values": b'{"name": "a"} {"name": "b"}',
}
"""What no reader of JSON takes."""
ODD = {
    "lists in lists without end": b"[" * DEEP + b"]" * DEEP,
    "objects in objects without end": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a byte order mark": b'\xef\xbb\xbf{"name": "a"}',
    "a text": b'"name"',
}
SINCE = [5, 12]
TYPES = ("text/plain", "application/xml", "multipart/form-data", "application/octet-stream", "nonsense")


def test_a_body_that_cannot_be_read_is_no_body(target: Target, spec: Spec, operations: list[Operation]) -> None:
    faults, casts = Faults(), Casts(spec)
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        for operation in operations:
            if operation.body() is None or not undoable(target, operation):
                continue
            want = TAKEN_OR_REFUSED if operation.plain or not casts.stays_wrong(operation, {}) else REFUSALS
            free = operation.plain or operation.public or before_malformed(target)
            malformed = want if free else (400,)
            replies = [prober.ask(operation, what, malformed, body=body) for what, body in UNREADABLE.items()]
            replies += [prober.ask(operation, what, want, body=body) for what, body in ODD.items()]
            replies += [
                prober.ask(operation, f"JSON as {kind}", want, body=b'{"name": "a"}', headers={"Content-Type": kind})
                for kind in TYPES
            ]
            if any(reply is not None and spoils(operation, reply) for reply in replies):
                target.fork(pool.client)
    faults.tell()


def before_malformed(target: Target) -> bool:
    """Whether the server says of itself that it is older than the refusal of malformed JSON."""
    told = target.history[-1].headers.get("x-app-version", "") if target.history else ""
    parts = told.split(".")[:2]
    return all(part.isdecimal() for part in parts) and [int(part) for part in parts] < SINCE
