"""Words for records that were made before.

id_of: RESOURCE, match: {...}, where: {...}            id of one of the live records
from: RESOURCE, field: NAME, match: ..., where: ...    a field of one, the same one throughout an object

`match: {theirs: ours}` keeps those whose field holds the value of a field of ours, `where: {theirs: value}` those that
hold a given value; when there is none the field is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.errors import StartError
from mockserver.seeding.site import ABSENT
from mockserver.seeding.trouble import trouble, unknown
from mockserver.seeding.vocabulary import known_name, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Entity
    from mockserver.seeding.site import Reader, Site, Spot, Value
    from mockserver.store.ids import Ids
    from mockserver.store.table import Data, Table

    Choice = Callable[[Site], Data | None]


@word("id_of", "match", "where")
def id_of(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The id of a record."""
    choose = choice(reader, node["id_of"], node, spot.inside("id_of"))
    return lambda site: ABSENT if (found := choose(site)) is None else found["id"]


@word("from", "field", "match", "where")
def field_from(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A field of a record."""
    inside = spot.inside("from")
    choose = choice(reader, node["from"], node, inside)
    stored = reader.document.resources[node["from"]].stored
    name = str(node.get("field", ""))
    if name not in stored:
        raise unknown(inside.inside("field").where, name, f"a field of {node['from']}", stored)
    return lambda site: ABSENT if (found := choose(site)) is None else found[name]


def entity_named(reader: Reader, resource: Any, where: str) -> Entity:
    """The entity of a resource. Raises StartError when the document has none of that name."""
    if not isinstance(resource, str) or resource not in reader.document.resources:
        raise unknown(where, resource, "a resource of the document", reader.document.resources)
    return reader.document.resources[resource]


def choice(reader: Reader, resource: Any, node: Mapping[str, Any], spot: Spot) -> Choice:
    """What chooses a live record: by chance, and the same one for all fields of an object."""
    entity = entity_named(reader, resource, spot.where)
    pairs, where = _match(node, entity, spot), _where(node, entity, spot)
    key = f"{spot.key.rpartition('.')[0]}@{resource}"
    draw = reader.values.draw(spot.resource, key)

    def choose(site: Site) -> Data | None:
        if pairs:
            wanted = tuple(site.get(ours) for _, ours in pairs)
            table = site.world.state.table(resource)
            fields = (theirs for theirs, _ in pairs)
            rows = table.find(wanted if len(pairs) > 1 else wanted[0], *fields, company=site.company)
            return live(table, rows, draw(site.row) + site.item, where)
        if where:
            table = site.world.state.table(resource)
            return live(table, table.rows(site.company), draw(site.row) + site.item, where)
        place = (key, site.item)
        if place not in site.chosen:
            table = site.world.state.table(resource)
            site.chosen[place] = live(table, table.rows(site.company), draw(site.row) + site.item, {})
        found = site.chosen[place]
        if found is None:
            when = f"{spot.where}: got no live record of {resource} at this time"
            raise StartError(f"{when}, wanted one; make some on an earlier day")
        return found

    return choose


def live(table: Table, rows: Ids, first: int, where: Mapping[str, Any]) -> Data | None:
    """Data of the first live record of the rows with these values, from a place on and around; None if there is none.

    No index is made of the values: one of a state, say, would cost more to keep than a walk from a chance place does.
    """
    for step in range(len(rows)):
        record = table.get(rows[(first + step) % len(rows)])
        if record is None or record.data.get("is_deleted") or record.data.get("archived_at"):
            continue
        if all(record.data[name] == value for name, value in where.items()):
            return record.data
    return None


def _match(node: Mapping[str, Any], entity: Entity, spot: Spot) -> list[tuple[str, str]]:
    """Fields of theirs and the fields of ours whose value they must hold."""
    inside = spot.inside("match")
    pairs = _fields(node.get("match") or {}, entity, inside, "{their_field: our_field}")
    return [(theirs, known_name(ours, inside)) for theirs, ours in pairs.items()]


def _where(node: Mapping[str, Any], entity: Entity, spot: Spot) -> Mapping[str, Any]:
    """Fields of theirs and the values that they must hold."""
    return _fields(node.get("where") or {}, entity, spot.inside("where"), "{their_field: value}")


def _fields(pairs: Any, entity: Entity, inside: Spot, form: str) -> Mapping[str, Any]:
    if not isinstance(pairs, dict):
        raise trouble(inside.where, f"`{pairs}`", "a mapping", f"write {form}")
    for theirs in pairs:
        if theirs not in entity.stored:
            raise unknown(inside.where, theirs, f"a field of {entity.resource}", entity.stored)
    return pairs
