"""Texts worth sending as a list parameter: those that rows have, their neighbours, and some that no row has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.requests.pool import NOWHERE
from mockserver.contract.values.strategies import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    from mockserver.contract.lists.filters import Facts, Scene


def texts_for(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    """Texts for a filter; a matcher that nobody has taught here raises KeyError."""
    return TRIED[facts["match"]](scene, facts)


def _stored(scene: Scene, *paths: str) -> list[str]:
    """Texts that rows have along the paths; none with the wildcards of a database."""
    found = {str(value) for row in scene.rows for path in paths for value in scene.values(row, path)}
    return sorted(text for text in found if text.strip() and not set(text) & set("%_\\"))


def _same(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return pick([*_stored(scene, facts["field"]), "no row has this"])


def _part(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    """Pieces of stored texts that hold a letter, so that the way in which a database writes numbers does not matter."""
    paths = facts["fields"] if "fields" in facts else [facts["field"]]
    texts = [text for text in _stored(scene, *paths) if lettered(text)]

    def piece(text: str, start: int, length: int, *, swap: bool) -> str:
        cut = text[start % len(text) :][:length].strip()
        cut = cut if lettered(cut) else text.strip()
        return cut.swapcase() if swap and cut.isascii() else cut

    return st.builds(
        piece, pick([*texts, "no row has this"]), st.integers(0, 30), st.integers(2, 12), swap=st.booleans()
    )


def lettered(text: str) -> bool:
    return any(letter.isascii() and letter.isalpha() for letter in text)


def _numbers(scene: Scene, facts: Facts) -> SearchStrategy[float]:
    return pick(sorted({row[facts["field"]] for row in scene.rows} | {0, 100}))


def _compare(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    words = st.sampled_from(["lt", "lte", "gt", "gte", "eq"])
    pairs = st.tuples(_numbers(scene, facts), words, st.booleans())
    return pairs.map(lambda pair: f"{pair[0]}:{pair[1]}" if pair[2] else f"{pair[1]}:{pair[0]}")


def _between(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    numbers = _numbers(scene, facts)
    return st.tuples(numbers, numbers).map(lambda pair: f"{min(pair)}:{max(pair)}")


def _since(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    stored = {row[facts["field"]] for row in scene.rows} - {""}
    if any(isinstance(value, int) for value in stored):
        stored = {str(value + step) for value in stored for step in (0, 1)}
    return pick([*sorted(stored), "2001-01-01", "2090-01-01"])


def _range(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    days = _since(scene, facts)
    word = f"{facts['word']}," if "word" in facts else ""
    return st.tuples(days, days).map(lambda pair: f"{word}{min(pair)},{max(pair)}")


def _words(_: Scene, facts: Facts) -> SearchStrategy[str]:
    words = st.sampled_from([*facts["words"], *facts.get("and", {}), "sideways"])
    return st.lists(words, min_size=1, max_size=2, unique=True).map(",".join)


def _id(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return pick([*_stored(scene, facts["field"]), NOWHERE])


def _any(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return st.lists(_id(scene, facts), min_size=1, max_size=2).map(",".join)


def _any_line(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    texts = [text for text in _stored(scene, facts["field"]) if "," not in text and text == text.strip()]
    return st.lists(pick([*texts, NOWHERE]), min_size=1, max_size=2).map(",".join)


def _moments(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    moments = _since(scene, facts)
    return st.builds(lambda a, b, sign: f"{min(a, b)}{sign}{max(a, b)}", moments, moments, st.sampled_from("|,"))


def _same_number(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    return _numbers(scene, facts).map(str)


def _invoiced_for(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    invoices = [found for row in scene.rows if (found := scene.owner(row, facts["field"])) is not None]
    pairs = {f"{kind},{each[f'{kind}_id']}" for each in invoices for kind in ("client", "project")}
    return pick([*sorted(pair for pair in pairs if not pair.endswith(",")), f"client,{NOWHERE}", "nonsense"])


def _flag(_: Scene, facts: Facts) -> SearchStrategy[str]:
    return st.sampled_from([str(facts.get("value", "true")), "nonsense"])


def _bool(*_: Any) -> SearchStrategy[str]:
    return st.sampled_from(["true", "false"])


def _digit(*_: Any) -> SearchStrategy[str]:
    return st.sampled_from(["0", "1"])


def _template_of(scene: Scene, facts: Facts) -> SearchStrategy[str]:
    kinds = {each.strip() for text in _stored(scene, facts["field"]) for each in text.split(",") if each.strip()}
    return pick([*sorted(kinds), "client_statement", "no row has this"])


TRIED: Mapping[str, Callable[[Scene, Facts], SearchStrategy[str]]] = {
    "equals": _same,
    "contains": _part,
    "search": _part,
    "id": _id,
    "any": _any,
    "any_line": _any_line,
    "compare": _compare,
    "between": _between,
    "since": _since,
    "range": _range,
    "moments": _moments,
    "words": _words,
    "present": _flag,
    "flag": _flag,
    "bool": _bool,
    "digit": _digit,
    "owner": _flag,
    "every_word": _words,
    "same_number": _same_number,
    "invoiced_for": _invoiced_for,
    "matchable": _flag,
    "live_link": _flag,
    "template_of": _template_of,
}
