"""Who calls: looked up once a request by a plain function, in place of connexion's inspected handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.frame import SpecMiddleware
from mockserver.identity import authenticate
from mockserver.middleware.call import KEY, address_of
from mockserver.request import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from connexion.spec import Specification

    from mockserver.middleware.call import App, Call, Receive, Scope, Send


class SecurityMiddleware(SpecMiddleware):
    """Makes the request object and attaches the caller; public operations need none."""

    def __init__(self, app: App) -> None:
        self.app = app

    def add_api(self, specification: Specification, **_: Any) -> None:
        """Nothing to take: whether an operation is public is a fact of it."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        call: Call = scope[KEY]
        operation, world = call.operation, call.world
        assert operation is not None
        assert world is not None
        call.request = request = Request(operation, scope["method"], scope["path"], call.parameters, {}, call.headers)
        request.scheme = scope["scheme"]
        request.remote = address_of(scope)
        request.prefix = scope.get("root_path", "")
        if not operation.public:
            authenticate(request, world, call.token)
        return self.app(scope, receive, send)
