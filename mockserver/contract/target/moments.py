"""Time between two calls: moved on in a world of ours, waited for elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.contract.calls.client import Client
    from mockserver.contract.target.server import Target

STEP = {True: 60, False: 1}
"""Seconds that `later` lets pass, on a server of ours and on others."""


def later(target: Target, client: Client) -> None:
    """Let some time pass, so that a write can be told from the one before by its second."""
    if target.ours:
        client.send("PUT", "/__mock__/clock", body={"advance": f"{STEP[True]} seconds"})
    elif target.writable:
        time.sleep(STEP[False] + 0.1)
