"""The verbs. Importing this package registers them all, so a new module needs no list; `registry` tells them apart."""

from importlib import import_module
from pkgutil import iter_modules

from mockserver.behaviours.registry import ACTIONS, HOOKS, OPERATIONS, RULES

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["ACTIONS", "HOOKS", "OPERATIONS", "RULES"]
