"""Answers to bytes: envelopes, paging, includes, the `index`, `serializer` and `include_static` parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mockserver.answer import Empty, File, Item, Items, Plain, Reply, Unsaved
from mockserver.derive.paging import page_of, pagination
from mockserver.document.errors import did_you_mean
from mockserver.encode import compact, list_envelope, member, pretty
from mockserver.errors import Diagnosis, Refused
from mockserver.render import lens_of, parse_include

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.answer import Answer
    from mockserver.document.model import Document, Entity
    from mockserver.draft import Draft
    from mockserver.render import Renderer
    from mockserver.request import Request

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*.^_`|~+-]+")
"""A file name that a header may carry without quotes."""
RESHAPING = frozenset(
    {
        "include",
        "index",
        "serializer",
        "include_static",
        "filter_details",
        "reminder_schedule",
        "is_locked",
        "show_schedule",
        "show_dates",
    }
)
"""Query parameters that change the shape of an answer; without them the kept fragments are used."""


def check_includes(tree: Mapping[str, Any], entity: Entity, document: Document) -> None:
    """On lists an unknown relation is refused (R-WIRE-34)."""
    for name, below in tree.items():
        include = entity.includes.get(name)
        if include is None:
            hint = did_you_mean(name[:80], entity.includes)
            diagnosis = Diagnosis("query include", "R-WIRE-34", name, f"a relation of {entity.name}", hint)
            raise Refused("bad_request", f"Relation `{name}` is not a valid include.", diagnoses=(diagnosis,))
        check_includes(below, document.entities[include.entity], document)


class Serializer:
    """Makes replies from answers, with one renderer."""

    def __init__(self, document: Document, renderer: Renderer) -> None:
        self._document = document
        self._renderer = renderer

    def reply(self, answer: Answer, request: Request, draft: Draft) -> Reply:
        """The finished answer. Raises Refused for an unknown include on a list, ContractBreach for a wrong record."""
        if isinstance(answer, Item):
            return self._item(answer, request, draft)
        if isinstance(answer, Items):
            return self._items(answer, request, draft)
        if isinstance(answer, Plain):
            if answer.pretty:
                return Reply(200, pretty(answer.value), "application/json; charset=utf-8")
            return Reply(answer.status, compact(answer.value))
        if isinstance(answer, Unsaved):
            entity = self._document.entities[answer.entity]
            out = self._renderer.item(entity, answer.data, lens_of(draft, address(draft, request), request.query), {})
            return self._enveloped(out, request, {})
        if isinstance(answer, File):
            kind = "inline" if answer.inline else "attachment"
            headers = {"Content-Disposition": disposition(kind, answer.name)} if answer.name else {}
            return Reply(200, answer.content, answer.type, headers)
        assert isinstance(answer, Empty)
        return Reply(200, b"", "text/html; charset=UTF-8")

    def _item(self, answer: Item, request: Request, draft: Draft) -> Reply:
        entity = self._document.entities[answer.entity]
        record = draft.record(answer.entity, answer.id)
        assert record is not None
        unmasked = bool(request.operation.facts.get("unmasked"))
        hidden = concealed(entity, draft) if "conceal" in entity.facts else {}
        base_url = address(draft, request)
        if RESHAPING.isdisjoint(request.query) and not unmasked and not hidden:
            # what a call has written may never be read again: it is kept by the first call that only reads it
            fragment = self._renderer.fragment(entity, record, draft, base_url, 1, keep=not draft.effects)
            return Reply(200, b'{\n    "data": ' + fragment + b"\n}")
        tree = parse_include(request.query.get("include", ""))
        lens = lens_of(draft, base_url, request.query)
        out = self._renderer.item(entity, record.data | hidden, lens, tree, unmasked=unmasked)
        self._renderer.check(entity, out)
        return self._enveloped(out, request, {})

    def _items(self, answer: Items, request: Request, draft: Draft) -> Reply:
        entity = self._document.entities[answer.entity]
        page, per_page = page_of(request.query)
        rows = answer.rows[(page - 1) * per_page : page * per_page]
        table = draft.state.table(entity.resource)
        records = table.some(rows)
        meta = {"pagination": pagination(len(answer.rows), len(records), page, per_page, request.url)}
        base_url = address(draft, request)
        hidden = concealed(entity, draft)
        if RESHAPING.isdisjoint(request.query) and answer.include is None and not hidden:
            fragments = self._renderer.fragments(entity, records, draft, base_url, 2)
            return Reply(200, list_envelope(b"data", fragments, member("meta", meta)))
        tree = parse_include(answer.include if answer.include is not None else request.query.get("include", ""))
        if records and answer.include is None:
            check_includes(tree, entity, self._document)
        kept, lens = narrowed(entity, request), lens_of(draft, base_url, request.query, answer.since)
        out = []
        for record in records:
            data = record.data if kept is None else {**entity.blank, **{name: record.data[name] for name in kept}}
            out.append(self._renderer.item(entity, data | hidden, lens, tree))
            self._renderer.check(entity, out[-1])
        return self._enveloped(out, request, {"meta": meta})

    def _enveloped(self, out: Any, request: Request, more: dict[str, Any]) -> Reply:
        key = request.query.get("index", "") or "data"
        if request.query.get("serializer") == "json":
            return Reply(200, pretty({**json_api(out, request), **more}))
        if key == "none":
            return Reply(200, pretty(out if isinstance(out, list) else dict(sorted(out.items()))))
        if request.query.get("include_static", "") not in ("", "false", "0"):
            more = {**more, "static": self._document.statics.payload}
        return Reply(200, pretty(dict(sorted({key: out, **more}.items()))))


def address(draft: Draft, request: Request) -> str:
    """Where links in this answer lead to: the server, and the world if it was chosen by the path."""
    return draft.world.base_url + request.prefix


def concealed(entity: Entity, draft: Draft) -> dict[str, Any]:
    """Empty values of the fields that the caller may not see; usually none (R-WIRE-53)."""
    facts = entity.facts.get("conceal")
    if facts is None or draft.caller is None or draft.caller.may("view", facts["permission"]):
        return {}
    return {name: entity.stored[name].default for name in facts["fields"]}


def narrowed(entity: Entity, request: Request) -> list[str] | None:
    """The only fields that a list fills, where a parameter of the facts asks for it (R-WIRE-24)."""
    for parameter, names in entity.facts.get("narrow", {}).items():
        if request.query.get(parameter) == "true":
            return list(names)
    return None


def disposition(kind: str, name: str) -> str:
    """Content-Disposition for a file name, in quotes when needed; names outside ASCII come in the encoded form too."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    header = f"{kind}; filename={plain}" if TOKEN.fullmatch(plain) else f'{kind}; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def json_api(out: Any, request: Request) -> dict[str, Any]:
    """The JSON:API shape of `serializer=json` (R-WIRE-7): nested records become relationships and `included`."""
    assert request.operation.entity is not None
    kind = request.operation.entity.resource
    included: list[dict[str, Any]] = []
    data = (
        [resource_object(each, kind, included) for each in out]
        if isinstance(out, list)
        else resource_object(out, kind, included)
    )
    return {"data": data, **({"included": included} if included else {})}


def resource_object(record: Mapping[str, Any], kind: str, included: list[dict[str, Any]]) -> dict[str, Any]:
    """One JSON:API resource object; lists of records with ids go to `included`."""
    attributes: dict[str, Any] = {}
    relationships: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) and "id" in each for each in value):
            relationships[name] = {"data": [{"type": name, "id": each["id"]} for each in value]}
            included.extend(resource_object(each, name, included) for each in value)
        elif name != "id":
            attributes[name] = value
    made: dict[str, Any] = {"type": kind, "id": record["id"], "attributes": attributes}
    return {**made, "relationships": relationships} if relationships else made
