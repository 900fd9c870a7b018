"""Contracts by name: a file holds one, and its folder is its layer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


ROOTS: set[Path] = set()
"""Folders of contracts that are collected from: that of the package, or that of a checkout beside it."""


@dataclass(frozen=True)
class Rule:
    """One contract: `id` is `layer/name`, `words` say in a sentence what must hold."""

    id: str
    words: str

    @property
    def layer(self) -> str:
        return self.id.partition("/")[0]


def rule_of(item: pytest.Item) -> Rule | None:
    """The contract that a test is; None for a test that lies elsewhere."""
    root = Path(item.path).parent.parent
    if root not in ROOTS:
        return None
    place = Path(item.path).relative_to(root)
    words = (getattr(item, "module", item).__doc__ or item.name).strip().partition("\n\n")[0]
    return Rule(f"{place.parent.name}/{place.stem.removeprefix('test_')}", " ".join(words.split()))
