"""A protected operation is not carried out without the password (R-AUTH-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.pool import Pool
from mockserver.contract.requests import refused

if TYPE_CHECKING:
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target


@pytest.mark.needs("operation")
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
