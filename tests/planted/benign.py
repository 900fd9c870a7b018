"""Healthy servers that are a little different: nobody may complain about them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from hashids import Hashids
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.protocols.http import httptools_impl

from mockserver import ids
from mockserver.app import Settings
from mockserver.clock import Clock
from mockserver.derive import paging
from mockserver.outgoing.calling import Caller
from mockserver.store import listing
from tests.planted.fault import BENIGN, Fault, Plant, of_layer
from tests.planted.tools import header, swap, swapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.draft import Draft
    from tests.planted.exchange import Exchange

EVERY = "* **"
MONEY = frozenset(
    {"amount", "balance", "paid_to_date", "price", "cost", "quantity", "discount", "rate", "partial", "total_taxes"}
)
OTHER_COMPANY = 77
SKEW = 419
"""Seconds that the clock is behind."""
DEFAULT_PAGE = 30
PAUSE = 0.2
ROWS = 1_000_000
"""More than any server here has. Of other texts some read as an id too, but as that of a row far beyond."""
OTHER = Hashids(salt="", min_length=ids.LENGTH, alphabet=ids.ALPHABET[::-1])
WORD = re.compile(rb"\b(?![0-9]+\b)[A-Za-z0-9]{10,12}\b")


def backwards(value: Any) -> Any:
    """The same JSON with the members of its objects the other way round."""
    if isinstance(value, dict):
        return {name: backwards(value[name]) for name in reversed(value)}
    return [backwards(each) for each in value] if isinstance(value, list) else value


def with_points(value: Any) -> Any:
    """The same JSON with amounts as 10.0 instead of 10."""
    if isinstance(value, dict):
        return {
            name: float(each) if name in MONEY and type(each) is int else with_points(each)
            for name, each in value.items()
        }
    return [with_points(each) for each in value] if isinstance(value, list) else value


def rewritten(change: Any) -> Plant:
    """Every JSON answer in another spelling."""

    def after(exchange: Exchange) -> None:
        if exchange.is_json and exchange.answer:
            fields = exchange.fields
            exchange.say(exchange.status, change(exchange.document))
            exchange.fields = fields

    return Plant(after=after)


def usual(found: re.Match[bytes]) -> bytes:
    """The id of the mock for one of the other alphabet; what is none stays."""
    numbers = OTHER.decode(found[0].decode())
    return ids.encode(numbers[0]).encode() if len(numbers) == 1 and numbers[0] <= ROWS else found[0]


def other(found: re.Match[bytes]) -> bytes:
    """The id of the other alphabet for one of the mock; what is none stays."""
    row = ids.decode(found[0].decode())
    return found[0] if row is None or row > ROWS else str(OTHER.encode(row)).encode()


def in_usual_ids(exchange: Exchange) -> None:
    exchange.place = WORD.sub(usual, exchange.place.encode()).decode()
    exchange.query = {name: WORD.sub(usual, text.encode()).decode() for name, text in exchange.query.items()}
    exchange.body = WORD.sub(usual, exchange.body)
    exchange.headers["content-length"] = str(len(exchange.body))


def in_other_ids(exchange: Exchange) -> None:
    if exchange.is_json:
        exchange.answer = WORD.sub(other, exchange.answer)


def other_ids_elsewhere() -> None:
    """Ids that don't come by in answers: in the calls of webhooks, and in texts that lists are sorted by."""

    def told(call: Any) -> Any:
        return lambda caller, method, url, headers, body: call(caller, method, url, headers, WORD.sub(other, body))

    def key(comparable: Any) -> Any:
        return lambda value: comparable(WORD.sub(other, value.encode()).decode() if isinstance(value, str) else value)

    swap(Caller, "call", told)
    swap(listing, "_comparable", key)


def default_page(page_of: Any) -> Any:
    """Another size of pages that nobody asked for."""

    def made(query: Mapping[str, str]) -> tuple[int, int]:
        page, size = page_of(query)
        return page, size if "per_page" in query else DEFAULT_PAGE

    return made


def put_elsewhere(noun: str, draft: Draft) -> None:
    draft.put(noun, draft.blank(noun), company=OTHER_COMPANY)


def others_write(exchange: Exchange) -> None:
    """Another company makes a product and a vendor before each call."""
    engine = exchange.mock.engine
    if exchange.method != "GET" and "__mock__" not in exchange.place:
        for noun in ("product", "vendor"):
            engine.apply(exchange.world, partial(put_elsewhere, noun), company=1)


def set_back(exchange: Exchange) -> None:
    """The clock of a world that nobody has set."""
    if exchange.world.clock == Clock():
        exchange.world.clock = Clock(offset=-SKEW)


def title_case(exchange: Exchange) -> None:
    """Names of headers as other servers write them."""
    exchange.fields = [(name.title(), value) for name, value in exchange.fields]


def other_phrases() -> None:
    """Another reason phrase behind each status."""
    for status in HTTPStatus:
        if status >= HTTPStatus.OK:
            httptools_impl.STATUS_LINE[status] = b"HTTP/1.1 %d As It Is\r\n" % status


VARIANTS = of_layer(
    BENIGN,
    Fault("members of objects in another order", "key order", "", "", rewritten(backwards), EVERY, status=()),
    Fault("one header more", "extra header", "", "", header("x-powered-by", "PHP/8.3"), EVERY, status=()),
    Fault(
        "ids of another alphabet",
        "id alphabet",
        "",
        "",
        Plant(before=in_usual_ids, after=in_other_ids, patch=other_ids_elsewhere),
        EVERY,
        status=(),
    ),
    Fault(
        "another default size of pages",
        "default page size",
        "",
        "",
        swapped(paging, "page_of", default_page),
    ),
    Fault("each answer takes 200 ms longer", "slower", "", "", Plant(pause=PAUSE), EVERY),
    Fault(
        "a company full of data",
        "data that was there",
        "",
        "",
        Plant(settings=Settings(scenario="agency", seed=7)),
    ),
    Fault("another company writes meanwhile", "other tenants write", "", "", Plant(before=others_write), EVERY),
    Fault(
        "a clock that is seven minutes behind",
        "clock skew",
        "",
        "",
        Plant(before=set_back),
        EVERY,
    ),
    Fault("amounts as 10.0", "number spelling", "", "", rewritten(with_points), EVERY, status=()),
    Fault(
        "answers are packed",
        "gzip",
        "",
        "",
        Plant(wrap=lambda server: GZipMiddleware(server, minimum_size=1)),
    ),
    Fault("no connection is kept", "no keep-alive", "", "", header("connection", "close"), EVERY, status=()),
    Fault(
        "headers and reasons in other letters",
        "header case",
        "",
        "",
        Plant(after=title_case, patch=other_phrases),
        EVERY,
        status=(),
    ),
)


def hurried(variant: Fault) -> Fault:
    """The variant with less waiting: a whole profile makes 70,000 calls."""
    return replace(variant, plant=replace(variant.plant, pause=variant.plant.pause / 40))
