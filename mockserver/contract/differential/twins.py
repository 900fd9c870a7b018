"""Which record of one server is which of the other: names that stand for both, and back.

A name such as `<invoice 1>` is what steps speak of; each server gets its own id for it. Texts that servers make up,
such as running numbers and keys, are paired in the same way. Side 0 is the target, side 1 the model.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

NAME = re.compile(r"<[a-z_]+ \d+>")
WORD = re.compile(r"[A-Za-z0-9_-]+")
SIDES = (0, 1)


class Twins:
    """Pairs of ids, by kind of record, and pairs of texts. What one server has twice the other must have twice."""

    def __init__(self, above: int = 0) -> None:
        self._above = above
        self.hints: dict[str, list[str]] = {}
        """Kind -> names for what is met next, where a run is repeated."""
        self.news: dict[str, list[str]] = {}
        """Kind -> names that were given since this was emptied."""
        self.made: dict[str, list[str]] = {}
        """Noun -> names of its records, oldest first."""
        self._pairs: dict[str, tuple[str, str]] = {}
        self._names: tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]] = ({}, {})
        """For each side (kind, id or text) -> name. Ids are unique within a kind of record only."""
        self._words: set[tuple[str, str]] = set()
        """Words of the two sides that stand for one thing, wherever they are met in a text."""
        self._numbers: Counter[str] = Counter()

    def name(self, side: int, noun: str, hashed: str) -> str:
        """Name of a record, or of a text of a kind; empty for one that this run knows nothing of."""
        return self._names[side].get((noun, hashed), "")

    def pair(self, noun: str, left: str, right: str) -> bool:
        """Take two ids for one record. False when one of them is known as another record."""
        known, kept = self._paired(noun, left, right)
        if known:
            self.made.setdefault(noun, []).append(known)
        return kept

    def ids(self, name: str) -> tuple[str, str]:
        """What a name stands for on either side."""
        return self._pairs[name]

    def pair_texts(self, kind: str, left: str, right: str) -> bool:
        """Take two texts of a kind, such as numbers of invoices, for one. False when one belongs to another."""
        return self._paired(f"{kind}_text", left, right)[1]

    def _paired(self, kind: str, left: str, right: str) -> tuple[str, bool]:
        """The name when the pair is new, and whether it is a pair."""
        known = self.name(0, kind, left), self.name(1, kind, right)
        if known != ("", ""):
            return "", known[0] == known[1]
        name = self._new(kind)
        self._pairs[name] = (left, right)
        self._names[0][kind, left] = self._names[1][kind, right] = name
        self._words.add((left, right))
        return name, True

    def _new(self, kind: str) -> str:
        if self.hints.get(kind):
            return self.hints[kind].pop(0)
        self._numbers[kind] += 1
        name = f"<{kind} {self._above + self._numbers[kind]}>"
        self.news.setdefault(kind, []).append(name)
        return name

    def same_words(self, left: str, right: str) -> bool:
        """Whether two texts differ in nothing but words that were paired: ids, numbers, keys."""
        if WORD.sub("", left) != WORD.sub("", right):
            return False
        pairs = zip(WORD.findall(left), WORD.findall(right), strict=False)
        return len(WORD.findall(left)) == len(WORD.findall(right)) and all(
            one == other or (one, other) in self._words for one, other in pairs
        )

    def told(self, kind: str, text: str) -> str:
        """The name of a text of the target, so that it can be sent to both; a text without one as it is."""
        return self.name(0, f"{kind}_text", text) or text

    def spoken(self, side: int, value: Any) -> Any:
        """The value in the words of one server: ids and texts in place of names, everywhere inside.

        Raises KeyError for a name of which this run knows nothing.
        """
        if isinstance(value, str):
            return NAME.sub(lambda found: self._pairs[found[0]][side], value)
        if isinstance(value, dict):
            return {key: self.spoken(side, each) for key, each in value.items()}
        return [self.spoken(side, each) for each in value] if isinstance(value, list) else value
