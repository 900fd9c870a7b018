"""One API call of a scenario: read and checked against the document, then put together for each record.

Some rows are made by no call, such as what a payment provider answered. They are written as they stand: the method
is WRITE then, and the path is a resource.
"""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from mockserver.content import asset
from mockserver.request import Upload
from mockserver.seeding.site import resolved
from mockserver.seeding.trouble import trouble, unknown
from mockserver.seeding.vocabulary import known_name, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.document.model import Document, Operation
    from mockserver.routes import Routes
    from mockserver.seeding.site import Reader, Site, Spot, Value


WRITE = "WRITE"
HOLE = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `path` may hold {id}, and any other field of the record. `query` and `body` make mappings, or are None.

    `caller` names the token that it is made with: the default one when empty, else what stands behind it and a dash.
    """

    where: str
    resource: str
    method: str
    path: str
    query: Value | None
    body: Value | None
    files: tuple[Upload, ...]
    caller: str = ""
    only_with: str = ""
    """A field of the body without which the call is not made."""

    def target(self, site: Site, hashed: str) -> str:
        """Path and query for a record."""
        path = HOLE.sub(lambda hole: hashed if hole[1] == "id" else str(site.get(hole[1])), self.path)
        if self.query is None:
            return path
        sent = {
            name: str(value).lower() if isinstance(value, bool) else value for name, value in self.query(site).items()
        }
        return f"{path}?{urlencode(sent)}" if sent else path


def read_call(
    reader: Reader, routes: Routes, node: Mapping[str, Any], spot: Spot, methods: tuple[str, ...], caller: str = ""
) -> Call:
    """The call that a step describes. Raises StartError for a path, parameter or field that is not documented."""
    named = [word for word in methods if word in node]
    if len(named) != 1:
        raise trouble(
            spot.where, f"{' and '.join(named) or 'no method'}", f"one of {', '.join(methods)}", "write METHOD: PATH"
        )
    method, path = named[0].upper(), str(node[named[0]])
    caller = str(node.get("as", caller))
    if method == WRITE:
        return read_row(reader, node, spot, path, caller)
    for name in HOLE.findall(path):
        known_name(name, spot.inside(named[0]))
    found = routes.find(method, HOLE.sub("id", path))
    if found is None:
        known = sorted({each.path for each in reader.document.operations.values() if each.method == method})
        raise unknown(spot.inside(named[0]).where, path, f"a path that takes {method}", known)
    operation = found[0]
    return Call(
        where=spot.where,
        resource=spot.resource,
        method=method,
        path=path,
        query=_query(reader, operation, node.get("query"), spot.inside("query")),
        body=_body(reader, operation, node, spot.inside("body")),
        files=_files(node.get("files") or [], spot.inside("files").where),
        caller=caller,
        only_with=_only_with(node, spot),
    )


def _only_with(node: Mapping[str, Any], spot: Spot) -> str:
    name, body = str(node.get("only_with", "")), body_of(node, spot.inside("body").where)
    if name and name not in body:
        raise unknown(spot.inside("only_with").where, name, "a field of `body`", body)
    return name


def read_row(reader: Reader, node: Mapping[str, Any], spot: Spot, resource: str, caller: str) -> Call:
    """A row that is written as it stands: its fields, shown and hidden ones. Raises StartError for any other."""
    for word in ("query", "fill", "files"):
        if word in node:
            raise trouble(spot.where, f"`{word}`", "only `body` beside `write`", f"leave `{word}` out")
    if resource not in reader.document.resources:
        raise unknown(spot.inside("write").where, resource, "a resource of the document", reader.document.resources)
    schema: dict[str, Any] = {"properties": {name: {} for name in reader.document.resources[resource].stored}}
    inside = spot.inside("body")
    body = read_fields(reader, body_of(node, inside.where), replace(inside, schema=schema))
    return Call(spot.where, spot.resource, WRITE, resource, None, body, (), caller, _only_with(node, spot))


def _query(reader: Reader, operation: Operation, node: Any, spot: Spot) -> Value | None:
    if not node:
        return None
    schema: dict[str, Any] = {"properties": {name: {} for name in _parameters(operation, reader.document)}}
    return read_fields(reader, node, replace(spot, key="query", schema=schema))


def _parameters(operation: Operation, document: Document) -> Iterator[str]:
    for each in operation.raw.get("parameters", ()):
        found = document.raw["components"]["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        if found["in"] == "query":
            yield found["name"]


def _body(reader: Reader, operation: Operation, node: Mapping[str, Any], spot: Spot) -> Value | None:
    fill = node.get("fill") or []
    if not isinstance(fill, list) or not all(isinstance(name, str) for name in fill):
        raise trouble(spot.where, f"`{fill}`", "a list of fields under `fill`", "write fill: [city, phone]")
    written = {**{name: {"fake": _hint(reader, spot, name)} for name in fill}, **body_of(node, spot.where)}
    if not written:
        return None
    schema = resolved(reader.document.schemas.get(operation.request), reader.document)
    return read_fields(reader, written, replace(spot, schema=schema))


def body_of(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The body as it is written; of a list of mappings the later ones go over the earlier ones."""
    body = node.get("body") or {}
    parts = body if isinstance(body, list) else [body]
    for part in parts:
        if not isinstance(part, dict):
            raise trouble(where, f"`{part}`", "a mapping of fields", "write one field a line")
    return {name: value for part in parts for name, value in part.items()}


def _hint(reader: Reader, spot: Spot, name: str) -> str:
    """The hint of a field: its own, or that of its kind."""
    hints = reader.values.hints
    if name in hints.fields:
        return name
    field = reader.document.resources[spot.resource].fields.get(name)
    if field is None or field.kind not in hints.kinds:
        raise unknown(spot.where, name, "a field that hints.yaml knows", hints.fields)
    return field.kind


def _files(names: Any, where: str) -> tuple[Upload, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise trouble(where, f"`{names}`", "a list of names of files in fixtures/assets", "write files: [logo.png]")
    kinds = [mimetypes.guess_type(name)[0] or "application/octet-stream" for name in names]
    return tuple(
        Upload("documents[]", name, kind, asset(name).read_bytes()) for name, kind in zip(names, kinds, strict=True)
    )
