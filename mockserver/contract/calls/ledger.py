"""What a run has made on a server that is not ours, in a file, so that it can be taken away after a crash too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

USUAL = "mockserver-made.jsonl"
"""Name of the file in the folder that a run is started in."""


class Ledger:
    """Lines that are only added, so that processes can share the file. There is none while nothing is made.

    A line is ["made" or "gone", address of the server, noun, id].
    """

    def __init__(self, path: Path, server: str) -> None:
        self.path = path
        self.server = server

    def made(self, records: Iterable[tuple[str, str]]) -> None:
        """Note records, as (noun, id), that now are on the server."""
        self._add(("made", noun, hashed) for noun, hashed in records)

    def gone(self, records: Iterable[tuple[str, str]]) -> None:
        """Note records, as (noun, id), that are deleted."""
        self._add(("gone", noun, hashed) for noun, hashed in records)

    def _add(self, lines: Iterable[tuple[str, str, str]]) -> None:
        text = "".join(json.dumps([what, self.server, noun, hashed]) + "\n" for what, noun, hashed in lines)
        if text:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(text)

    def left(self) -> list[tuple[str, str]]:
        """(noun, id) of what is still on this server, newest first. Raises ValueError for a file that is no ledger."""
        records: dict[tuple[str, str], None] = {}
        for what, server, noun, hashed in self._lines():
            if server == self.server:
                if what == "made":
                    records[noun, hashed] = None
                else:
                    records.pop((noun, hashed), None)
        return list(records)[::-1]

    def close(self) -> None:
        """Take the file away when nothing is left on any server."""
        servers = {server for _, server, _, _ in self._lines()}
        if self.path.exists() and not any(Ledger(self.path, server).left() for server in servers):
            self.path.unlink()

    def _lines(self) -> list[tuple[str, str, str, str]]:
        if not self.path.exists():
            return []
        found = []
        for place, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                what, server, noun, hashed = json.loads(line)
            except ValueError:
                raise ValueError(
                    f"{self.path}, line {place}: got {line[:80]!r}, wanted what a run has noted; move the file away"
                ) from None
            found.append((what, server, noun, hashed))
        return found
