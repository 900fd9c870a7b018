"""What a list parameter must keep, worked out again from rows: the whole list in, the rows that belong out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockserver.contract.lists.conditions import COMPARISONS, holds, timeless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mockserver.contract.reading.nouns import Noun

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
        """Filters of the list by parameter, without those that need a date or a field which nobody sees.

        One that nobody has taught here raises KeyError when it is used.
        """
        facts = self.noun.facts
        shared = {name: EVERYWHERE[name] for name in facts.get("base_filters", ()) if name in EVERYWHERE}
        found = {name: each for name, each in shared.items() if each.get("field", "id") in self.noun.fields}
        if facts.get("search"):
            found["filter"] = {"match": "search", **facts["search"]}
        hidden = facts.get("hidden", {}).keys()
        found.update({name: each for name, each in facts.get("filters", {}).items() if each.get("field") not in hidden})
        return {
            name: each for name, each in found.items() if each["match"] != "with" and (self.today or timeless(each))
        }

    def keeps(self, facts: Facts, text: str) -> Callable[[Row], bool]:
        """Whether a row belongs into the list when the parameter has this text."""
        return KEPT[facts["match"]](self, facts, text)


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


def _any(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    where = facts.get("where", True)
    return lambda row: row[facts["field"]] in text.split(",") and holds(where, row, scene.today)


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
    first, last = text.removeprefix(f"{facts.get('word', '')},").split(",")
    return lambda row: bool(row[facts["field"]]) and first <= row[facts["field"]] <= last


def _any_line(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: any(value in text.split(",") for value in scene.values(row, facts["field"]))


def _moments(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    ends = text.replace("|", ",").split(",")
    first, last = (end if " " in end else f"{end} 00:00:00" for end in ends)
    return lambda row: bool(row[facts["field"]]) and first <= row[facts["field"]] <= last


def _words(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    chosen = [facts["words"][word] for word in text.split(",") if word in facts["words"]]
    if any(condition is True for condition in chosen):
        return everything
    besides = [facts["and"][word] for word in text.split(",") if word in facts.get("and", {})]
    groups = [group for group in (chosen, besides) if group]
    return lambda row: all(any(holds(condition, row, scene.today) for condition in group) for group in groups)


def _every_word(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    chosen = [facts["words"][word] for word in text.split(",") if word in facts["words"]]
    return lambda row: all(holds(condition, row, scene.today) for condition in chosen)


def _same_number(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[facts["field"]] == float(text))


def _invoiced_for(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    kind, _colon, hashed = text.partition(",")
    if kind not in ("client", "project"):
        return everything

    def found(row: Row) -> bool:
        invoice = scene.owner(row, facts["field"])
        return invoice is not None and invoice[f"{kind}_id"] == hashed and invoice["status_id"] in ("1", "2", "3")

    return found


def _matchable(scene: Scene, _: Facts, text: str) -> Callable[[Row], bool]:
    def found(row: Row) -> bool:
        owners = [scene.owner(row, name) for name in ("client_id", "vendor_id")]
        live = all(owner is None or not owner["archived_at"] for owner in owners)
        return live and not row["is_deleted"] and not row["transaction_id"]

    return found if text == "true" else everything


def _present(scene: Scene, facts: Facts, _: str) -> Callable[[Row], bool]:
    return lambda row: holds(facts["where"], row, scene.today)


def _flag(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return _present(scene, facts, text) if text == str(facts.get("value", "true")) else everything


def _bool(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[facts["field"]]) is (text != "false")


def _template_of(_: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    wanted = "client" if "statement" in text else text
    return lambda row: row["is_template"] and wanted in [each.strip() for each in row[facts["field"]].split(",")]


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


def _live_link(scene: Scene, facts: Facts, text: str) -> Callable[[Row], bool]:
    return _owner(scene, {**facts, "value": "true", "where": {"archived_at": [0]}, "needed": True}, text)


KEPT: Mapping[str, Callable[[Scene, Facts, str], Callable[[Row], bool]]] = {
    "equals": _same,
    "contains": _part,
    "search": _search,
    "id": _id,
    "any": _any,
    "any_line": _any_line,
    "compare": _compare,
    "between": _between,
    "since": _since,
    "range": _range,
    "moments": _moments,
    "words": _words,
    "present": _present,
    "flag": _flag,
    "bool": _bool,
    "digit": _digit,
    "owner": _owner,
    "every_word": _every_word,
    "same_number": _same_number,
    "invoiced_for": _invoiced_for,
    "matchable": _matchable,
    "live_link": _live_link,
    "template_of": _template_of,
}
