"""The suite catches faults: each planted one by the contract that is named for it, and nothing where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockserver.content import contracts_dir
from tests.planted.benign import VARIANTS
from tests.planted.catalog import FAULTS
from tests.planted.worker import place

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
WANTED = {"shape": 22, "protocol": 25, "state": 45, "business": 25}
LIMIT = 900


def test_there_are_faults_of_all_layers() -> None:
    planted = Counter(fault.layer for fault in FAULTS)
    assert all(planted[layer] >= count for layer, count in WANTED.items()), planted
    assert sum(bool(fault.trigger) for fault in FAULTS) >= 18
    assert len(VARIANTS) >= 12


def test_names_tell_faults_apart() -> None:
    names = Counter(each.name for each in (*FAULTS, *VARIANTS))
    assert [name for name, count in names.items() if count > 1] == []


def test_each_fault_names_a_contract_that_is_there() -> None:
    missing = {fault.contract for fault in FAULTS if not (contracts_dir() / place(fault.contract)).is_file()}
    assert not missing


def test_each_fault_is_caught_and_a_sound_server_is_not_blamed(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """In a process of its own, which forks one for each server, two at a time."""
    found = tmp_path / "outcomes.json"
    script = f"import sys; sys.path.append({str(ROOT)!r}); from tests.planted.__main__ import main; sys.exit(main())"
    words = ["score", "--jobs", "2", "--json", str(found)]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert found.is_file(), done.stdout + done.stderr
    outcomes: list[dict[str, Any]] = json.loads(found.read_text("utf-8"))
    wanted = {fault.name: "" if fault.missed else fault.contract for fault in FAULTS}
    assert wanted.keys() | {each.name for each in VARIANTS} <= {each["name"] for each in outcomes}
    for each in outcomes:
        with subtests.test(each["name"]):
            assert not each["trouble"], each["trouble"] + each["printed"]
            contract = wanted.get(each["name"])
            assert each["failed"] == ([contract] if contract else []), each["printed"]
