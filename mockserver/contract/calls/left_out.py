"""Contracts that are left out: why one can't be asked of a server, and what would change that.

Every skip of the suite is one of these, so that each has a reason that a user can do something about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import SkipTest

from mockserver.contract.reading.needs import NEEDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class NotHere(SkipTest):
    """The contract does not apply: `why`, and the `remedy` that would let it. Test runners leave the test out."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"{why}; {remedy}")


class NotAllowed(NotHere):
    """A call that would do more than is allowed; nothing was sent."""

    def __init__(self, missing: AbstractSet[str]) -> None:
        words = ",".join(word for word in NEEDS if word in missing)
        super().__init__("this server is not ours", f"--allow {words} lets the contract run")


class NoWorlds(NotHere):
    """A contract that only a mock of ours can stand."""

    def __init__(self) -> None:
        super().__init__(
            "random writes can't be cleaned up, and this server keeps no world of its own for each contract",
            "on a mock of ours the contract runs",
        )
