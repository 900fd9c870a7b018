"""A persistent vector: rows in pages of 512 that are copied on write.

Reading a row is two list look-ups, scanning runs at list speed, and a copy of the whole (a fork, a snapshot)
is one reference, because no value that a version holds is ever changed in place (docs/adr/0008). Only the end of the
last page grows in place: each version knows how many values are its own, and does not see what another one added.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

Memo = dict[Any, Any]
"""What was worked out from a page, kept as long as the page: its end may have grown since."""

SHIFT = 9
SIZE = 1 << SHIFT
MASK = SIZE - 1


class Pages(Generic[T]):
    """Immutable sequence of optional values, addressed by position from 0."""

    __slots__ = ("_memos", "_pages", "length")

    def __init__(
        self, pages: list[list[T | None]] | None = None, length: int = 0, memos: list[Memo] | None = None
    ) -> None:
        self._pages = pages if pages is not None else []
        self.length = length
        self._memos: list[Memo] = memos if memos is not None else [{} for _ in self._pages]

    @classmethod
    def filled(cls, values: list[T | None]) -> Pages[T]:
        """A vector of many values at once."""
        return cls([values[start : start + SIZE] for start in range(0, len(values), SIZE)], len(values))

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[T | None]:
        pages, length = self._pages, self.length
        if not pages or len(pages[-1]) + (len(pages) - 1) * SIZE == length:
            return chain.from_iterable(pages)
        return islice(chain.from_iterable(pages), length)

    def get(self, position: int) -> T | None:
        """Value at the position, or None when it is empty or outside."""
        if 0 <= position < self.length:
            return self._pages[position >> SHIFT][position & MASK]
        return None

    def parts(self) -> Iterator[tuple[int, Any, Memo]]:
        """(first position, page, memo of the page); the last page may be longer than this vector is."""
        return zip(range(0, self.length, SIZE), self._pages, self._memos, strict=True)

    def some(self, positions: Iterable[int]) -> list[T | None]:
        """Values at the positions, as `get` gives them."""
        pages, length = self._pages, self.length
        return [pages[at >> SHIFT][at & MASK] if 0 <= at < length else None for at in positions]

    def set(self, position: int, value: T | None) -> Pages[T]:
        """A version with the value at the position; positions up to it are filled with None.

        The next position is taken in the page itself, unless another version has taken it before.
        """
        number, slot = position >> SHIFT, position & MASK
        if position == self.length and slot and len(self._pages[number]) == slot:
            page = self._pages[number]
            page.append(value)
            if page[slot] is value:  # else another thread was faster
                return Pages(self._pages, position + 1, self._memos)
        pages, memos = self._pages.copy(), self._memos.copy()
        if number >= len(pages):
            own = self.length - ((len(pages) - 1) << SHIFT)
            if pages and own < SIZE:
                pages[-1] = pages[-1][:own] + [None] * (SIZE - own)
                memos[-1] = {}
            pages.extend([None] * SIZE for _ in range(number - len(pages)))
            pages.append([])
            memos.extend({} for _ in range(len(pages) - len(memos)))
        page = pages[number][: max(self.length - (number << SHIFT), 0)]
        if slot < len(page):
            page[slot] = value
        else:
            page.extend([None] * (slot - len(page)))
            page.append(value)
        pages[number], memos[number] = page, {}
        return Pages(pages, max(self.length, position + 1), memos)
