"""A world: one isolated copy of all state, its clock and its seed. Passed around, never global."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver import ids
from mockserver.clock import Clock, stopwatch
from mockserver.errors import Diagnosis, Refused
from mockserver.limits import Counters
from mockserver.store.state import State

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from mockserver.document.model import Document
    from mockserver.limits import Limits

DEFAULT = "default"
PREFIX = "/worlds/"
"""Where the API of a world lies, before its name."""
MEMO_SIZE = 128
MARKS = 10_000
LETTERS = bytes(ord(ids.ALPHABET[byte % 62]) for byte in range(256))
"""A letter or digit for each byte."""


class Identity(NamedTuple):
    """The default login of a seeded world."""

    token: str = "TOKEN"
    email: str = "user@example.com"
    password: str = "password"
    api_secret: str = ""
    """What X-API-SECRET must hold on a login; empty asks for none (R-AUTH-6)."""


class World:
    """State, clock, seed and identity of one world.

    A fork shares the immutable state, so it costs microseconds whatever the size. `base_url` is the address of the
    server, without a slash at its end: links in answers lead there. `played` is the moment up to which what falls due
    has run, None in a world in which time does not pass by itself; `since` is when it began to, None once the clock
    was moved: what was due before is not made up for.
    """

    __slots__ = (
        "__weakref__",
        "base_url",
        "calls",
        "clock",
        "document",
        "guards",
        "identity",
        "limits",
        "marks",
        "memo",
        "name",
        "played",
        "seed",
        "since",
        "state",
    )

    def __init__(
        self,
        document: Document,
        *,
        name: str = DEFAULT,
        seed: int = 1,
        clock: Clock | None = None,
        state: State | None = None,
        identity: Identity | None = None,
        base_url: str = "http://localhost:8080",
        guards: bool = False,
    ) -> None:
        self.document = document
        self.name = name
        self.seed = seed
        self.clock = clock if clock is not None else Clock()
        self.state = state if state is not None else State()
        self.identity = identity if identity is not None else Identity()
        self.base_url = base_url
        self.memo: OrderedDict[Hashable, Any] = OrderedDict()
        self.marks: OrderedDict[Hashable, float] = OrderedDict()
        self.guards = guards
        self.limits: Limits | None = None
        self.calls = Counters()
        self.played: int | None = None
        self.since: int | None = None

    def fork(self, name: str) -> World:
        """An independent world that starts from this one's state."""
        made = World(
            self.document,
            name=name,
            seed=self.seed,
            clock=self.clock,
            state=self.state,
            identity=self.identity,
            base_url=self.base_url,
            guards=self.guards,
        )
        made.limits, made.played, made.since = self.limits, self.played, self.since
        return made

    def live(self) -> None:
        """Let time pass from now on: what falls due is run as the clock goes on, before the next call."""
        self.since = self.played = self.clock.now()

    def address(self, prefix: str) -> str:
        """Where this world is reached without a header: `prefix` is what the path of a call selected it by."""
        return f"{self.base_url}{prefix or ('' if self.name == DEFAULT else PREFIX + self.name)}"

    def remember(self, key: Hashable, value: Any) -> None:
        """Keep the outcome of a query; the oldest goes when there are too many."""
        self.memo[key] = value
        if len(self.memo) > MEMO_SIZE:
            self.memo.popitem(last=False)

    def mark(self, key: Hashable, moment: float) -> None:
        """Note when something happened last; only the newest marks are kept."""
        self.marks[key] = moment
        self.marks.move_to_end(key)
        if len(self.marks) > MARKS:
            self.marks.popitem(last=False)

    def mark_now(self, key: Hashable) -> None:
        """Note that something happened at this moment."""
        self.mark(key, stopwatch())

    def marked_within(self, key: Hashable, seconds: float) -> bool:
        """Whether the mark is at most so many seconds old."""
        before = self.marks.get(key)
        return before is not None and stopwatch() - before <= seconds

    def seen_within(self, key: Hashable, seconds: float) -> bool:
        """Whether the same key came within the seconds; notes it for the next time."""
        seen = self.marked_within(key, seconds)
        if not seen:
            self.mark(key, stopwatch())
        return seen

    def text(self, length: int, *key: Hashable) -> str:
        """Letters and digits that look random: a pure function of the seed and the key."""
        made = ""
        part = 0
        while len(made) < length:
            digest = blake2b(repr((self.seed, part, *key)).encode(), digest_size=32).digest()
            made += digest.translate(LETTERS).decode()
            part += 1
        return made[:length]


class Worlds:
    """The worlds of a server: the seeded one, and forks of it made on first use; `live` when time passes in them."""

    def __init__(self, seeded: World, *, limit: int = 1000, live: bool = False) -> None:
        self._origin = seeded
        self._limit = limit
        self._live = live
        self._worlds: dict[str, World] = {DEFAULT: self._fork(DEFAULT)}

    def __iter__(self) -> Iterator[World]:
        return iter(self._worlds.values())

    def __len__(self) -> int:
        return len(self._worlds)

    def holds(self, world: World) -> bool:
        """Whether the world is still there: neither reset nor removed."""
        return self._worlds.get(world.name) is world

    def __contains__(self, name: object) -> bool:
        return name in self._worlds

    @property
    def default(self) -> World:
        return self._worlds[DEFAULT]

    def get(self, name: str) -> World:
        """The world of that name, forked from the seeded one on first use.

        Raises Refused when the name is not 1-64 letters, digits, '.', '_' or '-', or the limit is reached.
        """
        world = self._worlds.get(name)
        if world is None:
            if not (
                1 <= len(name) <= 64
                and name.isascii()
                and name.replace("-", "").replace("_", "").replace(".", "").isalnum()
            ):
                wanted = "1 to 64 letters, digits, dots, dashes or underscores"
                message = f"World name {name[:80]!r} is not usable: want {wanted}."
                diagnosis = Diagnosis("world", "name", name, wanted)
                raise Refused("bad_request", message, diagnoses=(diagnosis,))
            if len(self._worlds) >= self._limit:
                message = f"There are {self._limit} worlds already: delete one with DELETE /__mock__/worlds/NAME."
                wanted = f"a world that is there, or room below the limit of {self._limit}"
                raise Refused("throttled", message, diagnoses=(Diagnosis("world", "limit", name, wanted),))
            world = self._worlds[name] = self._fork(name)
        return world

    def _fork(self, name: str) -> World:
        made = self._origin.fork(name)
        if self._live:
            made.live()
        return made

    def reset(self, name: str) -> World:
        """Put the world back to the seeded state."""
        self._worlds.pop(name, None)
        return self.get(name)

    def copy(self, name: str, source: str) -> World:
        """Make the world of that name a copy of another one as it is now; what it held is gone. Raises Refused."""
        self.get(name)
        self._worlds[name] = self._worlds[source].fork(name)
        return self._worlds[name]

    def remove(self, name: str) -> bool:
        """Forget a world; False when there is none of that name. The default world is reset instead."""
        if name not in self._worlds:
            return False
        del self._worlds[name]
        if name == DEFAULT:
            self.get(name)
        return True
