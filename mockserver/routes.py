"""Paths to operations: a trie filled from the document; static segments win over parameters."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.document.model import Operation


class Node:
    """One path segment: what may follow it, and the operations that end here by method."""

    __slots__ = ("fixed", "operations", "parameter")

    def __init__(self) -> None:
        self.fixed: dict[str, Node] = {}
        self.parameter: Node | None = None
        self.operations: dict[str, tuple[Operation, tuple[str, ...]]] = {}


class Routes:
    """Looks an operation up by method and path."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = Node()
        self._paths: list[str] = []
        for operation in operations:
            node, names = self._root, []
            self._paths.append(operation.path)
            for step in operation.path.strip("/").split("/"):
                if step.startswith("{"):
                    names.append(step[1:-1])
                    node.parameter = node = node.parameter or Node()
                else:
                    node = node.fixed.setdefault(step, Node())
            node.operations[operation.method] = (operation, tuple(names))

    def find(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]] | None:
        """The operation and its path parameters, or None. A slash at the end does not matter."""
        found = self._walk(self._root, path.strip("/").split("/"), 0, [], method)
        if found is None:
            return None
        (operation, names), values = found
        return operation, dict(zip(names, values, strict=True))

    def nearest(self, path: str) -> str:
        """A documented path that looks like this one, for messages; empty when none does."""
        close = get_close_matches(path, self._paths, n=1, cutoff=0.6)
        return f"did you mean {close[0]}?" if close else ""

    def _walk(
        self, node: Node, steps: list[str], at: int, values: list[str], method: str
    ) -> tuple[tuple[Operation, tuple[str, ...]], list[str]] | None:
        if at == len(steps):
            ended = node.operations.get(method)
            return (ended, values) if ended is not None else None
        step = steps[at]
        fixed = node.fixed.get(step)
        if fixed is not None:
            found = self._walk(fixed, steps, at + 1, values, method)
            if found is not None:
                return found
        if node.parameter is not None and step:
            return self._walk(node.parameter, steps, at + 1, [*values, unquote(step)], method)
        return None
