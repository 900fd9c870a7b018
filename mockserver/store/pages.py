"""A persistent vector: rows in pages of 512 that are copied on write.

Reading a row is two list look-ups, scanning runs at list speed, and a copy of the whole (a fork, a snapshot)
is one reference, because no page is ever changed in place (docs/adr/0008).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

SHIFT = 9
SIZE = 1 << SHIFT
MASK = SIZE - 1


class Pages(Generic[T]):
    """Immutable sequence of optional values, addressed by position from 0."""

    __slots__ = ("_length", "_pages")

    def __init__(self, pages: list[list[T | None]] | None = None, length: int = 0) -> None:
        self._pages = pages if pages is not None else []
        self._length = length

    @classmethod
    def filled(cls, values: list[T | None]) -> Pages[T]:
        """A vector of many values at once."""
        return cls([values[start : start + SIZE] for start in range(0, len(values), SIZE)], len(values))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T | None]:
        return chain.from_iterable(self._pages)

    def get(self, position: int) -> T | None:
        """Value at the position, or None when it is empty or outside."""
        if 0 <= position < self._length:
            return self._pages[position >> SHIFT][position & MASK]
        return None

    def some(self, positions: Iterable[int]) -> list[T | None]:
        """Values at the positions, as `get` gives them."""
        pages, length = self._pages, self._length
        return [pages[at >> SHIFT][at & MASK] if 0 <= at < length else None for at in positions]

    def set(self, position: int, value: T | None) -> Pages[T]:
        """A copy with the value at the position; positions up to it are filled with None."""
        pages = self._pages.copy()
        number, slot = position >> SHIFT, position & MASK
        if number >= len(pages):
            if pages:
                pages[-1] = pages[-1] + [None] * (SIZE - len(pages[-1]))
            pages.extend([None] * SIZE for _ in range(number - len(pages)))
            pages.append([])
        page = pages[number].copy()
        if slot < len(page):
            page[slot] = value
        else:
            page.extend([None] * (slot - len(page)))
            page.append(value)
        pages[number] = page
        return Pages(pages, max(self._length, position + 1))
