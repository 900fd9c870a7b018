"""Nobody gets in without a live token, nor through a protected door without the password (R-AUTH-1, R-AUTH-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.pool import Pool
from mockserver.contract.requests import example_of

if TYPE_CHECKING:
    from mockserver.contract.client import Client, Reply
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target

BAD_TOKENS = {"missing": None, "empty": "", "unknown": "0123456789" * 6 + "abcd"}
JSON_HEADERS = {"X-Requested-With": "XMLHttpRequest"}


def refused(client: Client, operation: Operation, pool: Pool, **headers: str | None) -> Reply:
    path, body = example_of(operation, pool)
    return client.call(operation, path=path, body=body, headers=headers)


@pytest.fixture
def allowed(target: Target, operation: Operation) -> None:
    """A server that does not look at tokens carries out what it should refuse: elsewhere only reads are risked."""
    if not target.ours and not operation.reads_only:
        pytest.skip("the call might change something that is not ours")


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_call_without_a_live_token_is_refused(target: Target, spec: Spec, operation: Operation, kind: str) -> None:
    if operation.public:
        return
    with target.world() as client:
        pool = Pool(spec, client)
        reply = refused(client, operation, pool, **{"X-API-TOKEN": BAD_TOKENS[kind]})
        assert reply.status == 403, f"got {reply.status} with a token that is {kind}, wanted 403\n{reply}"
        assert reply.json()["message"]


@pytest.mark.usefixtures("allowed")
def test_a_protected_call_wants_the_password(target: Target, spec: Spec, operation: Operation) -> None:
    if not operation.password:
        return
    with target.world() as client:
        pool = Pool(spec, client)
        if target.ours:  # elsewhere the password may have been confirmed a while ago, and the call would go through
            reply = refused(client, operation, pool, **{"X-API-PASSWORD": None})
            assert reply.status == 412, f"got {reply.status} without the password, wanted 412\n{reply}"
        reply = refused(client, operation, pool, **{"X-API-PASSWORD": f"not {target.password}"})
        assert reply.status == 412, f"got {reply.status} with a wrong password, wanted 412\n{reply}"
