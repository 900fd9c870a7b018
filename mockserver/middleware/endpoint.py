"""The innermost app: hands the request to the function that connexion's resolver found for the operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.frame import Resolver, SpecMiddleware
from mockserver.middleware.call import KEY, respond

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from connexion.spec import Specification

    from mockserver.flow import Engine
    from mockserver.middleware.call import Call, Receive, Scope, Send


class MockResolver(Resolver):
    """Resolves every operation of the document to the one handler of the engine."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(lambda _operation_id: engine.handle)


class Endpoint(SpecMiddleware):
    """The application that connexion's stack wraps."""

    def __init__(self) -> None:
        self._handle: Any = None

    def add_api(self, _specification: Specification, *, resolver: Resolver, **_: Any) -> None:
        """Take the handler; it is the same for all operations."""
        self._handle = resolver.resolve_function_from_operation_id("*")

    def __call__(self, scope: Scope, _receive: Receive, send: Send) -> Awaitable[None]:
        call: Call = scope[KEY]
        return respond(send, self._handle(call.request, call.world), head=call.head)
