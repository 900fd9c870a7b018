"""A method that a path does not have is refused, and does nothing: 404 with a message (R-AUTH-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.findings import Faults
from mockserver.contract.reading.login import Login, login
from mockserver.contract.requests.examples import example_of, pattern_of
from mockserver.contract.requests.pool import NOWHERE

if TYPE_CHECKING:
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OTHERS = (400, 401, 403, 404, 405, 501)
"""Refusals of other APIs, some of which look at the login first."""
STRANGE = ("TRACE", "PROPFIND")
"""Methods that a server in front may refuse with words of its own."""


def test_a_method_that_is_not_there_is_refused(target: Target, spec: Spec, operations: list[Operation]) -> None:
    faults = Faults()
    routes = [(each.method, pattern_of(each)) for each in spec.operations.values()]
    with target.stocked() as pool:
        for operation in {each.path: each for each in operations}.values():
            found, _ = example_of(operation, pool)
            path = operation.path.format_map(found if target.ours else dict.fromkeys(found, NOWHERE))
            for method in (*METHODS, *STRANGE):
                if any(method == each and pattern.fullmatch(path) for each, pattern in routes):
                    continue
                if method != "GET" and not target.writable:
                    continue
                carried = login(operation, pool.client.token) if operation.plain else Login({}, {})
                body: Any = {} if method in ("POST", "PUT", "PATCH") else None
                reply = pool.client.send(method, path, body=body, query=carried.query, headers=carried.headers)
                wanted = OTHERS if operation.plain else (404, 405, 501) if method in STRANGE else (404, 405)
                if reply.status not in wanted:
                    wants = " or ".join(map(str, wanted))
                    faults.add(operation, f"{method} {path}: got {reply.status}, wanted {wants}", reply)
                elif method in METHODS and not operation.plain and not has_message(reply.body):
                    faults.add(operation, f"{method} {path}: the refusal has no message", reply)
    faults.tell()


def has_message(body: bytes) -> bool:
    return b'"message"' in body
