"""Stored records to what a client reads: own fields in order, computed and masked ones, nested records."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from os import urandom
from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.derive.computed import COMPUTED
from mockserver.encode import indent, inner, quoted
from mockserver.errors import ContractBreach
from mockserver.store.conditions import compile_condition
from mockserver.store.state import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from mockserver.document.model import Document, Entity, Include
    from mockserver.document.model import Field as FieldFacts
    from mockserver.document.schemas import Closed, Schemas
    from mockserver.draft import Draft
    from mockserver.store.state import State
    from mockserver.store.table import Data, Record, Table

    Fragment = bytes | tuple[str, bytes, list[bytes]]
    """JSON of a record; with addresses in it: that of the last server, the JSON for it, and the pieces between them."""
    Tree = Mapping[str, Any]
    Trail = tuple[tuple[str, str], ...]

MAX_INCLUDE_DEPTH = 6
NOT_RENDERED: Mapping[int, Fragment] = {}
SCALARS = frozenset({"string", "number", "integer", "boolean"})
NO_TREE: Mapping[str, Any] = {}
SOMEWHERE = f"http://{urandom(16).hex()}.invalid"
"""The server's address in kept fragments, which all worlds share whatever theirs is. No text of a record holds it."""
CUT = quoted(SOMEWHERE)


class Lens:
    """Through what a record is read: the state, the server's address, and whose call it is. Never changed."""

    __slots__ = ("base_url", "company_id", "context", "query", "since", "state", "user_id")

    def __init__(
        self,
        state: State,
        base_url: str,
        company_id: str = "",
        user_id: str = "",
        query: Mapping[str, str] = NO_TREE,
        since: int = 0,
        context: Callable[[Data], dict[str, Any]] | None = None,
    ) -> None:
        self.state = state
        self.base_url = base_url
        self.company_id = company_id
        self.user_id = user_id
        self.query = query
        self.since = since
        self.context = context


def lens_of(draft: Draft, base_url: str, query: Mapping[str, str] = NO_TREE, since: int = 0) -> Lens:
    """What the records of a call are read through; `since` as in `Items`."""
    caller = draft.caller
    company, user = ("", "") if caller is None else (caller.company_id, caller.user_id)
    return Lens(draft.state, base_url, company, user, query, since, draft.context_of)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an entity is rendered: plain fields, computed ones, masked ones, those on request, and nested records."""

    shown: tuple[str, ...]
    values: Callable[[Data], tuple[Any, ...]]
    stored: list[str]
    """What a record holds, in the order of a blank one; empty when that is not the order of what is shown."""
    unseen: tuple[str, ...]
    """What of it is not shown."""
    computed: tuple[tuple[str, Callable[..., Any]], ...]
    masked: tuple[tuple[str, Callable[..., Any]], ...]
    optional: tuple[FieldFacts, ...]
    always: tuple[Include, ...]
    holding: tuple[str, ...]
    """What may hold members of its own."""

    def own(self, data: Data) -> dict[str, Any]:
        """What is shown of a record's own fields, in their order."""
        if list(data) != self.stored:
            return dict(zip(self.shown, self.values(data), strict=False))
        out = data.copy()  # takes a third of what filling a dict takes, and nearly all records are in this order
        for name in self.unseen:
            del out[name]
        return out


def placed(base_url: str, pieces: list[bytes]) -> tuple[str, bytes, list[bytes]]:
    """A fragment with addresses, for a server at this one."""
    return base_url, quoted(base_url).join(pieces), pieces


def parse_include(text: str) -> dict[str, Any]:
    """`a,b.c` to {a: {}, b: {c: {}}} (R-WIRE-34); deeper levels than MAX_INCLUDE_DEPTH are dropped."""
    tree: dict[str, Any] = {}
    for path in text.split(","):
        place = tree
        for step in path.strip().split(".")[:MAX_INCLUDE_DEPTH]:
            if step:
                place = place.setdefault(step, {})
    return tree


class Renderer:
    """Renders the records of one document. Holds plans and validators, no state of a world."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas
        self._closed: dict[str, Closed | None] = {}
        self._plans: dict[str, Plan] = {}

    def _plan(self, entity: Entity) -> Plan:
        plan = self._plans.get(entity.name)
        if plan is None:
            fields = [each for each in entity.fields.values() if not each.optional]
            names, stored = tuple(each.name for each in fields), list(entity.blank)
            plan = self._plans[entity.name] = Plan(
                names,
                itemgetter(*names, names[0]),  # two at least, so that it always gives a tuple
                stored if tuple(name for name in stored if name in names) == names else [],
                tuple(name for name in stored if name not in names),
                tuple((each.name, COMPUTED[each.computed]) for each in fields if each.computed and not each.when),
                tuple((each.name, COMPUTED[each.mask]) for each in fields if each.mask),
                tuple(each for each in entity.fields.values() if each.optional or each.when),
                tuple(each for each in entity.includes.values() if each.always),
                self._holding(entity),
            )
        return plan

    def _holding(self, entity: Entity) -> tuple[str, ...]:
        members = self._document.schemas[entity.schema].get("properties", {})
        resolved = {name: self._document.resolved(member) for name, member in members.items()}
        return tuple(name for name, member in resolved.items() if member.get("type") not in SCALARS)

    def item(
        self, entity: Entity, data: Data, lens: Lens, tree: Tree, *, unmasked: bool = False, trail: Trail = ()
    ) -> dict[str, Any]:
        """A record as a client reads it, with its default includes and those of the tree.

        `trail` names the records around it. The tree ends at a record that is one of them: a chain such as
        client.activities.client.activities would else grow with a power of its length.
        """
        plan = self._plans.get(entity.name) or self._plan(entity)
        out = plan.own(data)
        for each in plan.optional:
            self._optional(each, data, out, lens)
        includes = entity.includes.values() if tree else plan.always
        if includes and len(trail) <= MAX_INCLUDE_DEPTH:
            here = (entity.name, data["id"])
            if here in trail:
                tree = {}
            around = (*trail, here)
            for include in includes:
                name = include.name
                if include.always or (name in tree and not include.inner):
                    value = self._nested(include, data, lens, tree.get(name, NO_TREE), around, entity)
                    if value is not None:
                        out[name] = value
        for name, function in plan.computed:
            out[name] = function(data, out, lens.base_url)
        if not unmasked:
            for name, function in plan.masked:
                out[name] = function(data, out, lens.base_url)
        return out

    @staticmethod
    def _optional(facts: FieldFacts, data: Data, out: dict[str, Any], lens: Lens) -> None:
        """A field that is there, or filled, only when asked for, or that is there only when it holds something."""
        if facts.when:
            if lens.query.get(facts.when) == "true" and lens.context is not None:
                out[facts.name] = COMPUTED[facts.computed](data, lens.context(data), lens.base_url)
        elif data[facts.name]:
            out[facts.name] = data[facts.name]

    def _nested(self, include: Include, data: Data, lens: Lens, tree: Tree, trail: Trail, parent: Entity) -> Any:
        target = self._document.entities[include.entity]
        table = lens.state.tables.get(target.resource, NO_ROWS)
        if not include.many:
            record = self._one(include, data, lens, table)
            if record is None and not include.blank:
                return None
            found = dict(target.blank) if record is None else record.data
            return self.item(target, found, lens, tree, unmasked=include.unmasked, trail=trail)
        if table is NO_ROWS:
            return []
        rows = self._rows(include, data, lens, table, target, parent)
        if not rows:
            return []
        children = [record for row in rows if (record := table.get(row)) is not None]
        if lens.since and include.by == "company":
            children = [record for record in children if record.data["updated_at"] >= lens.since]
        if include.where is not True:
            keep = compile_condition(include.where, today="")
            children = [record for record in children if keep(record.data)]
        return [self.item(target, each.data, lens, tree, unmasked=include.unmasked, trail=trail) for each in children]

    @staticmethod
    def _one(include: Include, data: Data, lens: Lens, table: Table) -> Record | None:
        """The record of a to-one include."""
        if include.scope:
            wanted = {"company": ("company_id", lens.company_id), "caller": ("user_id", lens.user_id)}[include.scope]
            row = next(iter(table.find((data["id"], wanted[1]), include.by, wanted[0])), None)
        else:
            hashed = data.get(include.source) or ""
            row = ids.decode(hashed) if hashed else None
        return None if row is None else table.get(row)

    def _rows(
        self, include: Include, data: Data, lens: Lens, table: Table, target: Entity, parent: Entity
    ) -> Sequence[int]:
        """Row numbers of a to-many include."""
        if not data["id"]:
            return ()
        if include.link is not None:
            return self._linked(include.link, data["id"], lens)
        if include.by == "parent":
            return table.find((parent.name, data["id"]), "parent_type", "parent_id")
        if include.by == "company":
            if target.through is not None:
                return self._linked((target.through["entity"], "company_id", target.through["field"]), data["id"], lens)
            own = table.rows(ids.decode(data["id"]) or 0)
            return (*table.rows(0), *own) if target.stock else tuple(own)
        return table.find(data["id"], include.by)

    def _linked(self, link: tuple[str, str, str], hashed: str, lens: Lens) -> tuple[int, ...]:
        """Rows at the other end of a link table."""
        entity, ours, theirs = link
        links = lens.state.table(self._document.entities[entity].resource)
        found = (each.data[theirs] for row in links.find(hashed, ours) if (each := links.get(row)) is not None)
        return tuple(dict.fromkeys(row for each in found if each and (row := ids.decode(each)) is not None))

    def fragment(
        self, entity: Entity, record: Record, draft: Draft, base_url: str, level: int, *, keep: bool = True
    ) -> bytes:
        """JSON of a record with its default includes, moved in by `level` (1 or more), and checked once.

        Kept on the record: it changes when the record does, or when a commit refreshes it because something
        nested in it changed. Without `keep` only what is kept already is used, and nothing is added. Raises
        ContractBreach when the document does not allow it.
        """
        rendered = record.rendered
        if rendered is None:
            rendered = {}
            if keep:
                record.rendered = rendered
        kept: Fragment | None = rendered.get(level)
        if kept is None:
            kept = rendered[level] = self._encoded(entity, record, draft, base_url, level, rendered)
        if isinstance(kept, bytes):
            return kept
        if kept[0] != base_url:
            kept = rendered[level] = placed(base_url, kept[2])
        return kept[1]

    def _encoded(
        self,
        entity: Entity,
        record: Record,
        draft: Draft,
        base_url: str,
        level: int,
        rendered: dict[Hashable, Any],
    ) -> Fragment:
        if level > 1:
            if 1 not in rendered:
                rendered[1] = self._encoded(entity, record, draft, base_url, 1, rendered)
            kept: Fragment = rendered[1]
            if isinstance(kept, bytes):
                return indent(kept, level - 1)
            return placed(base_url, [indent(piece, level - 1) for piece in kept[2]])
        out = self.item(entity, record.data, lens_of(draft, SOMEWHERE), NO_TREE)
        self.check(entity, out)
        plan = self._plans[entity.name]
        if not plan.computed and not any(map(out.get, plan.holding)):  # no address is in it, and no line too many
            return inner(out, flat=True)
        text = inner(out)
        return placed(base_url, text.split(CUT)) if CUT in text else text

    def fragments(self, entity: Entity, records: list[Record], draft: Draft, base_url: str, level: int) -> list[bytes]:
        """As `fragment`, for a page of records."""
        found = []
        for record in records:
            kept: Fragment | None = (record.rendered or NOT_RENDERED).get(level)
            if isinstance(kept, bytes):
                found.append(kept)
            elif kept is not None and kept[0] == base_url:
                found.append(kept[1])
            else:
                found.append(self.fragment(entity, record, draft, base_url, level))
        return found

    def check(self, entity: Entity, out: dict[str, Any], schema: str = "") -> None:
        """Raise ContractBreach when the record is not what the document says."""
        name = schema or entity.schema
        if name not in self._closed:
            self._closed[name] = self._schemas.closed(name)
        closed = self._closed[name]
        if closed is not None and closed.fits(out):
            needed = closed.needed
            for each in closed.optional:
                needed += each in out
            if len(out) == needed:
                return
        validator = self._schemas.named(name)
        if not validator.is_valid(out):
            error = next(iter(validator.iter_errors(out)))
            raise ContractBreach(entity.name, 200, f"/{'/'.join(map(str, error.instance_path))}: {error.message[:200]}")
