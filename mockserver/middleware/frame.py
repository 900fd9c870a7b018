"""The outermost of our middlewares: limits, CORS, which world is meant, and refusals as answers."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from mockserver.answer import Reply
from mockserver.errors import ContractBreach, Diagnosis, Refused
from mockserver.headers import DELIVERY_HEADER
from mockserver.middleware.body import Disconnected
from mockserver.middleware.call import KEY, Call, respond
from mockserver.passing import catch_up
from mockserver.respond import breach, refusal
from mockserver.world import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.flow import Engine
    from mockserver.middleware.call import App, Receive, Scope, Send
    from mockserver.world import World, Worlds

logger = logging.getLogger("mockserver")
DELIVERY = DELIVERY_HEADER.lower()
MAX_HEADERS = 64 * 1024
SERVER_ERROR = b'{"message":"Server Error"}'


class Names(dict[bytes, str]):
    """Texts of the names of headers; those that come first are remembered."""

    def __missing__(self, name: bytes) -> str:
        text = name.decode("latin-1")
        if len(self) < 64 and len(name) < 64:
            self[name] = text
        return text


NAMES = Names()


def too_large(size: int) -> Refused:
    """The refusal of headers and a query string above the limit."""
    diagnosis = Diagnosis("headers", "size", size, f"at most {MAX_HEADERS} bytes of headers and of query string")
    return Refused("headers_too_large", "Request Header Fields Too Large", diagnoses=(diagnosis,))


def own_webhook(number: str) -> Refused:
    """The refusal of a call that a webhook of a mock makes: it would make events of its own, without an end."""
    diagnosis = Diagnosis(f"header {DELIVERY_HEADER}", "webhooks", number, "a target_url of another server")
    return Refused("forbidden", "Webhooks of a mock can't call a mock.", diagnoses=(diagnosis,))


def behind_proxy(app: Any) -> Any:
    """The application, which sees client and scheme as a proxy tells them that uvicorn trusts: one of this machine."""
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    return ProxyHeadersMiddleware(app, os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"))


class FrameMiddleware:
    """Answers OPTIONS, picks the world, and turns refusals and failures of everything below into answers.

    It takes the place of the two error middlewares of connexion's stack, which would make objects for each call that
    only a failure needs.

    A world is named by a path prefix `/worlds/NAME`, the header X-Mock-World or a token `TOKEN@NAME`, in this order.
    """

    def __init__(self, app: App, *, worlds: Worlds, engine: Engine, afterwards: Callable[[World | None], None]) -> None:
        self.app = app
        self._afterwards = afterwards
        self._worlds = worlds
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # servers go on without a lifespan, or close the websocket
            raise ValueError(f"got a call of type {scope['type']}, wanted http: run it with lifespan off")
        names, size = NAMES, 0
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            headers[names[name]] = value.decode("latin-1")
            size += len(name) + len(value)
        scope[KEY] = call = Call(headers)
        call.head = head = scope["method"] == "HEAD"
        try:
            if size > MAX_HEADERS or len(scope["query_string"]) > MAX_HEADERS:
                raise too_large(size)  # noqa: TRY301 - answered a few lines below, with all the others
            if scope["method"] == "OPTIONS":
                await respond(send, Reply(200, b"OK", "text/html; charset=UTF-8"))
                return
            self._pick_world(scope, call)
            if "x-forwarded-for" in headers or "x-forwarded-proto" in headers:
                await behind_proxy(self.app)(scope, receive, send)
            else:
                await self.app(scope, receive, send)
            self._afterwards(call.world)
        except Refused as refused:
            reply = refusal(
                refused,
                wants_json=call.wants_json,
                back=call.headers.get("referer", f"http://{call.headers.get('host', '')}"),
            )
            await respond(send, self._documented(call, reply), head=head)
        except Disconnected:
            return
        except ContractBreach as found:
            logger.error("answer not sent, it is not what the document says: %s", found)
            await respond(send, breach(found), head=head)
        except Exception:  # the last line: a fault of ours is logged with its trace and answered as the service does
            logger.exception("%s %s failed", scope["method"], scope["path"])
            await respond(send, Reply(500, SERVER_ERROR), head=head)

    def _pick_world(self, scope: Scope, call: Call) -> None:
        if DELIVERY in call.headers:
            raise own_webhook(call.headers[DELIVERY])
        name = call.headers.get("x-mock-world", "")
        if "@" in call.token:
            call.token, _, named = call.token.rpartition("@")
            name = name or named
        path: str = scope["path"]
        if path.startswith(PREFIX):
            name, slash, rest = path[len(PREFIX) :].partition("/")
            scope["path"] = slash + rest
            scope["root_path"] = f"{scope.get('root_path', '')}{PREFIX}{name}"  # links lead back into the world
        call.world = world = self._worlds.get(name) if name else self._worlds.default
        if world.played is not None:
            catch_up(self._engine, world)

    def _documented(self, call: Call, reply: Reply) -> Reply:
        """The refusal, when the operation documents it; otherwise what is wrong with our document."""
        if call.operation is None:
            return reply
        try:
            self._engine.check_refusal(call.operation, reply)
        except ContractBreach as found:
            logger.error("refusal is not documented: %s", found)
            return breach(found)
        return reply
