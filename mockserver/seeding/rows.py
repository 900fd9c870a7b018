"""Rows of a scenario that no call makes: tokens with a known text, what a payment provider answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.coerce import explain
from mockserver.draft import Draft
from mockserver.seeding.trouble import trouble

if TYPE_CHECKING:
    from mockserver.draft import Caller
    from mockserver.flow import Engine
    from mockserver.seeding.calls import Call
    from mockserver.seeding.site import Site
    from mockserver.world import World


def token_text(world: World, name: str) -> str:
    """The text of a scenario's token: that of the default login, and the name behind a dash."""
    return f"{world.identity.token}-{name}" if name else world.identity.token


def write_row(engine: Engine, call: Call, given: dict[str, Any], site: Site, caller: Caller) -> None:
    """Store a new row with the given fields at the time of the clock; all other fields are blank.

    It belongs to the company that its own field names, else to that of the caller, who is its user if it has one.
    Raises StartError for a value that the document does not allow.
    """
    entity = engine.document.resources[call.path]
    draft = Draft(site.world, caller)
    own = {"user_id": caller.user_id, "company_id": caller.company_id}
    fitting(engine, entity.schema, given, f"{call.where}.body")
    data = {**draft.blank(entity.name), **{name: own[name] for name in own if name in entity.stored}, **given}
    draft.put(entity.name, data, company=ids.decode(str(data.get("company_id") or "")) or caller.company)
    draft.commit()


def fitting(engine: Engine, schema: str, made: dict[str, Any], where: str) -> None:
    """Raise StartError when an object is not what the schema says of its fields."""
    known = {name: value for name, value in made.items() if name in properties(engine, schema)}
    for error in engine.schemas.named(schema, lenient=True).iter_errors(known):
        path, _, _, wanted = explain(error)
        value = made.get(path.partition(".")[0])
        raise trouble(f"{where}.{path}", f"`{value}`", f"{wanted}", f"see {schema} in the document")


def properties(engine: Engine, schema: str) -> dict[str, Any]:
    """The properties of a schema of the document."""
    found: dict[str, Any] = engine.document.schemas[schema].get("properties", {})
    return found
