"""The verbs. Importing this package registers them all, so a new module needs no list; `registry` tells them apart."""

from importlib import import_module
from pathlib import Path

from mockserver.behaviours.core.registry import ACTIONS, HOOKS, OPERATIONS, RULES

_here = Path(__file__).parent
for _file in sorted(_here.rglob("*.py")):  # pkgutil would find the same, with each folder opened three times
    if _file.stem != "__init__":
        import_module(".".join((__name__, *_file.relative_to(_here).with_suffix("").parts)))

__all__ = ["ACTIONS", "HOOKS", "OPERATIONS", "RULES"]
