"""What the package imports is what it requires: nothing arrives by luck through somebody else's requirement."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).resolve().parent.parent
PLUGIN = "mockserver/pytest_plugin.py"
CONTRACT = "mockserver/contract/"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(extra: str = "") -> set[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else [])]
    return {normal(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]) for line in lines}


def imports(path: Path) -> set[str]:
    """Top-level names that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def unmet(path: Path, distributions: Mapping[str, list[str]]) -> set[str]:
    """Imports of a module that no requirement brings.

    The plugin may take pytest for granted, and the helpers of the contract suite what the extra `test` brings.
    """
    inside = path.relative_to(CHECKOUT).as_posix()
    allowed = requirements("test" if inside.startswith(CONTRACT) else "") | ({"pytest"} if inside == PLUGIN else set())
    foreign = imports(path) - set(sys.stdlib_module_names) - {"mockserver"}
    return {f"{inside}: {name}" for name in foreign if allowed.isdisjoint(map(normal, distributions.get(name, [name])))}


def test_every_import_is_a_declared_requirement() -> None:
    distributions = packages_distributions()
    modules = (CHECKOUT / "mockserver").rglob("*.py")
    assert set().union(*(unmet(path, distributions) for path in modules)) == set()
