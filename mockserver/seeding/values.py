"""Values that look random and never change: each is a pure function of (seed, resource, row, field).

Numbers come from a hash of exactly that. Names and texts come from pools: one for each resource and field, filled
by Faker from a source of chance of its own, as far as rows ask for it. So neither the order of calls, nor another
field or entity that is added, moves a value.
"""

from __future__ import annotations

from hashlib import blake2b
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.seeding.hints import Hints

SIZE = 512
"""Values in a pool; later rows begin again."""
TRIES = 40
"""How often a pool looks for a value that it does not hold yet."""
STRIDE = 67
"""Distance in the pool between the items of a list, so that neighbours in lists and rows differ."""
WHOLE = 1 << 64


class Draw:
    """Numbers of one field of one resource: row and item of a list within it -> 64 bits."""

    __slots__ = ("_base",)

    def __init__(self, seed: int, resource: str, field: str) -> None:
        self._base = blake2b(f"{seed}|{resource}|{field}|".encode(), digest_size=8)

    def __call__(self, row: int, item: int = 0) -> int:
        state = self._base.copy()
        state.update(b"%d.%d" % (row, item))
        return int.from_bytes(state.digest(), "big")


class Pool:
    """Values of one field, each different while Faker has more, made as far as they are asked for."""

    def __init__(self, hints: Hints, hint: str, chance: int) -> None:
        self._hints = hints
        self._make = hints.maker(hint)
        self._random = Random(chance)
        self._values: list[str] = []
        self._held: set[str] = set()

    def at(self, row: int, item: int = 0) -> str:
        """The value of a row, and of an item of a list within it."""
        position = (row + item * STRIDE) % SIZE
        while len(self._values) <= position:
            self._add()
        return self._values[position]

    def _add(self) -> None:
        self._hints.generator().random = self._random
        for _ in range(TRIES):
            value = str(self._make())
            if value not in self._held:
                break
        self._held.add(value)
        self._values.append(value)


class Values:
    """The values of one seed in one locale."""

    def __init__(self, seed: int, hints: Hints) -> None:
        self.seed = seed
        self.hints = hints
        self._pools: dict[tuple[str, str, str], Pool] = {}

    def draw(self, resource: str, field: str) -> Draw:
        """The source of numbers of a field."""
        return Draw(self.seed, resource, field)

    def pool(self, resource: str, field: str, hint: str) -> Pool:
        """The pool of a field; `hint` is a name of the hints."""
        key = (resource, field, hint)
        if key not in self._pools:
            locale = self.hints.locale
            chance = self.draw(resource, f"{field}|{hint}|{locale}")(0)
            self._pools[key] = Pool(self.hints, hint, chance)
        return self._pools[key]
