"""What we take from connexion, in one place, so that it is imported once and without what we never use.

connexion imports an HTTP client, a template engine and starlette's test client with itself, for features that a
mock has no use for: a third of its import time. While it is imported, placeholders stand in for them; the real
module loads when somebody touches one, and other importers never meet a placeholder.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any

UNUSED = ("requests", "httpx", "jinja2")
CLASSES = {"starlette.testclient": "TestClient", "starlette.templating": "Jinja2Templates"}
"""Modules of which connexion takes one class by name."""


class Placeholder(ModuleType):
    """Stands for a module until one of its names is asked for."""

    def __getattr__(self, name: str) -> Any:
        """A name of the real module, imported now; names of the import system itself are not there."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = import_module(self.__name__)
        self.__dict__.update(real.__dict__)
        return getattr(real, name)


def stand_in(name: str, class_name: str) -> ModuleType:
    """A module with one name: a function that makes an object of the real class."""

    def make(*arguments: Any, **options: Any) -> Any:
        return getattr(import_module(name), class_name)(*arguments, **options)

    module = ModuleType(name)
    module.__dict__[class_name] = make
    return module


def placeholders() -> dict[str, ModuleType]:
    """Placeholders for the unused modules that nobody has imported yet."""
    made: dict[str, ModuleType] = {name: Placeholder(name) for name in UNUSED if name not in sys.modules}
    made |= {name: stand_in(name, class_name) for name, class_name in CLASSES.items() if name not in sys.modules}
    return made


_held = placeholders()
sys.modules.update(_held)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette's test client warns about its own future on import
    from connexion.middleware.abstract import SpecMiddleware
    from connexion.middleware.main import API, ConnexionMiddleware
    from connexion.resolver import Resolver
    from connexion.spec import OpenAPISpecification

for _name, _module in _held.items():
    if sys.modules.get(_name) is _module:
        del sys.modules[_name]

__all__ = [
    "API",
    "ConnexionMiddleware",
    "OpenAPISpecification",
    "Resolver",
    "SpecMiddleware",
]
