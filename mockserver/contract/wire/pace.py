"""How fast a client may call: not faster than asked for, and never again before a server is ready for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

LONGEST = 120.0
"""Seconds that a client waits at most for a server that asks it to come back later."""


@dataclass
class Pace:
    """Keeps requests apart; one for all clients of a process. `rate` is requests a second, 0 for any number."""

    rate: float = 0
    firm: set[tuple[str, str]] = field(default_factory=set)
    """Calls, by method and target, that were refused however often they came back: waiting for them is of no use."""
    _next: float = 0

    def wait(self) -> None:
        """Wait until the next request may go out."""
        if not self.rate:
            return
        now = time.monotonic()
        if self._next > now:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate

    def come_back(self, asked: str, date: str) -> None:
        """Wait as a Retry-After header asks; the Date of the answer tells what time the server thinks it is."""
        time.sleep(min(seconds_of(asked, date), LONGEST))


def seconds_of(asked: str, date: str) -> float:
    """Seconds that a Retry-After header stands for, which holds seconds or a date; one when it can't be read."""
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(date)).total_seconds())
    except (ValueError, TypeError):  # no date, or only one of the two has a time zone
        return 1.0
