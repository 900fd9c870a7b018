"""Another company sees and changes nothing: by id, list, search, filter, in bulk, or by a link (R-AUTH-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import Stage, changed, staged
from mockserver.contract.target.identities import second

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
REFUSED = (400, 401, 403, 404)


def by_id(theirs: Stage, hashed: str, mark: str) -> None:
    """Every operation on one record is refused, and says nothing of it."""
    bodies = {"update": theirs.body("update"), "upload": {}}
    for behaviour in ("show", "edit", "update", "upload", "delete"):
        if behaviour not in theirs.noun.operations:
            continue
        operation = theirs.operation(behaviour)
        reply = theirs.call(behaviour, hashed, body=bodies.get(behaviour), want=())
        if reply.status not in REFUSED:
            what = f"another company was answered with {reply.status}, wanted one of {', '.join(map(str, REFUSED))}"
            raise Broken(what, operation=operation.id)
        if mark.encode() in reply.body:
            raise Broken(f"the refusal tells of the record: {reply.shown}", operation=operation.id)


def in_lists(theirs: Stage, record: dict[str, Any], mark: str) -> None:
    """No query of the list brings the record."""
    known = theirs.operation("list").parameters("query")
    links = {name: value for name, value in record.items() if name in known and name.endswith("_id") and value}
    for query in ({}, {"filter": mark}, {"with": record["id"]}, {"status": "active,archived,deleted"}, links):
        if record["id"] in theirs.rows(**query):
            raise Broken(
                f"the list of another company with {query} holds the record", operation=theirs.operation("list").id
            )


def in_bulk(theirs: Stage, hashed: str, own: str) -> None:
    """No action reaches the record, alone or beside a record of the caller."""
    for action in ("archive", "delete"):
        if "bulk" not in theirs.noun.operations or action not in theirs.noun.facts["bulk"]:
            continue
        for ids in ([hashed], [own, hashed]):
            reply = theirs.call("bulk", body={"action": action, "ids": ids}, want=())
            if reply.ok and hashed in [row["id"] for row in reply.json().get("data", ())]:
                what = f"{action} of a record of another company shows it: {reply.shown:.300}"
                raise Broken(what, operation=theirs.operation("bulk").id)


def test_another_company_sees_and_changes_nothing(target: Target, noun: Noun) -> None:
    with staged(target, noun) as ours:
        text = next(
            (each for each in ("name", "number", ours.free_text("create")) if each in noun.writable("create")), ""
        )
        mark = f"{ours.client.tag} Qzx secret"
        written: dict[str, Any] = {text: mark} if text else {}
        made = ours.make(**written)
        before = ours.show(made["id"])
        theirs = Stage(target, second(target, ours.client), noun)
        own = theirs.make()["id"]
        by_id(theirs, made["id"], mark)
        in_lists(theirs, made, mark)
        in_bulk(theirs, made["id"], own)
        if moved := changed(before, ours.show(made["id"])):
            raise Broken(f"another company has changed the record: {moved}")
        for name, rules in noun.rules("create").items():
            to = next((rule["exists"] for rule in rules if isinstance(rule, dict) and "exists" in rule), "")
            if name not in noun.fields or not to or not (foreign := ours.pool.ids(to)):
                continue
            reply = theirs.call("create", body={**theirs.minimal(), name: foreign[0]}, want=())
            if reply.ok and reply.data[name] == foreign[0]:
                what = f"{name} was set to a {to} of another company, wanted a refusal"
                raise Broken(what, operation=theirs.operation("create").id)
