"""The ledger: what was made and is not gone is found again, by other processes and after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

HERE = "http://here"


def test_what_was_made_is_left_until_it_is_gone_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    one, other = Ledger(path, HERE), Ledger(path, HERE)
    one.made([("client", "c1")])
    other.made([("invoice", "i1")])
    one.made([("client", "c2")])
    assert Ledger(path, HERE).left() == [("client", "c2"), ("invoice", "i1"), ("client", "c1")]
    one.gone([("invoice", "i1")])
    one.close()
    assert other.left() == [("client", "c2"), ("client", "c1")]
    other.gone(other.left())
    other.close()
    assert not path.exists()


def test_servers_have_their_own_records_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    here, there = Ledger(path, HERE), Ledger(path, "http://there")
    here.made([("client", "c1")])
    there.made([("client", "c1")])
    here.gone([("client", "c1")])
    here.close()
    assert here.left() == []
    assert there.left() == [("client", "c1")]


def test_nothing_made_leaves_no_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "made.jsonl", HERE)
    ledger.gone([])
    ledger.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    path.write_text("something else\n")
    with pytest.raises(ValueError, match="line 1: got 'something else'"):
        Ledger(path, HERE).left()
    assert path.exists()
