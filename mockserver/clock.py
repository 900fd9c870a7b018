"""The time of a world. The only module that reads the real clock."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = int(datetime(2026, 1, 15, 9, 0, tzinfo=UTC).timestamp())
"""The instant at which seeded worlds are made, so that the same seed gives the same bytes on every day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Real time plus an offset, or a frozen instant (unix seconds)."""

    frozen: int | None = None
    offset: int = 0

    def now(self) -> int:
        """Unix seconds."""
        return self.frozen if self.frozen is not None else int(time.time()) + self.offset


def stopwatch() -> float:
    """Monotonic seconds, for rate limits and guards against repeats; never stored in a record."""
    return time.monotonic()
