"""Every refusal says, beside the service's own words, what came, what was wanted and where."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import mockserver

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(mockserver.__file__).parent


def refusals(path: Path) -> Iterator[ast.Call]:
    """The places in a module where a refusal is made."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
            yield node


def test_every_refusal_has_a_diagnosis() -> None:
    found = [(path, call) for path in sorted(PACKAGE.rglob("*.py")) for call in refusals(path)]
    silent = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path, call in found
        if "diagnoses" not in {keyword.arg for keyword in call.keywords}
    ]
    assert len(found) > 50
    assert silent == []
