"""Every answer, refusals too, tells the version of the service and lets pages of other origins read it (R-AUTH-17)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Faults
from mockserver.contract.drivers.probes import TAKEN_OR_REFUSED, Prober, cheap_reads

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

READS = 3
"""Reads of a family that are looked at."""
VERSION = re.compile(r"\d+(\.\d+)+\S*")
WANTED = {
    "x-app-version": VERSION,
    "x-minimum-client-version": VERSION,
    "access-control-allow-origin": re.compile(r"\*|https?://\S+"),
    "access-control-allow-methods": re.compile(r".*GET.*"),
    "access-control-allow-headers": re.compile(r".*(X-API-TOKEN|\*).*", re.IGNORECASE),
    "access-control-expose-headers": re.compile(r".*(X-APP-VERSION|\*).*", re.IGNORECASE),
}


@pytest.mark.facts
def test_every_answer_has_the_headers_of_all(target: Target, operations: list[Operation]) -> None:
    faults = Faults()
    with target.stocked() as pool:
        prober = Prober(pool, faults)
        asked = [(each, "a call without a token", {"X-API-TOKEN": None}) for each in operations if not each.public]
        asked += [(each, "a read", {}) for each in cheap_reads(operations)[:READS]]
        for operation, why, headers in asked:
            reply = prober.ask(operation, why, TAKEN_OR_REFUSED, headers=headers)
            if reply is not None and (what := wrong_header(reply)):
                prober.fault(operation, f"{reply.status}: {what}", reply)
    faults.tell()


def wrong_header(reply: Reply) -> str:
    """The first header that is missing or not what it should be."""
    for name, pattern in WANTED.items():
        text = reply.headers.get(name)
        if text is None:
            return f"the header {name} is missing"
        if pattern.fullmatch(text) is None:
            return f"the header {name} is {text!r}, wanted {pattern.pattern}"
    if not reply.media:
        return "the answer has no content type"
    return ""
