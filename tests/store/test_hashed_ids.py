"""Hashed ids: ours, from tables, are those of the library."""

from __future__ import annotations

import hashids
from hypothesis import given
from hypothesis import strategies as st

from mockserver import ids

LIBRARY = hashids.Hashids(salt="", min_length=10, alphabet=ids.ALPHABET)


@given(st.one_of(st.integers(0, 10_000), st.integers(0, 1 << 63)))
def test_ids_are_those_of_the_library(row: int) -> None:
    assert ids.encode(row) == LIBRARY.encode(row)
    assert ids.decode(ids.encode(row)) == row


def test_published_ids_come_out() -> None:
    assert [ids.encode(row) for row in (1, 2, 3)] == ["VolejRejNm", "Wpmbk5ezJn", "Opnel5aKBz"]
