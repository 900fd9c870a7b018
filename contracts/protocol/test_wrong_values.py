"""A value that no cast can save is refused, wherever in a body it stands, and the refusal names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.casts import Casts
from mockserver.contract.pool import Pool
from mockserver.contract.requests import example_of, wrong_bodies

if TYPE_CHECKING:
    from mockserver.contract.spec import Operation, Spec
    from mockserver.contract.target import Target

pytestmark = pytest.mark.needs("writes")


def test_every_wrong_value_is_refused(target: Target, spec: Spec, operation: Operation) -> None:
    if operation.body() is None:
        return
    if not target.ours and operation.behaviour != "create":
        return  # what such a call would spoil, should it be taken, is not ours
    casts = Casts(spec)
    taken, nameless = [], []
    with target.world() as client:
        pool = Pool(spec, client)
        pool.provide(files=True)
        path, good = example_of(operation, pool)
        for place, body in wrong_bodies(spec, operation, good):
            if not casts.stays_wrong(operation, body):
                continue
            reply = client.call(operation, path=path, body=body, judged=False)
            assert not list(target.judge.problems(operation, reply)), reply
            if reply.status < 400:
                taken.append(f"{place}\n{reply}")
            elif reply.status == 422 and place not in ".".join(reply.json().get("errors", {})):
                nameless.append(f"{place}\n{reply}")
    assert not taken, f"{len(taken)} wrong values were taken, the first at {taken[0]}"
    assert not nameless, f"{len(nameless)} refusals do not name the place, the first at {nameless[0]}"
