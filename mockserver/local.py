"""Calls on a world without a socket: what scenarios and in-process tests use. Same flow, same errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

from mockserver.errors import ContractBreach, Diagnosis, Refused
from mockserver.identity import authenticate
from mockserver.payload import trim
from mockserver.request import Request
from mockserver.respond import refusal

if TYPE_CHECKING:
    from mockserver.answer import Reply
    from mockserver.flow import Engine
    from mockserver.request import Upload
    from mockserver.routes import Routes
    from mockserver.world import World


class LocalClient:
    """A client of one world.

    `call` gives (status, body); the body is parsed JSON, or bytes for anything else.
    """

    def __init__(self, engine: Engine, routes: Routes, world: World, token: str | None = None) -> None:
        self._engine = engine
        self._routes = routes
        self.world = world
        self.token = token if token is not None else world.identity.token

    def call(
        self,
        method: str,
        target: str,
        body: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
        files: tuple[Upload, ...] = (),
        token: str | None = None,
    ) -> tuple[int, Any]:
        """Answer a call; `target` is a path with an optional query string."""
        reply = self.reply(method, target, body, headers=headers, files=files, token=token)
        parsed = orjson.loads(reply.body) if reply.body and reply.type.startswith("application/json") else reply.body
        return reply.status, parsed

    def reply(
        self,
        method: str,
        target: str,
        body: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
        files: tuple[Upload, ...] = (),
        token: str | None = None,
    ) -> Reply:
        """As `call`, but the finished reply."""
        path, _, query = target.partition("?")
        found = self._routes.find(method.upper(), path)
        if found is None:
            diagnosis = Diagnosis("path", "R-AUTH-12", f"{method} {path}", "a documented operation")
            return refusal(Refused("route", "Route does not exist", diagnoses=(diagnosis,)), wants_json=True)
        operation, parameters = found
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        request = Request(
            operation=operation,
            method=method.upper(),
            path=path,
            parameters=parameters,
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers=sent,
            body=trim(copied(body), 0) if body else {},
            files=files,
            server=self.world.base_url,
        )
        try:
            if not operation.public:
                authenticate(request, self.world, token if token is not None else self.token)
            self._engine.read_body(request)
            return self._engine.handle(request, self.world)
        except Refused as refused:
            return refusal(refused, wants_json=True)
        except ContractBreach as breach:
            raise AssertionError(str(breach)) from breach


def copied(value: Any) -> Any:
    """JSON data with objects and lists of its own."""
    if isinstance(value, dict):
        return {name: copied(each) for name, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value
