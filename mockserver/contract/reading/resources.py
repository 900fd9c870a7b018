"""Kinds of records that plain paths tell: `/things` with GET and POST, `/things/{id}` with GET, PUT, PATCH, DELETE."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from mockserver.contract.reading.plain import flat, is_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply

    Row = dict[str, Any]

ITEM = re.compile(r"(?P<collection>.*/[^/{}]+)/\{(?P<key>[^/{}]+)\}")
BEHAVIOURS = {"get": "show", "put": "update", "patch": "patch", "delete": "delete"}
ENVELOPES = ("data", "item", "items", "results", "result", "records", "rows", "value")
"""Members under which answers put a record or the rows of a list, the most usual first."""
UNIQUE = ("uuid", "ulid", "uid", "key", "slug", "number", "code")
"""Names of members that tell one record from another, when none is called id."""


@dataclass(frozen=True)
class Resource:
    """One kind of record of a document without facts, and what its paths offer."""

    name: str
    collection: str
    """Path of the list."""
    key: str
    """Parameter of the path that names a record."""
    spec: Spec = field(repr=False)
    operations: Mapping[str, Operation] = field(repr=False)
    """By behaviour: list, create, show, update (PUT), patch, delete."""

    def __getitem__(self, behaviour: str) -> Operation:
        return self.operations[behaviour]

    @property
    def remover(self) -> Operation | None:
        """The operation that takes a record away."""
        return self.operations.get("delete")

    def has(self, *behaviours: str) -> bool:
        """Whether it offers all of these; `change` is an update or a patch."""
        return all(
            bool({"update", "patch"} & self.operations.keys()) if name == "change" else name in self.operations
            for name in behaviours
        )

    def schema(self, behaviour: str) -> Mapping[str, Any]:
        """Schema of the record, or of a row, that a good answer of an operation holds; empty when it holds none."""
        operation = self.operations.get(behaviour)
        answer = answer_of(self.spec, operation) if operation is not None else {}
        path = envelope(self.spec, answer, many=behaviour == "list")
        for name in path or ():
            answer = flat(self.spec, answer["properties"][name], sent=False)
        return flat(self.spec, answer.get("items", {}), sent=False) if behaviour == "list" else answer

    def record(self, behaviour: str, reply: Reply) -> Row | None:
        """The record in an answer, out of its envelope; None when there is none."""
        found = opened(reply, envelope(self.spec, answer_of(self.spec, self[behaviour]), many=False))
        return found if isinstance(found, dict) else None

    def rows(self, reply: Reply) -> list[Row] | None:
        """The rows of a list, out of their envelope; None when there is no list."""
        found = opened(reply, envelope(self.spec, answer_of(self.spec, self["list"]), many=True))
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else None

    def id_of(self, record: Mapping[str, Any]) -> str:
        """The id of a record as it stands in a path; empty when it has none."""
        value = record.get(self.id_member(record))
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def id_member(self, record: Mapping[str, Any]) -> str:
        """The member that is the id: named as the parameter of the path, `id`, or the one that looks unique."""
        for name in (self.key, "id", f"{singular(self.name)}_id", f"{singular(self.name)}Id", "_id", *UNIQUE):
            if name in record:
                return name
        required = self.schema("show").get("required", ())
        likely = [name for name in record if name in required and re.search(r"([_-]id|Id|ID)$", name)]
        return likely[0] if len(likely) == 1 else ""

    def item(self, collection: str, record: Mapping[str, Any]) -> str:
        """Path of a record below the path of its list; empty when it has no id."""
        hashed = self.id_of(record)
        return f"{collection.rstrip('/')}/{quote(hashed, safe='')}" if hashed else ""


def inferred(items: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """(method, path) -> what the operation does to which resource, by the paths alone."""
    paths = {path.rstrip("/"): path for path in items}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    names: set[str] = set()
    for path in items:
        matched = ITEM.fullmatch(path.rstrip("/"))
        if matched is None or matched["collection"] not in paths:
            continue
        collection = paths[matched["collection"]]
        words = [word for word in collection.strip("/").split("/") if "{" not in word]
        name = words[-1] if words[-1] not in names else "/".join(words)
        names.add(name)
        facts = {"entity": name, "key": matched["key"]}
        for verb, behaviour in (("get", "list"), ("post", "create")):
            if verb in items[collection]:
                found[verb, collection] = {**facts, "behaviour": behaviour}
        for verb, behaviour in BEHAVIOURS.items():
            if verb in items[path]:
                found[verb, path] = {**facts, "behaviour": behaviour, "locate": True}
    return found


def resources_in(spec: Spec, operations: Iterable[Operation]) -> dict[str, Resource]:
    """The resources by name; those without a list and without a create are none."""
    grouped: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        if operation.noun:
            grouped.setdefault(operation.noun, {})[operation.behaviour] = operation
    return {
        name: Resource(name, (own.get("list") or own["create"]).path, next(iter(own.values())).key, spec, own)
        for name, own in grouped.items()
        if "list" in own or "create" in own
    }


def answer_of(spec: Spec, operation: Operation) -> Mapping[str, Any]:
    """Schema of the JSON body of the first good answer; empty when there is none."""
    for status in (*(each for each in operation.raw["responses"] if each.startswith("2")), "default"):
        for media, told in operation.raw["responses"].get(status, {}).get("content", {}).items():
            if is_json(media) or "*" in media:
                return flat(spec, told.get("schema", {}), sent=False)
    return {}


def envelope(spec: Spec, schema: Mapping[str, Any], *, many: bool) -> tuple[str, ...] | None:
    """Members that lead to the record, or to the rows, in a body; None when there is no way to it.

    A body that is the record itself has no envelope. One is `data`, or a single member that is an object or a list.
    """
    wanted = "array" if many else "object"
    if schema.get("type") == "array":
        return () if many else None
    members = {name: flat(spec, each, sent=False) for name, each in schema.get("properties", {}).items()}
    inside = [name for name, each in members.items() if each.get("type") == wanted]
    named = next((name for name in ENVELOPES if name in inside), inside[0] if len(inside) == 1 else "")
    if many:
        if named:
            return (named,)
        deeper = [name for name in ENVELOPES if members.get(name, {}).get("type") == "object"]
        within = envelope(spec, members[deeper[0]], many=True) if deeper else None
        return (deeper[0], *within) if within is not None else None
    plain = [name for name, each in members.items() if each.get("type") not in ("object", "array")]
    alone = named and (named in ENVELOPES[:1] or not plain) and "id" not in members
    return (named,) if alone else ()


def opened(reply: Reply, path: tuple[str, ...] | None) -> Any:
    """What stands in a JSON body at the end of a way; None when there is nothing."""
    if path is None or not is_json(reply.media):
        return None
    try:
        found = reply.json()
        for name in path:
            found = found[name]
    except (ValueError, TypeError, LookupError):
        return None
    return found


def path_of(reply: Reply, base: str) -> str:
    """Path of a request below the address of the API."""
    return urlsplit(reply.request[1].removeprefix(base)).path


def singular(name: str) -> str:
    """The name of one of many: `categories` -> `category`, `boxes` -> `box`, `things` -> `thing`."""
    word = name.rpartition("/")[2].replace("-", "_")
    for end, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")):
        if word.endswith(end) and not word.endswith("ss"):
            return word[: -len(end)] + instead
    return word
