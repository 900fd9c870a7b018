"""The servers that are compared, each a process of its own: `python -m bench.servers KIND PORT FILE`.

`bare` sends recorded answers from an ASGI function, `stock` is connexion as it comes (AsyncApp, all of its
middlewares, responses validated) whose handlers return the recorded values, `ours` is the mock. All three run on
uvicorn with the settings of `mockserver serve`, the first two with the protocol that uvicorn brings and ours with ours.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from mockserver.server import configured, listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

Recorded = dict[str, dict[str, Any]]
"""Answers by `METHOD path`: operation, status, headers, body (text)."""


def bare(recorded: Recorded) -> App:
    """Recorded bytes, sent as they are; a body is read first."""
    ready = {
        tuple(key.split(" ")): (
            {
                "type": "http.response.start",
                "status": each["status"],
                "headers": [(name.encode(), value.encode()) for name, value in each["headers"]],
            },
            {"type": "http.response.body", "body": each["body"].encode()},
        )
        for key, each in recorded.items()
    }

    async def app(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["method"] == "POST":
            while (await receive()).get("more_body"):
                pass
        start, body = ready[scope["method"], scope["path"]]
        await send(start)
        await send(body)

    return app


def stock(recorded: Recorded) -> Any:
    """Connexion with everything that it brings, on the same document."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from connexion import AsyncApp
        from connexion.resolver import Resolver

    from mockserver.content import spec_dir

    values = {each["operation"]: json.loads(each["body"]) for each in recorded.values()}
    headers = {name: value for name, value in next(iter(recorded.values()))["headers"] if name != "content-length"}

    def handler(operation: str) -> Callable[..., Awaitable[Any]]:
        async def answer(**_: Any) -> Any:
            return values[operation], 200, headers

        return answer

    logging.getLogger("connexion").setLevel(logging.ERROR)  # it warns once a call of several body types
    document = json.loads((spec_dir() / "openapi.json").read_bytes())
    for scheme in document["components"]["securitySchemes"].values():
        scheme["x-apikeyInfoFunc"] = "bench.servers.known_token"
    app = AsyncApp("bench")
    app.add_api(document, resolver=Resolver(handler), validate_responses=True)
    return app


def known_token(token: str, **_: Any) -> dict[str, str] | None:
    """What connexion asks about a token."""
    return {"sub": token} if token == "TOKEN" else None


def ours(_: Recorded) -> Any:
    """The mock, with an empty company."""
    from mockserver.app import Settings, create_mock
    from mockserver.server import settle

    mock = create_mock(Settings(scenario="empty"))
    settle()
    return mock.asgi


PATIENCE = 600
"""Seconds that a connection is kept while the other contenders have their turn, which is long on a busy machine."""
KINDS: dict[str, Callable[[Recorded], Any]] = {"bare": bare, "stock": stock, "ours": ours}


def main(kind: str, port: str, path: str = "") -> None:
    """Serve until the process is ended."""
    recorded: Recorded = {}
    if path:
        recorded = json.loads(Path(path).read_bytes())
    bound = listen("127.0.0.1", int(port))
    config = configured(KINDS[kind](recorded))
    config.timeout_keep_alive = PATIENCE
    if kind != "ours":
        config.http = "httptools"  # bounds and writing in one piece are part of our server
    uvicorn.Server(config).run(sockets=[bound])


if __name__ == "__main__":
    main(*sys.argv[1:])
