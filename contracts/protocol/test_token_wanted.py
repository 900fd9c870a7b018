"""Nobody gets in without a live token (R-AUTH-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.pool import Pool
from mockserver.contract.requests import refused

if TYPE_CHECKING:
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target

BAD_TOKENS = {"missing": None, "empty": "", "unknown": "0123456789" * 6 + "abcd"}


@pytest.mark.needs("operation")
@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_call_without_a_live_token_is_refused(target: Target, spec: Spec, operation: Operation, kind: str) -> None:
    if operation.public:
        return
    with target.world() as client:
        pool = Pool(spec, client)
        reply = refused(client, operation, pool, **{"X-API-TOKEN": BAD_TOKENS[kind]})
        assert reply.status == 403, f"got {reply.status} with a token that is {kind}, wanted 403\n{reply}"
        assert reply.json()["message"]
