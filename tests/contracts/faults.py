"""Servers with one fault each: the mock behind a thin layer that spoils what goes in or what comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockserver.app import Mock
    from mockserver.world import World

    Handler = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One call on its way through a faulty server. `before` may change the request, `after` the answer."""

    mock: Mock
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int = 0
    answer: bytes = b""
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.mock.worlds.get(self.headers.get("x-mock-world", "default"))

    @property
    def good(self) -> bool:
        return self.status == 200

    def json(self) -> Any:
        return orjson.loads(self.answer)

    def records(self) -> Iterator[dict[str, Any]]:
        """The records of an answer, be it one or a list."""
        data = self.kept.setdefault("json", self.json())["data"]
        yield from data if isinstance(data, list) else [data]

    def done(self) -> None:
        """Send the changed records."""
        self.answer = orjson.dumps(self.kept.pop("json"))


@dataclass(frozen=True)
class Fault:
    """A fault, and the contract that must catch it."""

    name: str
    contract: str
    """Node id below contracts/."""
    calls: str
    """Pattern of `METHOD path` that it shows on."""
    before: Handler | None = None
    after: Handler | None = None


class Faulty:
    """An ASGI application: the mock with the fault; without one it changes nothing."""

    def __init__(self, mock: Mock, fault: Fault | None) -> None:
        self._mock = mock
        self._fault = fault

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        fault = self._fault
        call = f"{scope.get('method')} {scope.get('path')}"
        if scope["type"] != "http" or fault is None or re.fullmatch(fault.calls, call) is None:
            await self._mock.asgi(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        exchange = Exchange(self._mock, scope["method"], scope["path"], query, headers, body)
        if fault.before is not None:
            fault.before(exchange)
        if not exchange.answer:
            await self._ask(exchange, scope)
            if fault.after is not None and exchange.good:
                fault.after(exchange)
        sent = exchange.kept.get("headers", [(b"content-type", b"application/json")])
        kept = [(name, value) for name, value in sent if name != b"content-length"]
        kept.append((b"content-length", b"%d" % len(exchange.answer)))
        await send({"type": "http.response.start", "status": exchange.status, "headers": kept})
        await send({"type": "http.response.body", "body": exchange.answer})

    async def _ask(self, exchange: Exchange, scope: Any) -> None:
        """Let the mock answer the request as it is now."""

        async def receive() -> Any:
            return {"type": "http.request", "body": exchange.body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                exchange.kept["headers"] = message["headers"]
            else:
                exchange.answer += message.get("body", b"")

        asked = {
            **scope,
            "query_string": urlencode(exchange.query).encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in exchange.headers.items()],
        }
        await self._mock.asgi(asked, receive, send)


def drop_field(exchange: Exchange) -> None:
    for record in exchange.records():
        del record["phone"]
    exchange.done()


def price_as_text(exchange: Exchange) -> None:
    for record in exchange.records():
        record["price"] = str(record["price"])
    exchange.done()


def one_more(exchange: Exchange) -> None:
    list(exchange.records())
    exchange.kept["json"]["meta"]["pagination"]["total"] += 1
    exchange.done()


def turn_around(exchange: Exchange) -> None:
    column, bar, direction = exchange.query.get("sort", "").partition("|")
    if bar:
        exchange.query["sort"] = f"{column}|{'desc' if direction == 'asc' else 'asc'}"


def ignore_filter(exchange: Exchange) -> None:
    for name in ("status_id", "client_status"):
        exchange.query.pop(name, None)


def remember(exchange: Exchange) -> None:
    exchange.kept["state"] = exchange.world.state


def forget(exchange: Exchange) -> None:
    """Answer as if it had been done, and undo it."""
    exchange.world.state = exchange.kept["state"]


def choke_on_long_text(exchange: Exchange) -> None:
    if re.search(rb'"[^"]{100,}"', exchange.body):
        exchange.status, exchange.answer = 500, b'{"message":"Server Error"}'


def owes_nothing(exchange: Exchange) -> None:
    for record in exchange.records():
        record["balance"] = 0
    exchange.done()


def let_everybody_in(exchange: Exchange) -> None:
    exchange.headers["x-api-token"] = "TOKEN"


def a_cent_short(exchange: Exchange) -> None:
    """Only where several lines are summed up."""
    for record in exchange.records():
        if len(record["line_items"]) > 2:
            record["amount"] = round(record["amount"] - 0.01, 2)
    exchange.done()


def half_of_what_is_deleted(exchange: Exchange) -> None:
    """Only a chain sees it: no single call both deletes a record and shows it."""
    for record in exchange.records():
        if record["is_deleted"]:
            del record["notes"]
    exchange.done()


def believe_the_balance(exchange: Exchange) -> None:
    """A balance that was sent is the one that is answered."""
    if exchange.body.startswith(b"{"):
        exchange.kept["balance"] = orjson.loads(exchange.body).get("balance")


def answer_the_balance(exchange: Exchange) -> None:
    for record in exchange.records():
        if exchange.kept["balance"] is not None:
            record["balance"] = exchange.kept["balance"]
    exchange.done()


def know_the_password(exchange: Exchange) -> None:
    exchange.headers["x-api-password"] = "password"


def take_anything(exchange: Exchange) -> None:
    """Text where a number is wanted becomes 0 instead of being refused."""
    if exchange.body.startswith(b"{"):
        body = orjson.loads(exchange.body)
        if not isinstance(body.get("cost"), (int, float, type(None))):
            body["cost"] = 0
        exchange.body = orjson.dumps(body)
        exchange.headers["content-length"] = str(len(exchange.body))


FAULTS = (
    Fault(
        "what was deleted is shown without a field",
        "breadth/test_chains.py::test_chains_of_calls_keep_to_the_document",
        r"GET /api/v1/products/[^/]+",
        after=half_of_what_is_deleted,
    ),
    Fault(
        "a field is missing in what is shown",
        "breadth/test_operations.py::test_an_operation_keeps_to_the_document[getClient]",
        r"GET /api/v1/clients/[^/]+",
        after=drop_field,
    ),
    Fault(
        "a price in lists is text",
        "breadth/test_operations.py::test_an_operation_keeps_to_the_document[listProducts]",
        r"GET /api/v1/products",
        after=price_as_text,
    ),
    Fault(
        "text for a number is taken",
        "protocol/test_wrong_values.py::test_every_wrong_value_is_refused[products]",
        r"POST /api/v1/products",
        before=take_anything,
    ),
    Fault(
        "the total of a list is one too many",
        "relations/test_paging.py::test_pages_are_parts_of_the_whole_list[location]",
        r"GET /api/v1/locations",
        after=one_more,
    ),
    Fault(
        "lists are sorted the wrong way round",
        "relations/test_sorting.py::test_sorting_moves_rows_and_does_nothing_else[product]",
        r"GET /api/v1/products",
        before=turn_around,
    ),
    Fault(
        "a filter is ignored",
        "relations/test_filters.py::test_a_filter_keeps_what_it_says_and_nothing_else[invoice]",
        r"GET /api/v1/invoices",
        before=ignore_filter,
    ),
    Fault(
        "an update is answered and lost",
        "relations/test_update.py::test_an_update_changes_what_was_sent_and_nothing_else[product]",
        r"PUT /api/v1/products/[^/]+",
        before=remember,
        after=forget,
    ),
    Fault(
        "a deletion is answered and does nothing",
        "relations/test_lifecycle.py::test_every_action_brings_just_its_records_to_the_right_state[client]",
        r"DELETE /api/v1/clients/[^/]+",
        before=remember,
        after=forget,
    ),
    Fault(
        "long text breaks the server",
        "relations/test_create.py::test_a_created_record_reads_back_as_it_was_sent[product]",
        r"POST /api/v1/products",
        before=choke_on_long_text,
    ),
    Fault(
        "the balance of a client stays where it was",
        "model/test_balances.py::test_balances_follow_every_move[invoice]",
        r"GET /api/v1/clients/[^/]+",
        after=owes_nothing,
    ),
    Fault(
        "an amount is a cent short",
        "model/test_totals.py::test_totals_follow_the_rules[invoice]",
        r"POST /api/v1/invoices",
        after=a_cent_short,
    ),
    Fault(
        "the token is not looked at",
        "protocol/test_token_wanted.py::test_a_call_without_a_live_token_is_refused[products-missing]",
        r"GET /api/v1/products",
        before=let_everybody_in,
    ),
    Fault(
        "a field is missing in what an update of a vendor answers",
        "breadth/test_operations.py::test_an_operation_keeps_to_the_document[updateVendor]",
        r"PUT /api/v1/vendors/[^/]+",
        after=drop_field,
    ),
    Fault(
        "a quote is a cent short",
        "model/test_totals.py::test_totals_follow_the_rules[quote]",
        r"POST /api/v1/quotes",
        after=a_cent_short,
    ),
    Fault(
        "the balance of a credit is believed",
        "model/test_sent_totals.py::test_sent_totals_are_not_believed[credit]",
        r"(POST|PUT) /api/v1/credits(/[^/]+)?",
        before=believe_the_balance,
        after=answer_the_balance,
    ),
    Fault(
        "a filter of expenses is ignored",
        "relations/test_filters.py::test_a_filter_keeps_what_it_says_and_nothing_else[expense]",
        r"GET /api/v1/expenses",
        before=ignore_filter,
    ),
    Fault(
        "actions on many tasks are answered and do nothing",
        "relations/test_lifecycle.py::test_every_action_brings_just_its_records_to_the_right_state[task]",
        r"POST /api/v1/tasks/bulk",
        before=remember,
        after=forget,
    ),
    Fault(
        "a new project is answered and lost",
        "relations/test_create.py::test_a_created_record_reads_back_as_it_was_sent[project]",
        r"POST /api/v1/projects",
        before=remember,
        after=forget,
    ),
    Fault(
        "the password is not asked for",
        "protocol/test_password_wanted.py::test_a_protected_call_wants_the_password[clients]",
        r"POST /api/v1/clients/[^/]+/purge",
        before=know_the_password,
    ),
)
