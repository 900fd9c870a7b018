"""Records as a client sees them: made, shown, listed, and moved between active, archived and deleted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target
    from mockserver.contract.wire.reply import Reply

    Rows = Mapping[str, Mapping[str, Any]]

NEXT = {
    "archive": {"active": "archived"},
    "delete": {"active": "deleted", "archived": "deleted"},
    "restore": {"archived": "active", "deleted": "active"},
}
"""State that an action brings a record to; where it stands in no line, nothing happens."""


def ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The ids of rows, in their order."""
    return [row["id"] for row in rows]


def listed(client: Client, noun: Noun) -> dict[str, Any]:
    """All rows of the noun's list by id."""
    return {row["id"]: row for row in client.call(noun.operations["list"], query={"per_page": 5000}, want=200).data}


def created(client: Client, noun: Noun, body: dict[str, Any]) -> dict[str, Any]:
    """The record that a create answers."""
    record: dict[str, Any] = client.call(noun.operations["create"], body=body, want=200).data
    return record


def shown(client: Client, noun: Noun, hashed: str) -> dict[str, Any]:
    """The record as it is shown."""
    record: dict[str, Any] = client.call(noun.operations["show"], path={"id": hashed}, want=200).data
    return record


def visible(noun: Noun, body: dict[str, Any]) -> dict[str, Any]:
    """The part of a body that answers show; the rest is only sent."""
    there = noun.fields.keys() | noun.facts.get("includes", {}).keys()
    return {name: value for name, value in body.items() if name in there}


def state_of(row: Mapping[str, Any]) -> str:
    """`active`, `archived` or `deleted`."""
    if row["is_deleted"]:
        return "deleted"
    return "archived" if row["archived_at"] else "active"


def handed_over(noun: Noun, before: Rows, after: Rows, record: Mapping[str, Any]) -> Rows:
    """The rows from before as they may be now: the record may have taken a flag from one other, by the facts."""
    for flag in noun.facts.get("only_one", ()):
        lost = [each for each in before.keys() & after.keys() if before[each][flag] and not after[each][flag]]
        if record[flag] and len(lost) == 1:
            row, moved = before[lost[0]], after[lost[0]]["updated_at"]
            before = {**before, lost[0]: {**row, flag: False, "updated_at": moved}}
    return before


def capped(noun: Noun, wanted: Mapping[str, Any], record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is wanted of a record: a bill that counts asks for no more first than its amount (R-CALC-16).

    Less is right as well: what is open limits it too, and a body may open or close a bill by its status. Without
    anything to ask for first there is no day for it.
    """
    if noun.told("bill") is None or noun.facts["statuses"][record["status_id"]] == "draft" or "partial" not in wanted:
        return wanted
    most = record["amount"]
    if not wanted["partial"] > most > 0:
        return wanted
    found = {**wanted, "partial": min(max(0, record["partial"]), most)}
    return found if found["partial"] or "partial_due_date" not in wanted else {**found, "partial_due_date": ""}


def act(client: Client, target: Target, noun: Noun, action: str, ids: list[str], *, single: bool = False) -> Reply:
    """The action by bulk, or a deletion by DELETE; repeats that a guard of the real service refuses are made later."""
    for attempt in (1, 2):
        if single:
            reply = client.call(noun.operations["delete"], path={"id": ids[0]})
        else:
            reply = client.call(noun.operations["bulk"], body={"action": action, "ids": ids})
        if reply.status != 400 or target.ours or "guards" not in noun.facts or attempt == 2:
            break
        time.sleep(max(guard["seconds"] for guard in noun.facts["guards"].values()) + 2)
    assert reply.status == 200, reply
    return reply
