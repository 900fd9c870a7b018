"""A scenario as it is read: steps that make records by API calls, and what happens to each record later.

scenario: NAME            about: what the world is for
company: SETTINGS         settings of the company, written with value words
user: FIELDS              fields of the user
calls:
  - make: RESOURCE        what the call makes a record of
    count: N | {exactly: N}    how many, times --scale unless exactly
    on: N | [from, to]    the day, counted from the scenario's own (below 0: before it); a range is gone through evenly
    post: PATH            the call, with query, body and files (names of fixtures/assets)
    write: RESOURCE       instead of `post`, for rows that no call makes: `body` has fields of the stored record
    as: NAME              made with the token of that name, see the word `token`; else with the default one
    body: FIELDS          a mapping, or a list of mappings: all of them, the later ones over the earlier
    fill: [FIELDS]        fields of the body that are made by their own hints
    only_with: FIELD      not made when the body has no such field, because no record was found for it
    then:                 later calls about the record, whose fields they can use
      - share: P          for this part of the records, evenly among them
        after: N | [from, to]    so many days after it was made; not made when that is after the scenario's day
        put: PATH/{id}    with the id of the record, or with another field of it: PATH/{invoice_id}
                          or post, get, delete, write; with query, body, files and only_with, and `as` another one
        when: {FIELD: V}    only if the record holds this value then, or one of a list of values
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockserver.seeding.calls import read_call
from mockserver.seeding.site import Reader, Spot, resolved
from mockserver.seeding.trouble import read_yaml, trouble, unknown
from mockserver.seeding.vocabulary import bounds, day_bounds, known_name, read_fields, whole_bounds
from mockserver.seeding.words_record import entity_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mockserver.document.model import Document
    from mockserver.routes import Routes
    from mockserver.seeding.calls import Call
    from mockserver.seeding.site import Value
    from mockserver.seeding.values import Draw, Values

HEAD = ("scenario", "about", "company", "user", "calls")
STEP = ("make", "count", "on", "post", "write", "as", "query", "fill", "body", "files", "only_with", "then")
LATER = ("share", "after", "get", "post", "put", "delete", "write", "as", "query", "body", "files", "when", "only_with")


@dataclass(frozen=True, slots=True)
class Later:
    """A call about a record, some days after it was made, for a share of the records."""

    call: Call
    share: float
    after: tuple[int, int]
    draw: Draw
    when: Mapping[str, tuple[Any, ...]]

    def due(self, record: Mapping[str, Any]) -> bool:
        """Whether the record is such that the call is made."""
        return all(record.get(name) in values for name, values in self.when.items())


@dataclass(frozen=True, slots=True)
class Step:
    """Records of one kind. `on` is the first and the last day; `scaled` says whether --scale multiplies the count."""

    call: Call
    count: int
    scaled: bool
    on: tuple[int, int]
    draw: Draw
    then: tuple[Later, ...]

    def records(self, scale: float) -> int:
        """How many records, at least one of those that are wanted at all."""
        return max(1, round(self.count * scale)) if self.scaled and self.count else self.count


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario; `company` and `user` make settings and fields."""

    file: str
    company: Value
    user: Value
    steps: tuple[Step, ...]

    @property
    def first_day(self) -> int:
        """The earliest day of a call, counted from the scenario's own."""
        return min((step.on[0] for step in self.steps), default=0)


def read_scenario(path: Path, document: Document, routes: Routes, values: Values) -> Scenario:
    """The scenario of a file. Raises StartError that says where, what came and what was wanted."""
    content = read_yaml(path)
    for word in content:
        if word not in HEAD:
            raise unknown(path.name, word, "a part of a scenario", HEAD)
    calls = content.get("calls") or []
    if not isinstance(calls, list):
        raise trouble(f"{path.name}: calls", f"`{calls}`", "a list of calls", "start each with `- make:`")
    reader = Reader(document, values)
    company = Spot(f"{path.name}: company", "companies", schema=resolved(document.schemas["CompanySettings"], document))
    writable: dict[str, Any] = {name: {} for name, field in document.entities["user"].fields.items() if field.write}
    user = Spot(f"{path.name}: user", "users", schema={"properties": writable})
    return Scenario(
        file=path.name,
        company=read_fields(reader, content.get("company") or {}, company),
        user=read_fields(reader, content.get("user") or {}, user),
        steps=tuple(read_steps(reader, routes, calls, path.name)),
    )


def read_steps(reader: Reader, routes: Routes, calls: list[Any], file: str) -> Iterator[Step]:
    """The steps in order. Chance counts them by resource, so that a step of another one moves nothing."""
    before: Counter[str] = Counter()
    for number, node in enumerate(calls, 1):
        where = f"{file}: call {number}"
        step = checked(node, STEP, ("make", "count", "on"), where)
        yield read_step(reader, routes, step, where, before[str(step["make"])])
        before[str(step["make"])] += 1


def checked(node: Any, known: tuple[str, ...], needed: tuple[str, ...], where: str) -> Mapping[str, Any]:
    """A mapping with known words, and all of those that are needed."""
    if not isinstance(node, dict):
        raise trouble(where, f"`{node}`", "a mapping", f"write {needed[0]}: ...")
    for word in node:
        if word not in known:
            raise unknown(where, word, "a word of a call", known)
    for word in needed:
        if word not in node:
            raise trouble(where, f"no `{word}`", f"the words {', '.join(needed)}", f"add `{word}:`")
    return node


def read_step(reader: Reader, routes: Routes, step: Mapping[str, Any], where: str, number: int) -> Step:
    """One step of `calls`; `number` is its place among those of its resource."""
    entity = entity_named(reader, step["make"], f"{where}.make")
    spot = Spot(where, entity.resource)
    exact = isinstance(step["count"], dict)
    if exact:
        checked(step["count"], ("exactly",), ("exactly",), f"{where}.count")
    count, most = whole_bounds(step["count"]["exactly"] if exact else step["count"], spot.inside("count"))
    if count < 0 or count != most:
        raise trouble(
            f"{where}.count", f"`{step['count']}`", "a number from 0", "write count: 10 or count: {exactly: 10}"
        )
    on = day_bounds(step["on"], spot.inside("on"))
    if on[1] > 0:
        raise trouble(f"{where}.on", f"`{step['on']}`", "days up to 0, the scenario's own", "write on: [-90, 0]")
    if "{id}" in str(step.get("post")):
        raise trouble(f"{where}.post", f"`{step['post']}`", "a path without {id}", "write later calls under `then`")
    later = step.get("then") or []
    if not isinstance(later, list):
        raise trouble(f"{where}.then", f"`{later}`", "a list of calls", "start each with `- after:`")
    return Step(
        call=read_call(reader, routes, step, spot, ("post", "write")),
        count=count,
        scaled=not exact,
        on=on,
        draw=reader.values.draw(entity.resource, f"on {number}"),
        then=tuple(
            read_later(reader, routes, each, entity.resource, f"{where}.then {n}", str(step.get("as", "")))
            for n, each in enumerate(later, 1)
        ),
    )


def read_later(reader: Reader, routes: Routes, node: Any, resource: str, where: str, caller: str) -> Later:
    """One entry of `then`; made by the caller of its step unless it says who."""
    step = checked(node, LATER, ("after",), where)
    spot = Spot(where, resource, names=tuple(reader.document.resources[resource].stored))
    share, most = bounds(step.get("share", 1), spot.inside("share"))
    if not 0 <= share <= 1 or share != most:
        raise trouble(f"{where}.share", f"`{step['share']}`", "a part of the records", "write a number from 0 to 1")
    after = day_bounds(step["after"], spot.inside("after"))
    if after[0] < 0:
        raise trouble(
            f"{where}.after", f"`{step['after']}`", "days from 0", "a record must be there before it is changed"
        )
    call = read_call(reader, routes, step, spot, ("get", "post", "put", "delete", "write"), caller)
    draw = reader.values.draw(resource, f"after {call.method} {call.path}")
    return Later(call, share, after, draw, read_when(step.get("when") or {}, spot.inside("when")))


def read_when(node: Any, spot: Spot) -> dict[str, tuple[Any, ...]]:
    """Fields of the record and the values that they may hold."""
    if not isinstance(node, dict):
        raise trouble(spot.where, f"`{node}`", "a mapping", "write {status_id: ['2', '3']}")
    for name in node:
        known_name(name, spot)
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in node.items()}
