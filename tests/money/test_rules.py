"""Each rule about money is named by a test that proves it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.money.rules import NOT_TO_BE_SEEN, RULES

TESTS = Path(__file__).parent.parent
ALL = {f"R-{section}-{number}" for section, last in RULES.items() for number in range(1, last + 1)}
RULE = re.compile(rf"R-(?:{'|'.join(RULES)})-\d+")


def named() -> dict[str, list[str]]:
    """The tests that name each rule in their docstring."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in RULE.findall(ast.get_docstring(node) or ""):
                    found.setdefault(rule, []).append(f"{path.relative_to(TESTS)}::{node.name}")
    return found


def test_every_rule_has_a_test_or_a_reason() -> None:
    assert sorted(ALL - set(named()) - set(NOT_TO_BE_SEEN)) == []


def test_tests_name_rules_that_there_are() -> None:
    unknown = {rule: tests for rule, tests in named().items() if rule not in ALL}
    assert unknown == {}


def test_no_reason_outlives_the_test_that_it_stood_for() -> None:
    assert set(NOT_TO_BE_SEEN) <= ALL - set(named())
