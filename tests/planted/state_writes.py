"""Servers that lose, spoil or misplace what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import ids
from mockserver.behaviours.core import registry
from mockserver.behaviours.records import crud
from tests.planted.fault import STATE, Fault, Plant, of_layer
from tests.planted.tools import (
    LOST,
    cast,
    rewrite,
    rows,
    sent,
    stored,
    swapped,
    verb,
)

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

CREATE, UPDATE, LIFECYCLE, BULK = "relations/create", "relations/update", "relations/lifecycle", "relations/bulk"


def for_action(action: str, plant: Plant) -> Plant:
    """The plant on bulk calls with this action only."""

    def before(exchange: Exchange) -> None:
        if exchange.sent.get("action") == action and plant.before is not None:
            plant.before(exchange)

    def after(exchange: Exchange) -> None:
        if exchange.sent.get("action") == action and plant.after is not None:
            plant.after(exchange)

    return Plant(before=before, after=after)


def other_action(action: str, instead: str) -> Plant:
    """A bulk action does what another one does."""
    return sent(lambda body: body.update(action=instead) if body.get("action") == action else None)


def first_seen(exchange: Exchange) -> None:
    """What was read once is answered from then on."""
    key = exchange.headers.get("x-mock-world"), exchange.path
    exchange.document["data"] = exchange.memory.setdefault(key, exchange.document["data"])


def list_first_seen(exchange: Exchange) -> None:
    """A list shows records as they were when it showed them first."""
    known = exchange.memory.setdefault(exchange.headers.get("x-mock-world"), {})
    exchange.document["data"] = [known.setdefault(row["id"], row) for row in exchange.document["data"]]


def neighbour(exchange: Exchange) -> None:
    """The record before the one that is named."""
    row = ids.decode(exchange.id) or 0
    if row > 1:
        exchange.place = exchange.place.replace(exchange.id, ids.encode(row - 1))


def every_one(exchange: Exchange) -> None:
    """All records of the noun, whatever ids are named."""
    body = exchange.sent
    if body.get("ids"):
        exchange.send({**body, "ids": list(stored(exchange, "expense"))})


def note_reading(exchange: Exchange) -> None:
    rewrite(exchange, "task", exchange.id, custom_value4="seen")


def note_refused(exchange: Exchange) -> None:
    body, known = exchange.sent, stored(exchange, "vendor")
    good = {name: body[name] for name in ("city", "phone", "public_notes") if isinstance(body.get(name), str)}
    if exchange.id in known and good:
        rewrite(exchange, "vendor", exchange.id, **good)


def create_refused(exchange: Exchange) -> None:
    """Stores a record although it refuses it."""
    engine = exchange.mock.engine
    engine.apply(exchange.world, lambda draft: draft.put("project", {**draft.blank("project"), "name": "x"}), company=1)


def create_again(exchange: Exchange) -> None:
    """Stores the new record a second time."""
    engine, made = exchange.mock.engine, stored(exchange, "expense")[exchange.document["data"]["id"]]
    engine.apply(exchange.world, lambda draft: draft.put("expense", {**made, "number": ""}), company=1)


def touch_another(exchange: Exchange) -> None:
    for hashed in stored(exchange, "task"):
        if hashed != exchange.id:
            rewrite(exchange, "task", hashed, custom_value1="touched")
            return


def same_number(exchange: Exchange) -> None:
    """A new record gets the number of the one before it."""
    made = exchange.document["data"]
    if exchange.sent.get("number"):
        return
    numbers = [data["number"] for hashed, data in stored(exchange, "client").items() if hashed != made["id"]]
    rewrite(exchange, "client", made["id"], number=numbers[-1])
    made["number"] = numbers[-1]


def same_id(exchange: Exchange) -> None:
    known = list(stored(exchange, "task_status"))
    exchange.document["data"]["id"] = known[0]


def hide_archived(exchange: Exchange) -> None:
    if exchange.document["data"]["archived_at"]:
        exchange.say(404, {"message": "Record not found"})


FAULTS = of_layer(
    STATE,
    Fault("a new project is answered and lost", "lost create", CREATE, "project", LOST, "POST projects"),
    Fault("an update of a product is answered and lost", "lost update", UPDATE, "product", LOST, "PUT products/*"),
    Fault(
        "a client is always shown as it was first read",
        "stale read",
        "relations/list_row",
        "client",
        Plant(after=first_seen),
        "GET clients/*",
    ),
    Fault("a deletion of a client does nothing", "delete does nothing", LIFECYCLE, "client", LOST, "DELETE clients/*"),
    Fault(
        "deleting a product deletes the one before it",
        "delete hits the neighbour",
        LIFECYCLE,
        "product",
        Plant(before=neighbour),
        "DELETE products/*",
    ),
    Fault(
        "restoring vendors does nothing",
        "restore does nothing",
        LIFECYCLE,
        "vendor",
        for_action("restore", LOST),
        "POST vendors/bulk",
    ),
    Fault(
        "archiving a project deletes it",
        "archive deletes",
        LIFECYCLE,
        "project",
        other_action("archive", "delete"),
        "POST projects/bulk",
    ),
    Fault(
        "restoring a quote brings it to the archive",
        "restore archives",
        LIFECYCLE,
        "quote",
        other_action("restore", "archive"),
        "POST quotes/bulk",
    ),
    Fault(
        "actions on many tasks are answered and do nothing",
        "bulk does nothing",
        LIFECYCLE,
        "task",
        LOST,
        "POST tasks/bulk",
    ),
    Fault(
        "a bulk action takes the first id alone",
        "bulk does the first only",
        LIFECYCLE,
        "credit",
        sent(cast("ids", lambda found: found[:1] if isinstance(found, list) else found)),
        "POST credits/bulk",
    ),
    Fault(
        "a bulk action takes all expenses",
        "bulk does all",
        LIFECYCLE,
        "expense",
        Plant(before=every_one),
        "POST expenses/bulk",
    ),
    Fault(
        "reading a task changes it",
        "GET mutates",
        "relations/safe_reads",
        "task",
        Plant(after=note_reading),
        "GET tasks/*",
    ),
    Fault(
        "the list of vendors is stale after an update",
        "list stale after update",
        UPDATE,
        "vendor",
        Plant(after=list_first_seen),
        "GET vendors",
    ),
    Fault(
        "a recurring invoice is answered with another number than it has",
        "detail differs from the create reply",
        CREATE,
        "recurring_invoice",
        rows(cast("number", lambda text: f"{text}-1")),
        "POST recurring_invoices",
    ),
    Fault(
        "a new task status has the id of another",
        "duplicate id",
        CREATE,
        "task_status",
        Plant(after=same_id),
        "POST task_statuses",
    ),
    Fault(
        "a new client gets the number of the last one",
        "counter reuse",
        "relations/numbers",
        "client",
        Plant(after=same_number),
        "POST clients",
    ),
    Fault(
        "a number may be taken twice",
        "duplicate number accepted",
        "relations/taken",
        "invoice quote project",
        verb(registry.RULES, "unique", lambda _: lambda *_: None),
    ),
    Fault(
        "a refused update writes what was good in it",
        "failed PUT writes",
        "relations/refused_write",
        "vendor",
        Plant(after=note_refused),
        "PUT vendors/*",
        status=(400, 422),
    ),
    Fault(
        "a refused project is stored",
        "failed POST creates",
        "relations/refused_write",
        "project",
        Plant(after=create_refused),
        "POST projects",
        status=(400, 422),
    ),
    Fault(
        "a new expense is stored twice", "double create", CREATE, "expense", Plant(after=create_again), "POST expenses"
    ),
    Fault(
        "an update of a task changes another one",
        "update of the wrong record too",
        UPDATE,
        "task",
        Plant(after=touch_another),
        "PUT tasks/*",
    ),
    Fault(
        "an archived product can't be read",
        "archive hides from show",
        LIFECYCLE,
        "product",
        Plant(after=hide_archived),
        "GET products/*",
        "an archived record",
    ),
    Fault(
        "deleted records can be edited",
        "edit of a deleted record accepted",
        "relations/deleted_edit",
        "invoice expense",
        swapped(crud, "refuse_deleted", lambda _: lambda *_: None),
        trigger="a deleted record",
    ),
)
