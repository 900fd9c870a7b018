"""What a list parameter must keep, worked out again from rows: the whole list in, the rows that belong out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from mockserver.contract.conditions import COMPARISONS, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from mockserver.contract.spec import Noun

    Row = Mapping[str, Any]
    Facts = Mapping[str, Any]

EVERYWHERE: Mapping[str, Facts] = {
    "status": {
        "match": "words",
        "words": {
            "active": {"archived_at": [0]},
            "archived": {"all": [{"archived_at": {"gt": 0}}, {"not_deleted": True}]},
            "deleted": {"is_deleted": [True]},
        },
    },
    "created_at": {"match": "since", "field": "created_at"},
    "updated_at": {"match": "since", "field": "updated_at"},
    "is_deleted": {"match": "digit", "field": "is_deleted"},
    "with_trashed": {"match": "flag", "value": "false", "where": {"not_deleted": True}},
    "client_id": {"match": "id", "field": "client_id"},
    "vendor_id": {"match": "id", "field": "vendor_id"},
    "date_range": {"match": "range", "field": "date"},
    "due_date_range": {"match": "range", "field": "due_date"},
    "filter_deleted_clients": {
        "match": "owner",
        "field": "client_id",
        "value": "true",
        "where": {"not_deleted": True},
        "needed": True,
    },
    "without_deleted_clients": {"match": "owner", "field": "client_id", "where": {"archived_at": [0]}},
    "without_deleted_vendors": {"match": "owner", "field": "vendor_id", "where": {"archived_at": [0]}},
}
"""Filters that lists share, by the names under `base_filters`."""
NOWHERE = "zzzzzzzzzz"
"""An id that leads nowhere."""


@dataclass(frozen=True)
class Scene:
    """All rows of a noun's list, the rows that its links lead to, and the date of the server."""

    nouns: Mapping[str, Noun]
    noun: Noun
    rows: Sequence[Row]
    others: Mapping[str, Mapping[str, Row]]
    """Noun -> id -> row."""
    today: str

    def values(self, row: Row, path: str, noun: Noun | None = None) -> list[Any]:
        """Values along a path: a field, `lines[].field`, or `include.field` through the includes of the facts."""
        noun = noun if noun is not None else self.noun
        first, _, rest = path.partition(".")
        if first.endswith("[]"):
            return [each.get(rest, "") for each in row[first[:-2]]]
        if not rest:
            return [row[first]]
        include = noun.facts["includes"][first]
        if include.get("many"):
            return [each[rest] for each in row.get(first, ())]
        target = self.others.get(include["entity"], {}).get(row[include["from"]])
        return [] if target is None else self.values(target, rest, self.nouns[include["entity"]])

    def owner(self, row: Row, field: str) -> Row | None:
        """The row that a link field leads to."""
        return self.others.get(self.noun.facts["fields"][field]["to"], {}).get(row[field])

    def offered(self) -> dict[str, Facts]:
        """Filters of the list by parameter; one that nobody has taught here raises KeyError when it is used."""
        facts = self.noun.facts
        found = {name: EVERYWHERE[name] for name in facts.get("base_filters", ()) if name in EVERYWHERE}
        if facts.get("search"):
            found["filter"] = {"match": "search", **facts["search"]}
        found.update(facts.get("filters", {}))
        return {name: each for name, each in found.items() if each["match"] != "with"}

    def keeps(self, facts: Facts, text: str) -> Callable[[Row], bool]:
        """Whether a row belongs into the list when the parameter has this text."""
        return KEPT[facts["match"]](self, facts, text)

    def texts(self, facts: Facts) -> SearchStrategy[str]:
        """Texts worth trying: those that rows have, their neighbours, and some that no row has."""
        return TRIED[facts["match"]](self, facts)


def everything(_: Row) -> bool:
    return True


def _same(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: any(str(value).lower() == text.lower() for value in scene.values(row, facts["field"]))


def _part(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: any(text.lower() in str(value).lower() for value in scene.values(row, facts["field"]))


def _search(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    words = text.split() if facts.get("mode") == "words" else [text]

    def found(row: Row) -> bool:
        values = [str(value).lower() for path in facts["fields"] for value in scene.values(row, path)]
        return all(any(word.lower() in value for value in values) for word in words)

    return found


def _id(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: row[facts["field"]] == text and holds(facts.get("where", True), row, scene.today)


def _any(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: row[facts["field"]] in text.split(",")


def _compare(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    left, _colon, right = text.partition(":")
    word, number = (left, right) if left in COMPARISONS else (right, left)
    return lambda row: COMPARISONS[word](row[facts["field"]], float(number))


def _between(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    low, high = map(float, text.split(":"))
    return lambda row: low <= row[facts["field"]] <= high


def _since(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    field = facts["field"]

    def late(row: Row) -> bool:
        if isinstance(row[field], int):
            moment = int(text) if text.isdigit() else int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
            return bool(row[field] >= moment)
        day = datetime.fromtimestamp(int(text), UTC).date().isoformat() if text.isdigit() else text
        return bool(row[field]) and row[field] >= day

    return late


def _range(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    first, last = text.split(",")
    return lambda row: bool(row[facts["field"]]) and first <= row[facts["field"]] <= last


def _words(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    chosen = [facts["words"][word] for word in text.split(",") if word in facts["words"]]
    if not chosen or any(condition is True for condition in chosen):
        return everything
    return lambda row: any(holds(condition, row, scene.today) for condition in chosen)


def _present(scene: Scene, facts: Facts, _: str) -> Callable[[Row], bool]:
    return lambda row: holds(facts["where"], row, scene.today)


def _flag(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return _present(scene, facts, text) if text == str(facts.get("value", "true")) else everything


def _bool(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[facts["field"]]) is (text != "false")


def _digit(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[facts["field"]]) is (text == "1")


def _owner(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    if "value" in facts and text != facts["value"]:
        return everything

    def live(row: Row) -> bool:
        owner = scene.owner(row, facts["field"])
        if owner is None:
            return not facts.get("needed", False)
        return holds(facts["where"], owner, scene.today)

    return live


KEPT: Mapping[str, Callable[[Scene, Facts, str], Callable[[Row], bool]]] = {
    "equals": _same,
    "contains": _part,
    "search": _search,
    "id": _id,
    "any": _any,
    "compare": _compare,
    "between": _between,
    "since": _since,
    "range": _range,
    "words": _words,
    "present": _present,
    "flag": _flag,
    "bool": _bool,
    "digit": _digit,
    "owner": _owner,
}


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
    return st.one_of(pieces, pieces.map(str.swapcase).filter(str.isascii), st.just("no row has this"))


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
