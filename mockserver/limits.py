"""Rate limits: how many calls in how long, written as `300/m`, and counters that a world keeps of them (R-AUTH-14)."""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

ROUTES = "routes"
"""Name under which the limits of single routes are switched off."""
SERVICE = "service"
OFF = "off"
MOST = 10_000
"""Counters that a world keeps; the oldest goes."""
_LIMIT = re.compile(r"([0-9]{1,7})/([0-9]{0,4})([smh])")
_UNITS = {"s": 1, "m": 60, "h": 3600}


class Limit(NamedTuple):
    """So many calls in so many seconds."""

    calls: int
    seconds: int


@lru_cache(maxsize=256)
def read_limit(text: str) -> Limit:
    """The limit in a text such as `300/m` or `1/2m`. Raises ValueError."""
    found = _LIMIT.fullmatch(text)
    if found is not None:
        limit = Limit(int(found[1]), int(found[2] or 1) * _UNITS[found[3]])
        if limit.calls and limit.seconds:
            return limit
    raise ValueError(f"got {text!r}, wanted calls and time such as 300/m, 5/s or 1/2m")


class Limits(NamedTuple):
    """What holds in a world: limits by name, and whether single routes have theirs."""

    named: Mapping[str, Limit]
    routes: bool = True

    def of(self, name: str) -> Limit | None:
        """The limit that an operation names: one of `named`, or one of its own such as `20/m`."""
        if "/" in name:
            return read_limit(name) if self.routes else None
        return self.named.get(name)

    def texts(self) -> dict[str, str]:
        """For people: name -> `300 calls in 60 s`."""
        return {name: f"{limit.calls} calls in {limit.seconds} s" for name, limit in self.named.items()} | {
            ROUTES: "as the service has them" if self.routes else OFF
        }


def read_limits(text: str, service: Mapping[str, str]) -> Limits | None:
    """Limits of a setting: `off` or nothing, `service`, `300/m` for all calls with a token, `login=5/m`, or several.

    What is not named is as `service` has it. Raises ValueError with what was wanted.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if words in ([], [OFF]):
        return None
    named = {name: read_limit(each) for name, each in service.items()}
    routes = True
    for word in words:
        name, assigned, value = word.rpartition("=")
        name = name if assigned else "api"
        if word == SERVICE:
            continue
        if name == ROUTES and value == OFF:
            routes = False
        elif name not in service:
            raise ValueError(f"got {word!r}, wanted one of {', '.join([*service, f'{ROUTES}={OFF}'])} before a `=`")
        elif value == OFF:
            named.pop(name, None)
        else:
            named[name] = read_limit(value)
    return Limits(named, routes)


class Taken(NamedTuple):
    """What a counter said: calls that are left, and when it starts anew. `refused` when there were none left."""

    left: int
    until: int
    refused: bool


class Counters:
    """Calls in the current window of each key. A window starts with its first call and ends by the world's clock."""

    __slots__ = ("_windows",)

    def __init__(self) -> None:
        self._windows: OrderedDict[Hashable, tuple[int, int, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._windows)

    def look(self, key: Hashable, limit: Limit, now: int) -> Taken:
        """What a call would find now, without counting it."""
        count, start, until = self._windows.get(key, (0, now, now))
        if not start <= now < until:  # over, or the clock was put back
            return Taken(limit.calls, now + limit.seconds, refused=False)
        return Taken(max(limit.calls - count, 0), until, refused=count >= limit.calls)

    def take(self, key: Hashable, limit: Limit, now: int) -> Taken:
        """Count a call, unless it is refused."""
        found = self.look(key, limit, now)
        if found.refused:
            return found
        count, start, until = self._windows.pop(key, (0, now, now))
        if not start <= now < until:
            count, start, until = 0, now, found.until
        self._windows[key] = (count + 1, start, until)
        if len(self._windows) > MOST:
            self._windows.popitem(last=False)
        return Taken(found.left - 1, until, refused=False)
