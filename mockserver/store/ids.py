"""Sorted row numbers that are cheap to share between versions of a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ids(Sequence[int]):
    """Immutable ascending sequence of row numbers.

    Versions that only differ by appended numbers share one list: each remembers how much of it is its own.
    """

    __slots__ = ("_length", "_numbers")

    def __init__(self, numbers: list[int] | None = None, length: int | None = None) -> None:
        self._numbers = numbers if numbers is not None else []
        self._length = len(self._numbers) if length is None else length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers[: self._length])

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        """Row number at a position, or those of a part, which costs as much as the part is long."""
        if isinstance(at, slice):
            return self._numbers[slice(*at.indices(self._length))]
        return self._numbers[range(self._length)[at]]

    def add(self, number: int) -> Ids:
        """A version that holds the number too."""
        numbers, length = self._numbers, self._length
        if length == 0 or number > numbers[length - 1]:
            if len(numbers) == length:
                numbers.append(number)
                if numbers[length] == number:  # else another thread was faster
                    return Ids(numbers, length + 1)
            return Ids([*numbers[:length], number])
        at = bisect_left(numbers, number, 0, length)
        if numbers[at] == number:
            return self
        return Ids([*numbers[:at], number, *numbers[at:length]])

    def discard(self, number: int) -> Ids:
        """A version without the number."""
        numbers, length = self._numbers, self._length
        at = bisect_left(numbers, number, 0, length)
        if at == length or numbers[at] != number:
            return self
        if at == length - 1:  # the last one goes without a copy
            return Ids(numbers, at)
        return Ids([*numbers[:at], *numbers[at + 1 : length]])


EMPTY = Ids([])
