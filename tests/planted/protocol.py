"""Servers that are wrong about HTTP: statuses, headers, tokens, what they take and what they break on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.planted.fault import PROTOCOL, Fault, Plant, of_layer
from tests.planted.tools import breaks, header, sent, status, with_header
from tests.planted.values import ASTRAL, numbers, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.planted.exchange import Exchange

TOKEN = "protocol/token_wanted"
VALUES = "protocol/wrong_values"
ANSWERS = "schema/answers"


def take_anything(name: str, instead: Any) -> Callable[[dict[str, Any]], object]:
    """A value of the wrong type becomes another one instead of being refused."""
    kind = (int, float, type(None)) if isinstance(instead, int) else (str, type(None))
    return lambda body: body.update({name: instead}) if not isinstance(body.get(name), kind) else None


def anybody(exchange: Exchange) -> None:
    """Everybody is let in who names any token at all."""
    if exchange.headers.get("x-api-token"):
        exchange.headers["x-api-token"] = "TOKEN"


def nobody(exchange: Exchange) -> None:
    """An empty token is let in."""
    if exchange.headers.get("x-api-token") == "":
        exchange.headers["x-api-token"] = "TOKEN"


def any_password(exchange: Exchange) -> None:
    if exchange.headers.get("x-api-password"):
        exchange.headers["x-api-password"] = "password"


def owner_filled_in(exchange: Exchange) -> None:
    """A missing client is made up."""
    body = exchange.sent
    if isinstance(body, dict) and "client_id" not in body:
        exchange.send({**body, "client_id": "VolejRejNm"})


def found_nothing(exchange: Exchange) -> None:
    exchange.say(200, {})


def taken_after_all(exchange: Exchange) -> None:
    exchange.status = 200


def taken_as_update(exchange: Exchange) -> None:
    exchange.method = "PUT"


def cut(exchange: Exchange) -> None:
    exchange.answer = exchange.answer[: len(exchange.answer) // 2]


def with_trace(exchange: Exchange) -> None:
    exchange.document["trace"] = [{"file": "/var/www/app/Http/Kernel.php", "line": 141, "class": "Illuminate\\Routing"}]


def with_query(exchange: Exchange) -> None:
    message = "SQLSTATE[42S22]: Column not found: select * from `vendors` where `deleted` = 0"
    exchange.document["message"] = message


def now_and_then(exchange: Exchange) -> None:
    """Every 15th call, in each server."""
    exchange.memory["calls"] = exchange.memory.get("calls", 0) + 1
    if exchange.memory["calls"] % 15 == 0:
        exchange.say(503, {"message": "Service Unavailable"})


def blamed_otherwise(exchange: Exchange) -> None:
    exchange.document["errors"] = {"name": ["The value is invalid."]}


def no_content(exchange: Exchange) -> None:
    exchange.status, exchange.answer = 204, b""
    exchange.header("content-type", None)


def numeric_id(exchange: Exchange) -> bool:
    return exchange.id.isdigit()


FAULTS = of_layer(
    PROTOCOL,
    Fault(
        "a negative price breaks the server",
        "500 on a negative number",
        "protocol/edge_values",
        "createProduct product",
        breaks(lambda call: any(number < 0 for number in numbers(call.sent))),
        "POST products",
        "a number below zero",
    ),
    Fault(
        "long text breaks the server",
        "500 on a long string",
        "relations/texts",
        "product",
        breaks(lambda call: any(len(text) > 100 for text in texts(call.sent))),
        "POST products",
        "a text of more than 100 characters",
    ),
    Fault(
        "an emoji in a vendor breaks the server",
        "500 on astral Unicode",
        "relations/texts",
        "vendor",
        breaks(lambda call: any(ASTRAL.search(text) for text in texts(call.sent))),
        "POST vendors",
        "a character beyond U+FFFF",
    ),
    Fault(
        "text for a cost is taken as 0",
        "type validation off",
        VALUES,
        "createProduct",
        sent(take_anything("cost", 0)),
        "POST products",
    ),
    Fault(
        "an object for the name of a task status is taken",
        "type validation off",
        VALUES,
        "updateTaskStatus",
        sent(take_anything("name", "unnamed")),
        "PUT task_statuses/*",
    ),
    Fault(
        "an invoice without a client is taken",
        "missing required accepted",
        "protocol/required",
        "createInvoice invoice",
        Plant(before=owner_filled_in),
        "POST invoices",
    ),
    Fault(
        "products are listed without a token",
        "no token accepted",
        TOKEN,
        "listProducts",
        with_header("x-api-token", "TOKEN"),
        "GET products",
    ),
    Fault(
        "a project is deleted with any token",
        "bad token accepted on DELETE",
        TOKEN,
        "deleteProject",
        Plant(before=anybody),
        "DELETE projects/**",
    ),
    Fault(
        "an empty token opens the list of users",
        "empty token accepted",
        TOKEN,
        "listUsers",
        Plant(before=nobody),
        "GET users",
        "an empty token",
    ),
    Fault(
        "purging a client asks for no password",
        "password not asked for",
        "protocol/password_wanted",
        "purgeClient",
        with_header("x-api-password", "password"),
        "POST clients/**",
    ),
    Fault(
        "any password deletes a company",
        "wrong password accepted",
        "protocol/password_wanted",
        "deleteCompany",
        Plant(before=any_password),
        "DELETE companies/*",
        "a wrong password",
    ),
    Fault(
        "invoices are sent as HTML",
        "text/html",
        ANSWERS,
        "getInvoice invoice",
        header("content-type", "text/html; charset=UTF-8"),
        "GET invoices/*",
    ),
    Fault(
        "the list of tasks has no content type",
        "no content type",
        ANSWERS,
        "listTasks task",
        header("content-type", None),
        "GET tasks",
    ),
    Fault(
        "quotes come without the version",
        "header missing",
        ANSWERS,
        "listQuotes quote",
        header("x-app-version", None),
        "GET quotes",
    ),
    Fault(
        "credits come with an unreadable version",
        "header type",
        "protocol/answer_headers",
        "listCredits credit",
        header("x-minimum-client-version", "latest"),
        "GET credits",
    ),
    Fault(
        "a new vendor is answered with 201", "201 for 200", ANSWERS, "createVendor vendor", status(201), "POST vendors"
    ),
    Fault(
        "a deleted task is answered with 204",
        "204 for 200",
        ANSWERS,
        "deleteTask task",
        Plant(after=no_content),
        "DELETE tasks/*",
    ),
    Fault(
        "an unknown payment is answered with 404",
        "404 for 400",
        "protocol/unknown_ids",
        "getPayment payment",
        status(404),
        "GET payments/**",
        status=(400,),
    ),
    Fault(
        "a bad token is answered with 401",
        "401 for 403",
        TOKEN,
        "listExpenses",
        status(401),
        "GET expenses",
        status=(403,),
    ),
    Fault(
        "an unknown credit is an empty object",
        "unknown id -> 200 {}",
        "protocol/unknown_ids",
        "getCredit credit",
        Plant(after=found_nothing),
        "GET credits/**",
        status=(400, 404),
    ),
    Fault(
        "PATCH changes a project",
        "PATCH accepted",
        "protocol/undeclared_methods",
        "project getProject updateProject listProjects",
        Plant(before=taken_as_update),
        "PATCH projects/**",
    ),
    Fault(
        "PATCH of a list is answered as if it were there",
        "undeclared method accepted",
        "protocol/undeclared_methods",
        "vendor getVendor listVendors",
        Plant(before=lambda call: call.say(200, {"data": []})),
        "PATCH vendors",
    ),
    Fault(
        "HEAD breaks the server",
        "HEAD 500",
        "protocol/head",
        "client listClients getClient",
        breaks(lambda _: True),
        "HEAD clients clients/*",
    ),
    Fault(
        "a refused client is answered with 200",
        "200 with an error body",
        VALUES,
        "createClient",
        Plant(after=taken_after_all),
        "POST clients",
        status=(422,),
    ),
    Fault(
        "the second half of an expense is missing",
        "truncated JSON",
        ANSWERS,
        "getExpense expense",
        Plant(after=cut),
        "GET expenses/*",
    ),
    Fault(
        "a page far away breaks the server",
        "500 on a huge page",
        "relations/page_sizes",
        "listInvoices invoice",
        breaks(lambda call: len(call.query.get("page", "")) > 4),
        "GET invoices",
        "a page number above 9,999",
    ),
    Fault(
        "a page that is no number breaks the server",
        "500 on a malformed page",
        "relations/page_sizes",
        "listProjects project",
        breaks(lambda call: not call.query.get("page", "1").lstrip("-").isdigit()),
        "GET projects",
        "a page that is no number",
    ),
    Fault(
        "an unknown column to sort by breaks the server",
        "500 on an unknown column",
        "relations/sorting",
        "client",
        breaks(lambda call: call.query.get("sort", "").startswith("nope")),
        "GET clients",
        "a column that is not there",
    ),
    Fault(
        "an unknown quote is answered with a stack trace",
        "stack trace leaked",
        "protocol/refusals",
        "getQuote quote",
        Plant(after=with_trace),
        "GET quotes/**",
        status=(400, 404),
    ),
    Fault(
        "an unknown vendor is answered with a query",
        "SQL leaked",
        "protocol/refusals",
        "getVendor vendor",
        Plant(after=with_query),
        "GET vendors/**",
        status=(400, 404),
    ),
    Fault(
        "every 15th list of products is refused",
        "503 every 15th call",
        "protocol/repeated_reads",
        "product listProducts",
        Plant(before=now_and_then),
        "GET products",
        "every 15th call",
    ),
    Fault(
        "a refused vendor blames another field",
        "wrong field blamed",
        VALUES,
        "createVendor",
        Plant(after=blamed_otherwise),
        "POST vendors",
        status=(422,),
    ),
    Fault(
        "a row number for an id breaks the server",
        "500 on a numeric id",
        "protocol/unknown_ids",
        "getTask task",
        breaks(numeric_id),
        "GET tasks/**",
        "an id of digits",
    ),
    Fault(
        "a body that is no JSON breaks the server",
        "500 on malformed JSON",
        "protocol/broken_bodies",
        "createExpense expense",
        breaks(lambda call: call.body and call.sent == {} and call.body != b"{}"),
        "POST expenses",
        "a body that does not parse",
    ),
)
