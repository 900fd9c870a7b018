"""What goes wrong while the document is read or built.

DocumentError       a source file says something that the bundler refuses
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class DocumentError(Exception):
    """A source that can't be bundled. `where` is 'file: dotted.path'; the sentence says got, wanted, do."""

    def __init__(self, where: str, got: str, wanted: str, hint: str) -> None:
        super().__init__(where, got, wanted, hint)
        self.where = where
        self.got = got
        self.wanted = wanted
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: got {self.got}, wanted {self.wanted}; {self.hint}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """'a, b, c' for messages; a long list is cut and says so."""
    shown = sorted(names)
    text = ", ".join(shown[:most])
    return f"{text} ... ({len(shown)} in all)" if len(shown) > most else text or "nothing"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """'did you mean `x`?' when a known name is close, else 'known: a, b'."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else f"known: {listed(names)}"
