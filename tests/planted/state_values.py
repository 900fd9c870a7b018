"""Servers that keep other values than were sent, or change values that were not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.planted.fault import STATE, Fault, Plant, of_layer
from tests.planted.tools import cast, drop, keeps, put, rewrite, rows, sent, stored
from tests.planted.values import ASTRAL, changed_texts

if TYPE_CHECKING:
    from tests.planted.exchange import Exchange

UPDATE = "relations/update"
CREATE = "relations/create"
TEXTS = ("product_key", "notes", *(f"custom_value{n}" for n in (1, 2, 3, 4)), *(f"tax_name{n}" for n in (1, 2, 3)))


def swap_texts(body: dict[str, Any]) -> None:
    if {"custom_value1", "custom_value2"} & body.keys():
        one, two = body.get("custom_value1", ""), body.get("custom_value2", "")
        body.update(custom_value1=two, custom_value2=one)


def clear_the_rest(exchange: Exchange) -> None:
    body = exchange.sent
    cleared = {name: "" for name in TEXTS if name not in body}
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


def one_more_each_time(exchange: Exchange) -> None:
    hours = stored(exchange, "project")[exchange.id]["budgeted_hours"] + 1
    rewrite(exchange, "project", exchange.id, budgeted_hours=hours)
    exchange.document["data"]["budgeted_hours"] = hours


FAULTS = of_layer(
    STATE,
    Fault(
        "the city of a vendor is not updated",
        "field not updated",
        UPDATE,
        "vendor",
        sent(drop("city")),
        "PUT vendors/*",
    ),
    Fault("two custom values of tasks are swapped", "fields swapped", CREATE, "task", sent(swap_texts), "POST tasks"),
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
        "an update of a product clears what was not sent",
        "update clears other fields",
        UPDATE,
        "product",
        Plant(after=clear_the_rest),
        "PUT products/*",
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
