"""Faults of a server that show when it is compared with a healthy one; `contract` names the noun to compare around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from tests.contracts.faults import (
    Fault,
    drop_field,
    forget,
    one_more,
    owes_nothing,
    price_as_text,
    remember,
    take_anything,
    turn_around,
)

if TYPE_CHECKING:
    from tests.contracts.faults import Exchange

BOUGHT = r"(POST|PUT|GET) /api/v1/invoices(/(?!bulk)[^/]+)?"


def a_cent_short(exchange: Exchange) -> None:
    for record in exchange.records():
        if len(record["line_items"]) > 1:
            record["amount"] = round(record["amount"] - 0.01, 2)
    exchange.done()


def never_paid(exchange: Exchange) -> None:
    for record in exchange.records():
        record["status_id"] = "2" if record["status_id"] == "4" else record["status_id"]
    exchange.done()


def always_one_number(exchange: Exchange) -> None:
    for record in exchange.records():
        record["number"] = "0042" if record["number"].isdigit() else record["number"]
    exchange.done()


def refunded_twice(exchange: Exchange) -> None:
    for record in exchange.records():
        record["refunded"] *= 2
    exchange.done()


def still_owed(exchange: Exchange) -> None:
    for record in exchange.records():
        if record["status_id"] in ("2", "3", "4"):
            record["balance"] = record["amount"]
    exchange.done()


def another_sentence(exchange: Exchange) -> None:
    """A refusal in other words, for the same field."""
    if not orjson.loads(exchange.body).get("client_id"):
        errors = {"client_id": ["Who is it for?"]}
        exchange.status = 422
        exchange.answer = orjson.dumps({"message": "The given data was invalid.", "errors": errors})


def made(exchange: Exchange) -> None:
    exchange.status = 201


def nobody_is_there(exchange: Exchange) -> None:
    """Unknown ids are answered 404."""
    if exchange.path.endswith("zzzzzzzzzz"):
        exchange.status, exchange.answer = 404, b'{"message":"Not found"}'


def remember_a_restore(exchange: Exchange) -> None:
    if b"restore" in exchange.body:
        remember(exchange)


def forget_a_restore(exchange: Exchange) -> None:
    if "state" in exchange.kept:
        forget(exchange)


def every_client(exchange: Exchange) -> None:
    exchange.query.pop("client_id", None)


def one_page_on(exchange: Exchange) -> None:
    exchange.query["page"] = str(int(exchange.query.get("page", "1")) + 1)


def no_time(exchange: Exchange) -> None:
    for record in exchange.records():
        record["updated_at"] = 0
    exchange.done()


FAULTS = (
    Fault("a field is missing in what is shown", "client", r"GET /api/v1/clients/[^/]+", after=drop_field),
    Fault("a price in lists is text", "product", r"GET /api/v1/products", after=price_as_text),
    Fault("a create is answered 201", "tax_rate", r"POST /api/v1/tax_rates", after=made),
    Fault("a refusal has other words", "invoice", r"POST /api/v1/invoices", before=another_sentence),
    Fault("an unknown id is answered 404", "vendor", r"GET /api/v1/vendors/[^/]+", before=nobody_is_there),
    Fault("text for a number is taken", "product", r"POST /api/v1/products", before=take_anything),
    Fault("an update is answered and lost", "product", r"PUT /api/v1/products/[^/]+", before=remember, after=forget),
    Fault("a deletion does nothing", "client", r"DELETE /api/v1/clients/[^/]+", before=remember, after=forget),
    Fault(
        "a restore does nothing",
        "expense",
        r"POST /api/v1/expenses/bulk",
        before=remember_a_restore,
        after=forget_a_restore,
    ),
    Fault("a filter is ignored", "invoice", r"GET /api/v1/invoices", before=every_client),
    Fault("a list is sorted the wrong way round", "product", r"GET /api/v1/products", before=turn_around),
    Fault("a list begins a page too late", "quote", r"GET /api/v1/quotes", before=one_page_on),
    Fault("the total of a list is one too many", "project", r"GET /api/v1/projects", after=one_more),
    Fault("a change has no time", "task", r"PUT /api/v1/tasks/[^/]+", after=no_time),
    Fault("the balance of a client stays where it was", "invoice", r"GET /api/v1/clients/[^/]+", after=owes_nothing),
    Fault("an amount is a cent short", "invoice", BOUGHT, after=a_cent_short),
    Fault("a paid invoice stays sent", "invoice", BOUGHT, after=never_paid),
    Fault("a number is given twice", "invoice", BOUGHT, after=always_one_number),
    Fault("a payment leaves the balance", "payment", BOUGHT, after=still_owed),
    Fault("a refund counts twice", "payment", r"(POST|GET) /api/v1/payments(/(?!bulk)[^/]+)?", after=refunded_twice),
)
