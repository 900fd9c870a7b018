"""Hashed ids: Hashids, ten characters, empty salt, as the service makes them (R-WIRE-45)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import hashids

hashids._reorder = lru_cache(maxsize=1024)(hashids._reorder)

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"
LENGTH = 10
_HASHIDS = hashids.Hashids(salt="", min_length=LENGTH, alphabet=ALPHABET)


_KEPT = 1 << 18
_rows: dict[str, int | None] = {}


class _Way(NamedTuple):
    """How the rows of one remainder by 100 are written: all that the algorithm works out anew for each of them."""

    base: int
    digits: str
    closing: str
    """The guard behind the digits, by the value of the first of them."""
    around: tuple[tuple[str, str], ...]
    """What stands before and behind the digits, by their number; both empty where a library call is needed."""


@lru_cache(maxsize=100)
def _way(remainder: int) -> _Way:
    made = _HASHIDS
    lottery = made._alphabet[remainder % len(made._alphabet)]
    guards: str = made._guards
    alphabet: str = hashids._reorder(made._alphabet, (lottery + made._alphabet)[: len(made._alphabet)])
    opening = guards[(remainder + ord(lottery)) % len(guards)] + lottery
    padding: str = hashids._reorder(alphabet, alphabet)
    half = len(padding) // 2
    left, right = padding[half:], padding[:half]
    around = [("", "")]
    for count in range(1, LENGTH - 3):  # two guards and the lottery make the rest; longer ones are not filled up
        cut = (len(padding) + count + 3 - LENGTH) // 2
        end = LENGTH - (len(left) - cut) - count - 3
        around.append((left[cut:] + opening, right[:end]))
    closing = "".join(guards[(remainder + ord(digit)) % len(guards)] for digit in alphabet)
    return _Way(len(alphabet), alphabet, closing, tuple(around))


def made(row: int) -> str:
    """Hashed id of a new row number, which is seldom asked for again: the record holds it."""
    base, digits, closing, around = _way(row % 100)
    left, first = divmod(row, base)
    text = digits[first]
    while left:
        left, first = divmod(left, base)
        text = digits[first] + text
    if len(text) < len(around):
        before, behind = around[len(text)]
        text = f"{before}{text}{closing[first]}{behind}"
    else:
        text = str(_HASHIDS.encode(row))
    if len(_rows) >= _KEPT:
        _rows.clear()  # a full memory starts anew
    _rows[text] = row
    return text


@lru_cache(maxsize=_KEPT)
def encode(row: int) -> str:
    """Hashed id of a row number: 1 -> VolejRejNm."""
    return made(row)


def decode(text: str) -> int | None:
    """Row number of a hashed id, or None when the text is not one."""
    if text in _rows:
        return _rows[text]
    row = None
    if LENGTH <= len(text) <= 24 and text.isascii() and text.isalnum():
        numbers = _HASHIDS.decode(text)
        row = int(numbers[0]) if len(numbers) == 1 else None
        if len(_rows) >= _KEPT:
            _rows.clear()
        _rows[text] = row
    return row
