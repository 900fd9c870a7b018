"""The ledger of cases is true: each case once, each named test there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).resolve().parents[1]
LEDGER: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "cases" / "ledger.yaml").read_text("utf-8"))
CASES = 229 + 85
"""Cases of the suite that are calls, and worked examples."""
RUN = [(case, test) for case, tests in LEDGER["run"].items() for test in ([tests] if isinstance(tests, str) else tests)]


@cache
def module(name: str) -> tuple[str, frozenset[str]]:
    """Text and test functions of a module below tests/."""
    text = (TESTS / f"{name}.py").read_text("utf-8")
    return text, frozenset(each.name for each in ast.parse(text).body if isinstance(each, ast.FunctionDef))


def test_each_case_stands_in_one_place() -> None:
    run, silent = set(LEDGER["run"]), set(LEDGER["not_expressible"])
    assert len(run) + len(silent) == len(run | silent) == CASES


@pytest.mark.parametrize(("case", "test"), RUN, ids=[f"{case} {test}" for case, test in RUN])
def test_a_case_is_run_by_a_test_that_names_it_or_its_noun(case: str, test: str) -> None:
    found = re.fullmatch(r"([\w/]+)::(\w+)(?:\[(\w+)\])?", test)
    assert found, f"got {test}, wanted FOLDER/MODULE::test or FOLDER/MODULE::test[parameter]"
    text, functions = module(found[1])
    assert found[2] in functions
    assert re.search(rf"\b{found[3] or case.rpartition('::')[2]}\b", text), f"{found[1]} does not name it"


def test_what_can_not_be_said_in_calls_has_its_reason() -> None:
    assert all(len(reason) > 20 for reason in LEDGER["not_expressible"].values())
