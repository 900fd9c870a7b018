"""Bytes that people upload, to rows of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.derive.csv_files import (
    MAX_LINE,
    MAX_ROWS,
    UnreadableTable,
    decoded,
    delimiter_of,
    is_text,
    rows_of,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("a,b;c,d", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a|b|c", "|"), ("alone", ","), ('"a;b";c', ";"), ("", ",")],
)
def test_the_delimiter_that_cuts_most_wins(text: str, wanted: str) -> None:
    assert delimiter_of(text) == wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_of_every_encoding(encoding: str) -> None:
    assert decoded("Größe €".encode(encoding)) == "Größe €"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"%PDF-1.7", b"GIF89a", b"\x89PNG", b"a\x00b"])
def test_binary_files_are_no_text(content: bytes) -> None:
    assert not is_text(content)


def test_wide_text_is_text() -> None:
    assert is_text("a,b".encode("utf-16"))


def test_quotes_breaks_and_empty_lines() -> None:
    assert rows_of('a,"b\nc" \r\n\r\n , \r"d ""e""",f\n') == [["a", "b\nc"], ['d "e"', "f"]]


def test_the_title_of_a_report_goes() -> None:
    assert rows_of("Invoice Ninja,\n\nClients,\nName,City\nAda,Rome\n") == [["Name", "City"], ["Ada", "Rome"]]
    assert rows_of("Invoice Ninja,\nClients,\nto,x\nName,City\nAda,Rome\n") == [["Name", "City"], ["Ada", "Rome"]]
    assert rows_of("Invoice Ninja,x\n") == [["Invoice Ninja", "x"]]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no rows"),
        (" \n\t\n", "no rows"),
        ("x" * (MAX_LINE + 1), "characters"),
        ("x\n" * (MAX_ROWS + 1), "rows"),
        ("," * 20_000 + "x\n", "cells"),
    ],
)
def test_tables_that_are_refused(text: str, problem: str) -> None:
    table = text if problem != "cells" else text * 60
    with pytest.raises(UnreadableTable, match=problem):
        rows_of(table)


def test_an_open_quote_does_not_take_the_memory() -> None:
    with pytest.raises(UnreadableTable, match="line"):
        rows_of('"' + "x\n" * 100_000)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        rows = rows_of(decoded(content))
    except UnreadableTable:
        return
    assert rows
    assert all(any(row) for row in rows)
