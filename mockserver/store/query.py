"""Lists: which rows of a table match, in which order. Filters are facts; a matcher is one function here.

A matcher gets the facts of the filter, the text that was sent and a `Scope`, and gives a predicate over a
record's data, None for "no filter", or NOTHING for "no row can match".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mockserver.derive.dates import datetime_text, moment, parse_date
from mockserver.store.conditions import compile_columns, compile_condition, on_field
from mockserver.store.paths import values_along
from mockserver.store.relations import invoiced_for, matchable, same_number
from mockserver.store.search import as_text, like, search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Document, Entity
    from mockserver.store.state import State
    from mockserver.store.table import Data

    Predicate = Callable[[Data], bool]
    Matcher = Callable[[Mapping[str, Any], str, "Scope"], Predicate | None]


class Scope(NamedTuple):
    """What a matcher may look at: the entity, the state, the company and its date."""

    entity: Entity
    document: Document
    state: State
    company: int
    today: str

    def values(self, path: str) -> Callable[[Data], list[Any]]:
        return values_along(path, self.entity, self.document, self.state)


def nothing(_: Data) -> bool:
    """Matches no row."""
    return False


def equals(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    path = facts["field"]
    if not text:
        return None
    wanted = text.lower()
    if "." not in path:
        return on_field(path, lambda value: str(value).lower() == wanted)
    values = scope.values(path)
    return lambda data: any(str(value).lower() == wanted for value in values(data))


def contains(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    if not text:
        return None
    matches, path = like(text), facts["field"]
    if path in scope.entity.stored:
        return on_field(path, lambda value: matches(as_text(value)))
    values = scope.values(path)
    return lambda data: any(matches(as_text(value)) for value in values(data))


def any_of(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    wanted = frozenset(part.strip() for part in text.split(",") if part.strip())
    path = facts["field"]
    if not wanted:
        return None
    if "where" not in facts:
        return on_field(path, lambda value: str(value) in wanted)
    extra = compile_condition(facts["where"], today=scope.today)
    return lambda data: str(data[path]) in wanted and extra(data)


def hashed_id(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Exact id; text that is not an id matches nothing (R-WIRE-18)."""
    if not text:
        return None
    path = facts["field"]
    extra = compile_condition(facts.get("where", True), today=scope.today)
    if "where" not in facts:
        return on_field(path, lambda value: bool(value == text))
    return lambda data: data[path] == text and extra(data)


OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "lt": lambda a, b: a < b,
    "gt": lambda a, b: a > b,
    "lte": lambda a, b: a <= b,
    "gte": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
}


def _float(text: str) -> float:
    found = re.match(r"\s*-?\d+(\.\d+)?", text)
    return float(found[0]) if found else 0.0


def compare(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`gt:100` or `100:gt`; an unknown operator means equality, no colon means no filter (R-WIRE-24)."""
    left, colon, right = text.partition(":")
    if not colon:
        return None
    word, value = (left, right) if left in OPERATORS else (right, left)
    test, path, wanted = OPERATORS.get(word, OPERATORS["eq"]), facts["field"], _float(value)
    return on_field(path, lambda value: test(value, wanted))


def between(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    low, colon, high = text.partition(":")
    if not colon:
        return None
    path, least, most = facts["field"], _float(low), _float(high)
    return on_field(path, lambda value: bool(least <= value <= most))


def since(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Date fields: on or after the date; time stamps: at or after the moment. Unreadable text is ignored."""
    path = facts["field"]
    if facts.get("of") == "timestamp":
        instant = moment(text)
        return None if instant is None else on_field(path, lambda value: bool(value >= instant))
    date = parse_date(text)
    return None if date is None else on_field(path, lambda value: value != "" and value[:10] >= date)


def date_range(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`from,to`, both included; anything else is ignored (R-WIRE-26)."""
    parts = text.split(",")
    if "word" in facts:
        parts = parts[1:]
    if len(parts) != 2:
        return None
    first, last, path = parse_date(parts[0]), parse_date(parts[1]), facts["field"]
    if first is None or last is None:
        return None
    return on_field(path, lambda value: first <= value[:10] <= last if value else False)


def moments(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`from|to` or `from,to` of unix seconds or dates, both included, on a datetime field; else ignored (R-WIRE-31)."""
    ends = [datetime_text(part) for part in text.split("|" if "|" in text else ",")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    first, last, path = ends[0], ends[1], facts["field"]
    return lambda data: bool(data[path]) and first <= data[path] <= last


def any_line(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Comma list; one of the values along the path is one of the list."""
    wanted = frozenset(part.strip() for part in text.split(",") if part.strip())
    values = scope.values(facts["field"])
    return (lambda data: any(str(value) in wanted for value in values(data))) if wanted else None


def words(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Comma list of words, each a condition, joined by OR; a word whose condition is True switches the filter off.

    The words of `and` are a second group: joined by OR among themselves, and by AND with the first.
    """
    known: Mapping[str, Any] = facts["words"]
    sent = [word.strip() for word in text.split(",")]
    chosen = [known[word] for word in sent if word in known]
    if any(condition is True for condition in chosen):
        return None
    narrowing = [facts["and"][word] for word in sent if word in facts.get("and", {})]
    parts = [{"any": group} for group in (chosen, narrowing) if group]
    return compile_columns({"all": parts}, today=scope.today) if parts else None


def present(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    return compile_columns(facts["where"], today=scope.today)


def boolean(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Only the word false means false (R-WIRE-32)."""
    path, wanted = facts["field"], text != "false"
    return on_field(path, lambda value: bool(value) is wanted)


def not_in_ids(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    path, left_out = facts["field"], frozenset(part.strip() for part in text.split(","))
    return on_field(path, lambda value: value not in left_out)


def flag(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Acts only when the text is the one of the facts (true, unless they say otherwise)."""
    if text != str(facts.get("value", "true")):
        return None
    return compile_columns(facts["where"], today=scope.today)


def link_row(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Rows whose link to the company fits the condition (the `through` table of the entity)."""
    through = scope.entity.through
    if through is None:
        return None
    links = scope.state.table(scope.document.entities[through["entity"]].resource)
    keep = compile_condition(facts["where"], today=scope.today)
    good = {record.data[through["field"]] for record in links.records(scope.company) if keep(record.data)}
    return lambda data: data["id"] in good


def of_client(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Files attached to the client, or to a record that belongs to it."""
    if not text:
        return None
    owners = {("client", text)}
    for entity in scope.document.entities.values():
        if "client_id" in entity.stored and entity.documents:
            table = scope.state.table(entity.resource)
            rows = table.find(text, "client_id", company=scope.company)
            owners |= {(entity.name, record.data["id"]) for row in rows if (record := table.get(row)) is not None}
    return lambda data: (data["parent_type"], data["parent_id"]) in owners


def live_link(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """`true` keeps rows whose linked record is neither archived nor deleted."""
    if text != "true":
        return None
    path = facts["field"]
    table = scope.state.table(scope.document.entities[scope.entity.stored[path].to].resource)
    live = {record.data["id"] for record in table.records(scope.company) if not record.data["archived_at"]}
    return lambda data: data[path] in live


def every_word(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Comma list of words, each a condition; all of those known must hold."""
    known: Mapping[str, Any] = facts["words"]
    chosen = [known[word.strip()] for word in text.split(",") if word.strip() in known]
    return compile_columns({"all": chosen}, today=scope.today) if chosen else None


def template_of(facts: Mapping[str, Any], text: str, scope: Scope) -> Predicate | None:
    """Templates for one kind of record; a word with `statement` in it means client, a comma list is ignored."""
    if not text or "," in text:
        return None
    path, wanted = facts["field"], "client" if "statement" in text else text
    return lambda data: data["is_template"] and wanted in [each.strip() for each in data[path].split(",")]


MATCHERS: Mapping[str, Matcher] = {
    "equals": equals,
    "contains": contains,
    "search": search,
    "any": any_of,
    "any_line": any_line,
    "id": hashed_id,
    "compare": compare,
    "between": between,
    "since": since,
    "range": date_range,
    "moments": moments,
    "words": words,
    "every_word": every_word,
    "present": present,
    "bool": boolean,
    "not_in": not_in_ids,
    "flag": flag,
    "link": link_row,
    "of_client": of_client,
    "invoiced_for": invoiced_for,
    "matchable": matchable,
    "same_number": same_number,
    "template_of": template_of,
    "live_link": live_link,
}
