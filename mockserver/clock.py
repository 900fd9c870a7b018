"""The time of a world. The only module that reads the real clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NamedTuple

EPOCH = int(datetime(2026, 1, 15, 9, 0, tzinfo=UTC).timestamp())
"""The instant at which seeded worlds are made, so that the same seed gives the same bytes on every day."""


class Clock(NamedTuple):
    """Real time plus an offset, or a frozen instant (unix seconds)."""

    frozen: int | None = None
    offset: int = 0

    @classmethod
    def at(cls, moment: int, *, frozen: bool) -> Clock:
        """A clock that shows that moment now, and stands still there or runs on."""
        return cls(frozen=moment) if frozen else cls(offset=moment - int(time.time()))

    def now(self) -> int:
        """Unix seconds."""
        return self.frozen if self.frozen is not None else int(time.time()) + self.offset

    def ahead(self) -> int:
        """Seconds by which this clock is ahead of the real time; negative when it is behind."""
        return self.offset if self.frozen is None else self.frozen - int(time.time())


def stopwatch() -> float:
    """Monotonic seconds, for rate limits and guards against repeats; never stored in a record."""
    return time.monotonic()
