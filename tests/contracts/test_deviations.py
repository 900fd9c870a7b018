"""deviations.toml: what it says, what is wrong with it, and what it explains."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Finding
from mockserver.contract.suite.deviations import Deviation, known, line_for, read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '[[deviation]]\nrule = "relations/sorting"\noperation = "listClients"\nreason = "as text"\ndate = 2026-01-31\n'


def finding(operation: str = "listClients", subject: str = "client") -> Finding:
    return Finding("relations/sorting", "Sorting sorts.", operation, "GET /clients", subject, "b before a", "/paths")


def test_an_entry_is_read_and_explains_its_finding(tmp_path: Path) -> None:
    path = tmp_path / "deviations.toml"
    path.write_text(GOOD)
    listed = read(path)
    assert listed == [Deviation("relations/sorting", "listClients", "as text", date(2026, 1, 31))]
    assert known(listed, finding()) is listed[0]
    assert known(listed, finding(operation="listVendors", subject="vendor")) is None


def test_an_entry_may_name_the_noun_or_nothing() -> None:
    for operation in ("client", ""):
        assert Deviation("relations/sorting", operation, "why", date(2026, 1, 1)).explains(finding())


def test_the_entry_to_paste_is_one_that_explains_the_finding(tmp_path: Path) -> None:
    path = tmp_path / "deviations.toml"
    path.write_text(line_for(finding()))
    assert known(read(path), finding()) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[deviation", "is no TOML"),
        ("[deviation]\nrule = 1", "wanted entries called [[deviation]]"),
        ("[[other]]\nrule = 1", "got other"),
        (GOOD.replace("reason", "why"), "reason is missing"),
        (GOOD + 'more = "x"', "got 'more', wanted rule, operation, reason, date"),
        (GOOD.replace('"as text"', '""'), "got '' for reason"),
        (GOOD.replace("2026-01-31", '"soon"'), "got 'soon' for date, wanted a date"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "deviations.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"deviations\.toml") as caught:
        read(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No such file"):
        read(tmp_path / "none.toml")
