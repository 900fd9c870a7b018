"""Hashed ids: Hashids, ten characters, empty salt, as the service makes them (R-WIRE-45)."""

from __future__ import annotations

from functools import lru_cache

import hashids

hashids._reorder = lru_cache(maxsize=1024)(hashids._reorder)  # noqa: SLF001 - pure, and nine tenths of the time of an id

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"
_HASHIDS = hashids.Hashids(salt="", min_length=10, alphabet=ALPHABET)


_KEPT = 1 << 18
_rows: dict[str, int | None] = {}


@lru_cache(maxsize=_KEPT)
def encode(row: int) -> str:
    """Hashed id of a row number: 1 -> VolejRejNm."""
    text = str(_HASHIDS.encode(row))
    _keep(text, row)
    return text


def decode(text: str) -> int | None:
    """Row number of a hashed id, or None when the text is not one."""
    if text in _rows:
        return _rows[text]
    row = None
    if 10 <= len(text) <= 24 and text.isascii() and text.isalnum():
        numbers = _HASHIDS.decode(text)
        row = int(numbers[0]) if len(numbers) == 1 else None
        _keep(text, row)
    return row


def _keep(text: str, row: int | None) -> None:
    """Remember what a text means; a full memory starts anew."""
    if len(_rows) >= _KEPT:
        _rows.clear()
    _rows[text] = row
