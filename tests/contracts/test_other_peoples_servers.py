"""On a server that is not ours the suite reads; when writes are allowed it takes what it made away again."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.app import create_mock
from tests.contracts.foreign import Foreign

READS = frozenset({"GET", "HEAD", "OPTIONS"})
SUITE = ("relations", "model", "protocol")


@pytest.fixture
def foreign() -> Foreign:
    return Foreign(create_mock())


def test_nothing_is_written_unless_it_is_allowed(foreign: Foreign, serve: Any, run_contracts: Any) -> None:
    done = run_contracts(serve(foreign), *SUITE, "--quick", "-rs")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "--allow writes" in done.stdout
    assert {call for call in foreign.asked if call[0] not in READS} == set()
    assert ("GET", "/api/v1/invoices") in foreign.asked


def test_fuzzing_only_reads_too(foreign: Foreign, serve: Any, run_contracts: Any) -> None:
    done = run_contracts(serve(foreign), "breadth", "-k=Products")
    assert any(path.startswith("/api/v1/products") for _, path in foreign.asked), done.stdout + done.stderr
    assert {call for call in foreign.asked if call[0] not in READS} == set()


def test_what_a_run_made_is_gone_when_it_ends(foreign: Foreign, serve: Any, run_contracts: Any) -> None:
    """A few kinds are tested; records that theirs name are made too. Where contracts wait for the clock, none is."""
    mock = foreign.mock
    tables = mock.worlds.default.state.tables
    before = {table: foreign.live(table) for table in tables}
    kinds = "-k=([client] or [invoice] or [expense] or [group_setting] or [bank_transaction]) and not times"
    suite = ("relations", kinds, "--quick", "--allow=writes,deletes")
    done = run_contracts(serve(foreign), *suite)
    assert done.returncode == 0, done.stdout + done.stderr
    operations = mock.worlds.default.document.operations.values()
    deletable = {each.path.split("/")[3] for each in operations if each.behaviour == "delete"}
    made = {path.split("/")[3] for method, path in foreign.asked if method == "POST"}
    assert len(deletable & made) > 10
    for table in deletable:
        assert foreign.live(table) == before.get(table, []), f"{table} that a contract made are still there"


def test_what_a_run_made_carries_its_tag(foreign: Foreign, serve: Any, run_contracts: Any) -> None:
    mock = foreign.mock
    known = {row.data["id"] for row in mock.worlds.default.state.table("products")}
    done = run_contracts(serve(foreign), "relations/test_paging.py", "-k=product", "--quick", "--allow=writes,deletes")
    assert done.returncode == 0, done.stdout + done.stderr
    made = [row.data for row in mock.worlds.default.state.table("products") if row.data["id"] not in known]
    assert made
    assert all(any(str(value).startswith("ct") for value in each.values()) for each in made)


def test_a_server_that_is_not_there_is_named(run_contracts: Any) -> None:
    done = run_contracts("http://127.0.0.1:9", "model", "--quick")
    assert done.returncode == 1
    assert "Nothing answers at http://127.0.0.1:9" in done.stdout
