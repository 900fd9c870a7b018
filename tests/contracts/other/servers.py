"""Servers of the two documents, in memory. `spoil` plants a fault: it sees each answer before it goes out."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    Row = dict[str, Any]

TOKEN = "sesame-open-8841"
DAY = "2026-03-01T08:00:00+00:00"


class No(Exception):
    """A refusal."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass
class Answer:
    """What a handler has made of a request."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server(ABC):
    """Tables in memory behind routes. `fault` is the name of what it does wrong; `seen` is what it was asked."""

    fault: str = ""
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    numbers: int = 0
    media = "application/json"
    problem = "application/json"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app()(scope, receive, send)

    def app(self) -> Starlette:
        routes = [Route(path, self._guarded(handler), methods=[method]) for method, path, handler in self.routes()]
        return Starlette(routes=[*routes, *self.others()])

    @abstractmethod
    def routes(self) -> list[tuple[str, str, Callable[[Request, Any], Answer]]]: ...

    def others(self) -> list[Route]:
        return []

    @abstractmethod
    def admitted(self, request: Request) -> bool: ...

    def admit(self, request: Request) -> None:
        if not self.admitted(request):
            raise No(self.locked, "who are you?")

    @abstractmethod
    def refused(self, error: No) -> Any: ...

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def _guarded(self, handler: Callable[[Request, Any], Answer]) -> Any:
        async def answer(request: Request) -> Response:
            self.seen.append((request.method, request.url.path))
            content = await request.body()
            try:
                self.admit(request)
                made = handler(request, content)
            except No as error:
                return Response(json.dumps(self.refused(error)), error.status, media_type=self.problem)
            if self.fault == "500 on long text" and len(content) > 250:
                return Response("boom", 500, media_type="text/plain")
            if made.status == 204:
                return Response(status_code=204)
            return Response(json.dumps(made.body), made.status, made.headers, media_type=self.media)

        return answer

    locked = 401


def parsed(content: bytes, schema: Any) -> Row:
    """A body that fits a schema."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        raise No(400, "no JSON") from None
    if not isinstance(body, dict) or not jsonschema_rs.is_valid(schema, body):
        raise No(400, "not as wanted")
    return body


PLANT = {
    "type": "object",
    "required": ["name", "kind"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "kind": {"enum": ["tree", "shrub", "herb"]},
        "height": {"type": ["number", "null"], "exclusiveMinimum": 0},
        "sown": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "bed_id": {"type": ["integer", "null"]},
        "evergreen": {"type": "boolean"},
        "passphrase": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
BED = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}


class Garden(Server):
    """Bare objects behind a bearer token, ids that are numbers, PUT replaces."""

    problem = "application/problem+json"

    def routes(self) -> Any:
        return [
            ("GET", "/plants", self.plants),
            ("POST", "/plants", self.add),
            ("GET", "/plants/{id}", self.show),
            ("PUT", "/plants/{id}", self.replace),
            ("DELETE", "/plants/{id}", self.remove),
            ("GET", "/beds", lambda *_: Answer(200, list(self.table("beds").values()))),
            ("POST", "/beds", self.add_bed),
            ("DELETE", "/beds/{id}", lambda request, _: self.gone("beds", request)),
        ]

    def others(self) -> list[Route]:
        async def health(_: Request) -> Response:
            return PlainTextResponse("well")

        return [Route("/health", health)]

    def table(self, name: str) -> dict[str, Row]:
        return self.tables.setdefault(name, {})

    def admitted(self, request: Request) -> bool:
        open_door = self.fault == "missing auth" and request.method == "GET"
        return open_door or request.headers.get("authorization") == f"Bearer {TOKEN}"

    def refused(self, error: No) -> Any:
        return {"title": error.why}

    def plants(self, request: Request, _: bytes) -> Answer:
        query = request.query_params
        page, limit = query.get("page", "1"), query.get("limit", "20")
        if not (page.isascii() and page.isdigit() and limit.isascii() and limit.isdigit() and len(page) < 9):
            raise No(400, "no number")
        if int(page) < 1 or not 1 <= int(limit) <= 50:
            raise No(400, "no such page")
        rows = [row for row in self.table("plants").values() if not row.get("_gone")]
        begin = (int(page) - 1) * int(limit)
        return Answer(200, [self.shown(row) for row in rows[begin : begin + int(limit)]])

    def shown(self, row: Row) -> Row:
        hidden = ("passphrase", "_gone", *(("kind",) if self.fault == "missing field" else ()))
        return {name: value for name, value in row.items() if name not in hidden}

    def known(self, body: Row) -> Row:
        if body.get("bed_id") is not None and str(body["bed_id"]) not in self.table("beds"):
            raise No(400, "no such bed")
        return {name: value for name, value in body.items() if name in PLANT["properties"]}

    def add(self, _: Request, content: bytes) -> Answer:
        body = self.known(parsed(content, PLANT))
        row = {**body, "id": self.number(), "planted_at": DAY}
        self.table("plants")[str(row["id"])] = row
        status = 202 if self.fault == "undocumented status" else 201
        return Answer(status, self.shown(row), {"Location": f"/plants/{row['id']}"})

    def found(self, request: Request) -> Row:
        row = self.table("plants").get(request.path_params["id"])
        if row is None or row.get("_gone"):
            raise No(404, "no such plant")
        return row

    def show(self, request: Request, _: bytes) -> Answer:
        return Answer(200, self.shown(self.found(request)))

    def replace(self, request: Request, content: bytes) -> Answer:
        row = self.found(request)
        body = self.known(parsed(content, PLANT))
        made = {**body, "id": row["id"], "planted_at": DAY}
        if self.fault != "lost update":
            self.table("plants")[str(row["id"])] = made
        return Answer(200, self.shown(made))

    def remove(self, request: Request, _: bytes) -> Answer:
        if self.fault == "deleted still shown":
            self.found(request)
            return Answer(204, None)
        return self.gone("plants", request)

    def add_bed(self, _: Request, content: bytes) -> Answer:
        row = {"id": self.number(), "title": parsed(content, BED)["title"]}
        self.table("beds")[str(row["id"])] = row
        return Answer(201, row)

    def gone(self, table: str, request: Request) -> Answer:
        if self.table(table).pop(request.path_params["id"], None) is None:
            raise No(404, "no such record")
        return Answer(204, None)


PAGES = {"type": ["integer", "null"], "exclusiveMinimum": 0}
CHANGE = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1},
        "subtitle": {"type": ["string", "null"]},
        "pages": PAGES,
        "format": {"const": "paper"},
        "notes": {"type": ["string", "integer"]},
    },
}
BOOK = {**CHANGE, "required": ["title"]}


class Library(Server):
    """Records under `data`, below /v1, a key in the query, ids that are texts, PATCH changes members."""

    media = "application/vnd.library+json"
    locked = 403

    def routes(self) -> Any:
        return [
            ("GET", "/v1/books", self.books),
            ("POST", "/v1/books", self.add),
            ("GET", "/v1/books/{id}", lambda request, _: self.one(self.found(request))),
            ("PATCH", "/v1/books/{id}", self.change),
            ("DELETE", "/v1/books/{id}", self.remove),
            ("POST", "/v1/books/{id}/loan", self.lend),
        ]

    def admitted(self, request: Request) -> bool:
        return self.fault == "missing auth" or request.query_params.get("api_key") == TOKEN

    def refused(self, error: No) -> Any:
        return {"error": error.why}

    def one(self, row: Row) -> Answer:
        return Answer(200, {"data": {name: each for name, each in row.items() if not name.startswith("_")}})

    def found(self, request: Request) -> Row:
        row = self.tables.setdefault("books", {}).get(request.path_params["id"])
        if row is None or row.get("_gone"):
            raise No(404, "no such book")
        return row

    def books(self, request: Request, _: bytes) -> Answer:
        if "tenant" not in request.query_params:
            raise No(400, "whose books?")
        status = request.query_params.get("status")
        if status not in (None, "in", "out"):
            raise No(400, "no such status")
        rows = list(self.tables.setdefault("books", {}).values())
        kept = [row for row in rows if status in (None, row["status"])]
        kept = kept if self.fault == "deleted still listed" else [row for row in kept if not row.get("_gone")]
        shown = [{name: each for name, each in row.items() if not name.startswith("_")} for row in kept]
        if self.fault == "missing field":
            shown = [{name: each for name, each in row.items() if name != "pages"} for row in shown]
        return Answer(200, {"data": shown, "next": None})

    def add(self, _: Request, content: bytes) -> Answer:
        body = parsed(content, BOOK)
        isbn = f"978{self.number():010}"
        kept = {name: value for name, value in body.items() if name in CHANGE["properties"]}
        row = {"subtitle": None, "pages": None, **kept, "isbn": isbn, "status": "in"}
        self.tables.setdefault("books", {})[isbn] = row
        made = self.one(row)
        made.status = 202 if self.fault == "undocumented status" else 200
        return made

    def change(self, request: Request, content: bytes) -> Answer:
        row = self.found(request)
        body = parsed(content, CHANGE)
        kept = {name: value for name, value in body.items() if name in CHANGE["properties"]}
        if self.fault == "an update clears":
            row["subtitle"] = None
        if self.fault == "lost update":
            return self.one({**row, **kept})
        row.update(kept)
        return self.one(row)

    def remove(self, request: Request, _: bytes) -> Answer:
        self.found(request)["_gone"] = True
        return Answer(200, {"data": None})

    def lend(self, request: Request, _: bytes) -> Answer:
        row = self.found(request)
        row["status"] = "out"
        return self.one(row)
