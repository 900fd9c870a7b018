"""Build hook: puts spec/, fixtures/ and contracts/ into the wheel as mockserver/_content/.

Editable installs are left alone: there `mockserver.content` finds the folders in the checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = ("spec", "fixtures", "contracts")
LEFT_OUT = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".DS_Store"}
BUNDLE = "openapi.json"


class ContentHook(BuildHookInterface[Any]):
    """Maps every file of the content folders to its place in the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend `force_include`; stop the build when a document has no bundle, for the server starts from it."""
        if version == "editable":
            return
        root = Path(self.root)
        documents = [path.parent.parent for path in root.glob("spec/*/source/openapi.yaml")]
        for folder in documents:
            if not (folder / BUNDLE).is_file():
                message = (
                    f"{folder.relative_to(root)}/{BUNDLE} is missing, and the wheel can't start without it. "
                    "Write it with `python -m mockserver spec bundle` and build again."
                )
                raise FileNotFoundError(message)
        for name in CONTENT:
            for path in sorted((root / name).rglob("*")):
                inside = path.relative_to(root)
                if path.is_file() and LEFT_OUT.isdisjoint(inside.parts):
                    build_data["force_include"][str(path)] = f"mockserver/_content/{inside.as_posix()}"
