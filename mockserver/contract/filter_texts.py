"""Texts worth sending as a list parameter: those that rows have, their neighbours, and some that no row has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from mockserver.contract.filters import Facts, Scene

NOWHERE = "zzzzzzzzzz"
"""An id that leads nowhere."""


def texts_for(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    """Texts for a filter; a matcher that nobody has taught here raises KeyError."""
    return TRIED[facts["match"]](scene, facts)


def _stored(scene: Scene, *paths: str) -> list[str]:
    """Texts that rows have along the paths."""
    found = {str(value) for row in scene.rows for path in paths for value in scene.values(row, path)}
    return sorted(text for text in found if text.strip() and not set(text) & set("%_\\"))


def _sampled(values: Sequence[str], *others: str) -> SearchStrategy[str]:
    return st.sampled_from([*values, *others])


def _try_same(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return _sampled(_stored(scene, facts["field"]), "no row has this")


def _try_part(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    """Pieces of stored texts that hold a letter, so that the way in which a database writes numbers does not matter."""
    paths = facts["fields"] if "fields" in facts else [facts["field"]]
    texts = [text for text in _stored(scene, *paths) if any(letter.isascii() and letter.isalpha() for letter in text)]

    def piece(text: str, start: int, length: int) -> str:
        cut = text[start % len(text) :][:length].strip()
        return cut if any(letter.isascii() and letter.isalpha() for letter in cut) else text.strip()

    pieces = st.builds(piece, st.sampled_from(texts), st.integers(0, 30), st.integers(2, 12)) if texts else st.just("x")
    return st.one_of(pieces, pieces.filter(str.isascii).map(str.swapcase), st.just("no row has this"))


def _try_numbers(scene: Scene, facts: Facts) -> SearchStrategy[float]:
    return st.sampled_from(sorted({row[facts["field"]] for row in scene.rows} | {0, 100}))


def _try_compare(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    words = st.sampled_from(["lt", "lte", "gt", "gte", "eq"])
    pairs = st.tuples(_try_numbers(scene, facts), words, st.booleans())
    return pairs.map(lambda pair: f"{pair[0]}:{pair[1]}" if pair[2] else f"{pair[1]}:{pair[0]}")


def _try_between(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    numbers = _try_numbers(scene, facts)
    return st.tuples(numbers, numbers).map(lambda pair: f"{min(pair)}:{max(pair)}")


def _try_moments(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    stored = {row[facts["field"]] for row in scene.rows} - {""}
    if any(isinstance(value, int) for value in stored):
        return _sampled(sorted({str(value + step) for value in stored for step in (0, 1)}), "2001-01-01", "2090-01-01")
    return _sampled(sorted(stored), "2001-01-01", "2090-01-01")


def _try_range(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    moments = _try_moments(scene, facts)
    return st.tuples(moments, moments).map(lambda pair: f"{min(pair)},{max(pair)}")


def _try_words(_: Scene, facts: Facts) -> SearchStrategy[str]:
    words = st.sampled_from([*facts["words"], "sideways"])
    return st.lists(words, min_size=1, max_size=2, unique=True).map(",".join)


def _try_ids(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return _sampled(_stored(scene, facts["field"]), NOWHERE)


def _try_any(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return st.lists(_try_ids(scene, facts), min_size=1, max_size=2, unique=True).map(",".join)


def _try_flag(_: Scene, facts: Facts) -> SearchStrategy[str]:
    return _sampled([str(facts.get("value", "true"))], "nonsense")


def _try_bool(*_: Any) -> SearchStrategy[str]:
    return _sampled(["true", "false"])


def _try_digit(*_: Any) -> SearchStrategy[str]:
    return _sampled(["0", "1"])


TRIED: Mapping[str, Callable[[Scene, Facts], SearchStrategy[str]]] = {
    "equals": _try_same,
    "contains": _try_part,
    "search": _try_part,
    "id": _try_ids,
    "any": _try_any,
    "compare": _try_compare,
    "between": _try_between,
    "since": _try_moments,
    "range": _try_range,
    "words": _try_words,
    "present": _try_flag,
    "flag": _try_flag,
    "bool": _try_bool,
    "digit": _try_digit,
    "owner": _try_flag,
}
