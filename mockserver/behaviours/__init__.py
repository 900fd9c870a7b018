"""The verbs. Importing this package registers them all, so a new module needs no list; `registry` tells them apart."""

from importlib import import_module
from pkgutil import walk_packages

from mockserver.behaviours.core.registry import ACTIONS, HOOKS, OPERATIONS, RULES

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

__all__ = ["ACTIONS", "HOOKS", "OPERATIONS", "RULES"]
