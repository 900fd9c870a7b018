"""The control API under /__mock__/: health, worlds, reset, state, events, the document and its reference page.

It is for the machine that the server runs on: calls from elsewhere need the secret, and pages of other origins
are refused.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

from mockserver import __version__
from mockserver.addresses import is_loopback
from mockserver.answer import Reply
from mockserver.control_clock import move as clock_moved
from mockserver.control_clock import shown as clock_shown
from mockserver.derive.paging import page_of, pagination
from mockserver.docs_page import asset, page, viewer_document
from mockserver.errors import Diagnosis, Refused
from mockserver.limits import Counters, read_limits
from mockserver.middleware.body import read_whole
from mockserver.middleware.call import KEY, address_of, respond
from mockserver.outgoing import feeds
from mockserver.serialize import disposition

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.flow import Engine
    from mockserver.middleware.call import Call, Receive, Scope, Send
    from mockserver.outgoing.deliveries import Deliveries
    from mockserver.world import World, Worlds

PREFIX = "/__mock__"
INSIDE = f"{PREFIX}/"
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
SECRET_HEADER = "x-mock-secret"
PATHS = (
    *("health", "reset", "rate-limit", "clock", "worlds", "worlds/{name}", "state/{resource}", "events", "deliveries"),
    *("outbox", "outbox/{number}/{attachment}", "openapi.json", "docs"),
)


class Asked(NamedTuple):
    """A control call: what stands before and behind it in the path, query, the world that is named, and the body."""

    root: str
    rest: str
    query: dict[str, str]
    world: str
    body: dict[str, Any]
    call: Call


def host_of(header: str) -> str:
    """The name in a Host header, without brackets and port; empty when it is not of that form."""
    found = HOST.fullmatch(header)
    return found[1].strip("[]").lower() if found else ""


class Control:
    """Answers /__mock__/..."""

    def __init__(
        self,
        *,
        worlds: Worlds,
        engine: Engine,
        deliveries: Deliveries,
        secret: str = "",
        facts: dict[str, Any] | None = None,
    ) -> None:
        self._worlds = worlds
        self._engine = engine
        self._document = engine.document
        self._deliveries = deliveries
        self._secret = secret
        self._facts = facts or {}
        self._handlers: dict[tuple[str, str, bool], Callable[[Asked], Reply]] = {
            ("GET", "health", False): self._health,
            ("GET", "openapi.json", False): self._document_json,
            ("GET", "", False): self._page,
            ("GET", "docs", False): self._page,
            ("GET", "docs", True): self._asset,
            ("POST", "reset", False): self._reset,
            ("GET", "rate-limit", False): self._rate_limit,
            ("POST", "rate-limit", False): self._set_rate_limit,
            ("GET", "clock", False): self._clock,
            ("PUT", "clock", False): self._move_clock,
            ("GET", "worlds", False): self._list_worlds,
            ("POST", "worlds", False): self._make_world,
            ("DELETE", "worlds", True): self._remove_world,
            ("GET", "state", True): self._state,
            ("GET", "events", False): self._events,
            ("GET", "deliveries", False): self._told,
            ("GET", "outbox", False): self._outbox,
            ("GET", "outbox", True): self._attachment,
        }

    @staticmethod
    def holds(path: str) -> bool:
        """Whether a path is one of the control API."""
        return path.startswith(INSIDE) or path == PREFIX

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = scope[KEY]
        self._admit(scope, call)
        body: dict[str, Any] = {}
        if scope["method"] in ("POST", "PUT", "DELETE"):
            body = read(await read_whole(call, receive) if call.body is None else call.body)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        path = scope["path"][len(PREFIX) :].strip("/")
        reply = self._answer(scope["method"], path, query, body, call, scope.get("root_path", ""))
        await respond(send, reply, head=scope["method"] == "HEAD")

    def _admit(self, scope: Scope, call: Call) -> None:
        """Raise Refused for calls from elsewhere without the secret, and from pages of another origin."""
        client = address_of(scope)
        host = host_of(call.headers.get("host", ""))
        sent = call.headers.get(SECRET_HEADER, "")
        if self._secret and hmac.compare_digest(sent.encode(), self._secret.encode()):
            return
        origin = call.headers.get("origin", "")
        if origin and origin.partition("://")[2] != call.headers.get("host", ""):
            diagnosis = Diagnosis("header Origin", "control", origin, "a page of this server")
            raise Refused(
                "forbidden", "The control API does not take calls from pages of other origins.", diagnoses=(diagnosis,)
            )
        if not is_loopback(client) or not is_loopback(host):
            wanted = "a call from this machine to localhost, or header X-Mock-Secret with the server's --control-secret"
            diagnosis = Diagnosis("connection", "control", f"{client} calling {host}", wanted)
            raise Refused("forbidden", "The control API only takes calls from this machine.", diagnoses=(diagnosis,))

    def _answer(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any], call: Call, root: str
    ) -> Reply:
        first, _, rest = path.partition("/")
        verb = "GET" if method == "HEAD" else method
        asked = Asked(root, rest, query, str(body.get("world") or query.get("world") or ""), body, call)
        handler = self._handlers.get((verb, first, bool(rest)))
        if handler is None:
            raise missing("path", f"{method} {PREFIX}/{path}", [f"{PREFIX}/{each}" for each in PATHS], "control path")
        return handler(asked)

    def _health(self, _: Asked) -> Reply:
        return answer({"status": "ok", "version": __version__, "worlds": len(self._worlds), **self._facts})

    def _document_json(self, _: Asked) -> Reply:
        return Reply(200, orjson.dumps(self._document.raw))

    def _page(self, asked: Asked) -> Reply:
        content, headers = page(asked.call.world or self._worlds.default, asked.root + PREFIX)
        return Reply(200, content, "text/html; charset=utf-8", headers)

    def _asset(self, asked: Asked) -> Reply:
        if asked.rest == "openapi.json":
            return Reply(200, viewer_document(self._document.raw, asked.root))
        content, kind = asset(asked.rest)
        return Reply(200, content, kind)

    def _reset(self, asked: Asked) -> Reply:
        return answer(describe(self._worlds.reset(self._name(asked))))

    def _rate_limit(self, asked: Asked) -> Reply:
        world = self._world(asked)
        return answer({"world": world.name, "limits": None if world.limits is None else world.limits.texts()})

    def _set_rate_limit(self, asked: Asked) -> Reply:
        """New limits for one world, counted from now on."""
        world = self._worlds.get(self._name(asked))
        sent = asked.body.get("limits")
        try:
            world.limits = read_limits(sent if isinstance(sent, str) else str(sent), self._document.limits)
        except ValueError as error:
            diagnosis = Diagnosis("/limits", "control", sent, f"off, or limits such as 300/m: {error}")
            raise Refused("bad_request", "The limits can't be read.", diagnoses=(diagnosis,)) from None
        world.calls = Counters()
        return self._rate_limit(asked)

    def _clock(self, asked: Asked) -> Reply:
        return answer(clock_shown(self._world(asked)))

    def _move_clock(self, asked: Asked) -> Reply:
        world = self._world(asked)
        found = clock_moved(self._engine, world, asked.body)
        self._deliveries.after(world)
        return answer(found)

    def _list_worlds(self, _: Asked) -> Reply:
        return answer({"worlds": [describe(world) for world in self._worlds]})

    def _make_world(self, asked: Asked) -> Reply:
        """A new world, or with `from` one that becomes a copy of another world as it is now."""
        name, source = str(asked.body.get("name") or ""), asked.body.get("from")
        if source is None:
            return answer(describe(self._worlds.get(name)))
        return answer(describe(self._worlds.copy(name, self._named(str(source)).name)))

    def _remove_world(self, asked: Asked) -> Reply:
        if not self._worlds.remove(asked.rest):
            raise missing("path name", asked.rest, [world.name for world in self._worlds], "world")
        return answer({"deleted": asked.rest})

    @staticmethod
    def _name(asked: Asked) -> str:
        """The world that body or query name, else that of the header or the address."""
        return asked.world or (asked.call.world.name if asked.call.world is not None else "default")

    def _world(self, asked: Asked) -> World:
        """The world of a call, which is not made for it."""
        return self._named(self._name(asked))

    def _named(self, name: str) -> World:
        if name not in self._worlds:
            raise missing("world", name, [world.name for world in self._worlds], "world")
        return self._worlds.get(name)

    def _events(self, asked: Asked) -> Reply:
        world = self._world(asked)
        return answer(feeds.events(self._engine, world, asked.query))

    def _outbox(self, asked: Asked) -> Reply:
        world = self._world(asked)
        return answer(feeds.outbox(world, asked.query, PREFIX))

    def _attachment(self, asked: Asked) -> Reply:
        world = self._world(asked)
        number, _, index = asked.rest.partition("/")
        found = feeds.attachment(world, number, index)
        if found is None:
            raise missing("path", asked.rest, ["the url of an attachment, as the outbox tells it"], "attachment")
        file, content = found
        return Reply(200, content, file.type, {"Content-Disposition": disposition("attachment", file.name)})

    def _told(self, asked: Asked) -> Reply:
        world = self._world(asked)
        return answer(feeds.deliveries(self._deliveries, world, asked.query))

    def _state(self, asked: Asked) -> Reply:
        """Stored rows as they are, hidden fields too; file contents are given as their size."""
        resource, world = asked.rest, self._world(asked)
        if resource not in self._document.resources:
            raise missing("path resource", resource, sorted(self._document.resources), "resource")
        rows = list(world.state.table(resource))
        number, per_page = page_of(asked.query)
        part = [shown(record.data) for record in rows[(number - 1) * per_page : number * per_page]]
        url = f"{PREFIX}/state/{resource}"
        return answer({"data": part, "meta": {"pagination": pagination(len(rows), len(part), number, per_page, url)}})


def shown(data: dict[str, Any]) -> dict[str, Any]:
    """A row for people: bytes as their number, secrets as stars."""
    readable = {name: f"<{len(value)} bytes>" if isinstance(value, bytes) else value for name, value in data.items()}
    return {**readable, "password": "**********"} if readable.get("password") else readable


def describe(world: World) -> dict[str, Any]:
    """Name and contents of a world."""
    counts = {name: table.size for name, table in sorted(world.state.tables.items())}
    return {"name": world.name, "seed": world.seed, "version": world.state.version, "records": counts}


def read(content: bytes) -> dict[str, Any]:
    """The JSON object of a control call; empty is none. Raises Refused for anything else."""
    if not content:
        return {}
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        diagnosis = Diagnosis("body", "json", content[:60].decode("utf-8", "replace"), "a JSON object", str(error))
        raise Refused("bad_request", "The body is not JSON.", diagnoses=(diagnosis,)) from None
    if not isinstance(value, dict):
        raise Refused(
            "bad_request",
            "The body is not a JSON object.",
            diagnoses=(Diagnosis("body", "json", type(value).__name__, "a JSON object"),),
        )
    return value


def missing(where: str, got: str, known: list[str], what: str) -> Refused:
    """A 404 that names what there is."""
    return Refused(
        "route",
        f"There is no such {what}.",
        diagnoses=(Diagnosis(where, "control", got, f"one of {', '.join(known)}"),),
    )


def answer(value: Any) -> Reply:
    """A control answer: indented JSON, for people."""
    return Reply(200, orjson.dumps(value, option=orjson.OPT_INDENT_2))
