"""Hashed ids: Hashids, ten characters, empty salt, as the service makes them (R-WIRE-45)."""

from __future__ import annotations

from functools import lru_cache

import hashids

hashids._reorder = lru_cache(maxsize=1024)(hashids._reorder)  # noqa: SLF001 - pure, and nine tenths of the time of an id

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"
_HASHIDS = hashids.Hashids(salt="", min_length=10, alphabet=ALPHABET)


@lru_cache(maxsize=1 << 18)
def encode(row: int) -> str:
    """Hashed id of a row number: 1 -> VolejRejNm."""
    return str(_HASHIDS.encode(row))


@lru_cache(maxsize=1 << 18)
def decode(text: str) -> int | None:
    """Row number of a hashed id, or None when the text is not one."""
    if not (10 <= len(text) <= 24 and text.isascii() and text.isalnum()):
        return None
    numbers = _HASHIDS.decode(text)
    return int(numbers[0]) if len(numbers) == 1 else None
