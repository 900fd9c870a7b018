"""Servers that lose, spoil or misplace what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.behaviours.core import registry
from mockserver.behaviours.records import crud
from tests.planted.fault import STATE, Fault, Plant, of_layer
from tests.planted.tools import (
    LOST,
    cast,
    drop,
    keeps,
    put,
    rewrite,
    rows,
    sent,
    stored,
    swapped,
    verb,
)
from tests.planted.values import ASTRAL, changed_texts

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


def swap_texts(body: dict[str, Any]) -> None:
    if {"custom_value1", "custom_value2"} & body.keys():
        one, two = body.get("custom_value1", ""), body.get("custom_value2", "")
        body.update(custom_value1=two, custom_value2=one)


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


def clear_the_rest(exchange: Exchange) -> None:
    body = exchange.sent
    cleared = {name: "" for name in ("notes", "custom_value1", "custom_value2") if name not in body}
    rewrite(exchange, "product", exchange.id, **cleared)
    exchange.document["data"].update(cleared)


def believe(exchange: Exchange) -> None:
    """Fields that are read only are taken from the body."""
    body = exchange.sent
    if isinstance(body, dict):
        taken = {name: body[name] for name in ("paid_to_date", "is_deleted", "created_at") if name in body}
        hashed = exchange.document["data"]["id"]
        if taken:
            rewrite(exchange, "client", hashed, **taken)
            exchange.document["data"].update(taken)


def append_contacts(exchange: Exchange) -> None:
    """Contacts that are sent come to those that are there instead of in their place."""
    body, found = exchange.sent, stored(exchange, "vendor").get(exchange.id)
    if found is not None and isinstance(body.get("contacts"), list):
        known = exchange.world.state.table("vendor_contacts").records(1)
        mine = [{"id": each.data["id"]} for each in known if each.data["vendor_id"] == exchange.id]
        exchange.send(
            {**body, "contacts": [*mine, *({k: v for k, v in each.items() if k != "id"} for each in body["contacts"])]}
        )


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


def one_more_each_time(exchange: Exchange) -> None:
    hours = stored(exchange, "project")[exchange.id]["budgeted_hours"] + 1
    rewrite(exchange, "project", exchange.id, budgeted_hours=hours)
    exchange.document["data"]["budgeted_hours"] = hours


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
    Fault(
        "the city of a vendor is not updated",
        "field not updated",
        UPDATE,
        "vendor",
        sent(drop("city")),
        "PUT vendors/*",
    ),
    Fault("two custom values of tasks are swapped", "fields swapped", CREATE, "task", sent(swap_texts), "POST tasks"),
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
        "updated_at of projects never moves",
        "updated_at frozen",
        "relations/times",
        "project",
        keeps("project", "updated_at"),
        "PUT projects/*",
    ),
    Fault(
        "created_at of expenses moves with each update",
        "created_at moves",
        "relations/times",
        "expense",
        Plant(after=lambda call: rewrite(call, "expense", call.id, created_at=call.document["data"]["created_at"] + 5)),
        "PUT expenses/*",
    ),
    Fault(
        "a client is believed what it has paid",
        "mass assignment",
        "relations/mass_assignment",
        "client",
        Plant(after=believe),
        "POST|PUT clients clients/*",
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
        "an emoji in a vendor becomes a question mark",
        "Unicode lost",
        "relations/texts",
        "vendor",
        sent(lambda body: changed_texts(body, lambda text: ASTRAL.sub("?", text))),
        "POST vendors",
        "a character beyond U+FFFF",
    ),
    Fault(
        "long texts of clients are cut",
        "silent truncation",
        "relations/texts",
        "client",
        sent(lambda body: changed_texts(body, lambda text: text[:100])),
        "PUT clients/*",
        "a text of more than 100 characters",
    ),
    Fault(
        "prices lose their cents",
        "float cut to int",
        "relations/amounts",
        "product",
        sent(cast("price", lambda value: int(value) if isinstance(value, float) else value)),
        "POST products",
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
        "each update adds an hour to a project",
        "non-idempotent PUT (scalar)",
        UPDATE,
        "project",
        Plant(after=one_more_each_time),
        "PUT projects/*",
    ),
    Fault(
        "contacts of vendors pile up",
        "non-idempotent PUT (nested list)",
        UPDATE,
        "vendor",
        Plant(before=append_contacts),
        "PUT vendors/*",
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
        "an update of a product clears what was not sent",
        "update clears other fields",
        UPDATE,
        "product",
        Plant(after=clear_the_rest),
        "PUT products/*",
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
    Fault(
        "the blank form of a tax rate has a rate",
        "wrong defaults",
        "relations/blank",
        "tax_rate",
        rows(put(rate=1)),
        "GET tax_rates/create",
    ),
    Fault(
        "a record sent back as it was read changes",
        "read-modify-write drifts",
        "relations/put_back",
        "tax_rate",
        sent(
            lambda body: body.update(rate=body["rate"] + 0.001) if isinstance(body.get("rate"), (int, float)) else None
        ),
        "PUT tax_rates/*",
    ),
)
