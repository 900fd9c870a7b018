"""What a planted fault is: data, and one small plant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.app import Settings
    from tests.planted.exchange import Exchange

    Handler = Callable[[Exchange], object]
    """What it gives is not looked at."""

SHAPE, PROTOCOL, STATE, BUSINESS = LAYERS = ("shape", "protocol", "state", "business")
BENIGN = "benign"
ID = "[A-Za-z0-9]{10,}"
START = re.compile(r"(?:/worlds/[^/]+)?/(?:api/v1/|(?=__mock__/))")


@dataclass(frozen=True)
class Plant:
    """How a server is spoiled: `before` may change the request or answer it, `after` the answer or the world.

    `patch` changes the engine itself. It is never undone: a process serves one fault.
    """

    before: Handler | None = None
    after: Handler | None = None
    patch: Callable[[], object] | None = None
    wrap: Callable[[Any], Any] | None = None
    """Another ASGI application around the server."""
    settings: Settings | None = None
    """How the mock is set up, when it is not as it comes."""
    pause: float = 0
    """Seconds between `before` and `late`: other calls come meanwhile."""
    late: Handler | None = None


@dataclass(frozen=True)
class Fault:
    """A fault, and the contract that must catch it."""

    name: str
    operator: str
    """What kind of mistake it is, in the words of mutation testing."""
    contract: str
    """`layer/name` of the contract that must fail; empty for a variant that breaks nothing."""
    select: str
    """Nouns or operations, with spaces between them, for which the contract has to run to see it."""
    plant: Plant
    calls: str = ""
    """Methods and paths that it shows on: `GET|PUT clients/* clients`; `*` is an id, `**` anything. Empty: none.

    `**` alone is the control API as well: a server that differs is of one piece.
    """
    trigger: str = ""
    """In which special case it shows; empty when it always does."""
    status: tuple[int, ...] = (200,)
    """Statuses that `after` shows on; none for any."""
    missed: str = field(default="", kw_only=True)
    """Why the quick profile does not catch it; it must not be caught there then."""
    layer: str = field(default="", kw_only=True)

    @cached_property
    def _paths(self) -> tuple[frozenset[str], re.Pattern[str]]:
        methods, *paths = self.calls.split()
        patterns = [re.escape(path).replace(r"\*\*", ".*").replace(r"\*", ID) for path in paths]
        return frozenset(methods.split("|")), re.compile("|".join(patterns))

    @property
    def places(self) -> frozenset[str]:
        """First segments of the paths of its calls."""
        return frozenset(path.partition("/")[0] for path in self.calls.split()[1:])

    def meets(self, method: str, place: str) -> bool:
        """Whether a call is one of those that the plant may touch."""
        found = START.match(place) if self.calls else None
        if found is None:
            return False
        methods, paths = self._paths
        known = method in methods or "*" in methods
        return known and paths.fullmatch(place, found.end()) is not None


def of_layer(layer: str, *faults: Fault) -> tuple[Fault, ...]:
    """The faults, in a layer."""
    return tuple(replace(each, layer=layer) for each in faults)
