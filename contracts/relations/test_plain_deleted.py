"""A deleted record is gone: its address answers 404 or 410, and no list shows it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.scenes.exhibit import exhibited

if TYPE_CHECKING:
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.resources("create", "delete")]
GONE = (404, 410)


def test_a_deleted_record_is_gone(target: Target, resource: Resource) -> None:
    with exhibited(target, resource) as exhibit:
        made, kept = (exhibit.create(exhibit.pool.full_body(resource["create"], turn)) for turn in (0, 1))
        hashed = resource.id_of(made)
        reply = exhibit.on("delete", made)
        if not reply.ok:
            raise NotHere(
                f"the server does not delete what it has just created: {reply.shown[:200]}",
                "a token that may delete would help",
            )
        if resource.has("show"):
            after = exhibit.on("show", made, judged=False)
            if after.status not in GONE:
                raise Broken(
                    f"{resource.name} {hashed} was deleted and answers {after.status}, wanted 404 or 410",
                    operation=resource["show"].id,
                )
            exhibit.show(kept)
        if resource.has("list") and any(resource.id_of(row) == hashed for row in exhibit.listed().rows):
            raise Broken(f"{resource.name} {hashed} was deleted and is still listed", operation=resource["list"].id)
