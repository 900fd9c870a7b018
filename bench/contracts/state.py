"""Results that outlast the process: one for each tool, server and seed, in a JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass
class Result:
    """What a tool made of a server."""

    failed: list[str] = field(default_factory=list)
    """Contracts, or checks with their operations, that failed."""
    seconds: float = 0
    cpu: float = 0
    """CPU seconds; of our suite together with its server, of Schemathesis alone."""
    requests: int = 0
    trouble: str = ""
    """Why there is no verdict."""


class State:
    """Results by tool, server and seed; each is written as soon as it is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
        self._results = {key: Result(**told) for key, told in known.items()}

    def get(self, tool: str, server: str, seed: int) -> Result | None:
        """The result, when there is one with a verdict."""
        found = self._results.get(key(tool, server, seed))
        return found if found is not None and not found.trouble else None

    def of(self, tool: str, seeds: Sequence[int]) -> list[tuple[str, Result]]:
        """(server, result) of a tool with these seeds, those with a verdict."""
        found = [(name.split(" | "), each) for name, each in self._results.items() if not each.trouble]
        return [(server, each) for (known, server, seed), each in found if known == tool and int(seed) in seeds]

    def put(self, tool: str, server: str, seed: int, result: Result) -> None:
        self._results[key(tool, server, seed)] = result
        told = {name: asdict(each) for name, each in self._results.items()}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(told, indent=1), "utf-8")
        fresh.replace(self._path)


def key(tool: str, server: str, seed: int) -> str:
    return f"{tool} | {server} | {seed}"
