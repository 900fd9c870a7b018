"""The coverage page counts what answers and what touches, and names both."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from mockserver import cli
from mockserver.coverage import page, rows, totals

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from mockserver.coverage import Record
    from mockserver.document.model import Operation


def operation(name: str, behaviour: str, *statuses: str) -> Operation:
    raw = {"tags": ["widgets"], "responses": dict.fromkeys(statuses)}
    path = f"/api/v1/{name}"
    return cast(
        "Operation", SimpleNamespace(id=name, method="GET", path=path, behaviour=behaviour, raw=raw, entity=None)
    )


OPERATIONS = [
    operation("show", "show", "200", "400", "429"),
    operation("ping", "ping", "200"),
    operation("spin", "ping", "200"),
]
RECORD: Record = {
    "show": {
        "contracts/test_auth": "403",
        "tests/api/test_a": "200",
        "tests/api/test_b": "200 500",
        "tests/api/test_widget_lists": "200",
        "tests/contracts/test_faults": "429",
        "tests/robustness/test_ids": "400",
    },
    "ping": {"tests/api/test_a": "200", "tests/api/test_widget_lists": "200"},
    "spin": {"tests/robustness/test_ids": "400"},
}
LEDGER: dict[str, Any] = {
    "run": {"One::a": "api/test_a::test_x", "One::b": "api/test_a::test_x"},
    "not_expressible": {"Two::c": "needs two databases"},
}


def test_a_row_names_function_tests_contracts_and_statuses() -> None:
    show, ping, spin = rows(OPERATIONS, RECORD, frozenset({"show"}))
    assert (show.answer, show.kind, ping.answer, ping.kind) == ("crud.show", "standard", "system.ping", "own")
    assert show.tests == ("tests/api/test_widget_lists", "tests/api/test_b", "tests/api/test_a")
    assert (show.contracts, show.seen, show.unseen) == (("contracts/test_auth",), ("200", "400"), ("429",))
    assert [(row.swept, bool(row.tests)) for row in (show, ping, spin)] == [(True, True), (False, True), (True, False)]


def test_totals() -> None:
    found = dict(totals(rows(OPERATIONS, RECORD, frozenset({"show"})), LEDGER))
    assert found == {
        "operations": "3",
        "... answered by the behaviour of a standard operation": "1",
        "... answered by one of their own": "2",
        "touched by tests": "3",
        "... by tests beyond those that call everything": "2",
        "touched by contracts": "1",
        "seen to succeed": "2",
        "documented statuses": "5",
        "... seen": "3",
        "cases of the service's own suite and worked examples": "3",
        "... run as tests": "2",
        "... that no call can express": "1",
    }


def test_the_page_has_a_table_for_each_tag_that_has_operations() -> None:
    text = page(["widgets", "gadgets"], OPERATIONS, RECORD, LEDGER, frozenset({"show"}))
    assert "## Widgets\n" in text
    assert "## Gadgets\n" not in text
    assert "| `GET /show` | `crud.show` | standard | api/widget_lists, api/b, api/a | auth | 200 400 | 429 |" in text
    assert "| `GET /spin` | `system.ping` | own | made-up calls only | none | none | 200 |" in text
    assert "| `Two::c` | needs two databases |" in text


def test_without_a_record_there_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["spec", "coverage", "--tests", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "touched.json" in err
    assert "--tests" in err
