"""Proof of work: what a run called, what was answered, and what of the document it touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.contract.reading.operations import Operation


@dataclass
class Tally:
    """Counts of one process; `add` puts those of another one to them."""

    rule: str = ""
    """The contract that runs now, such as `relations/sorting`."""
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(operation id, kind, name) -> calls. Kinds: status, parameter, property (of a body that was accepted)."""
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(rule, operation id) -> calls that were made for it."""
    requests: int = 0
    _places: dict[str, list[tuple[str, str]]] | None = field(default=None, repr=False)
    """Index of `counts`, made when the run is over."""

    def saw(self, operation: Operation, status: int, query: Iterable[str], body: Any) -> None:
        """Count one call. Parameters and properties count when the call was accepted."""
        counts, name = self.counts, operation.id
        self.requests += 1
        counts[name, "status", str(status)] += 1
        self.rules[self.rule, name] += 1
        if status < 300:
            for parameter in query:
                counts[name, "parameter", parameter] += 1
            if isinstance(body, dict):
                for member in body:
                    counts[name, "property", member] += 1

    def seen(self, operation: str) -> list[tuple[str, str]]:
        """(kind, name) of what was counted for an operation."""
        if self._places is None:
            self._places = {}
            for name, kind, what in self.counts:
                self._places.setdefault(name, []).append((kind, what))
        return self._places.get(operation, [])

    def told(self) -> dict[str, list[list[Any]]]:
        """The counts in plain JSON."""
        return {
            "counts": [[*key, count] for key, count in self.counts.items()],
            "rules": [[*key, count] for key, count in self.rules.items()],
        }

    def add(self, told: Mapping[str, list[list[Any]]]) -> None:
        """Take over what another process has told."""
        for operation, kind, name, count in told["counts"]:
            self.counts[operation, kind, name] += count
        for rule, operation, count in told["rules"]:
            self.rules[rule, operation] += count
