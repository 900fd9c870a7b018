"""A list holds what was just created, once, and shows what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.calls.left_out import NotHere
from mockserver.contract.scenes.exhibit import exhibited

if TYPE_CHECKING:
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.resources("create", "list", "delete")]


def test_a_list_holds_what_was_created(target: Target, resource: Resource) -> None:
    with exhibited(target, resource) as exhibit:
        body = exhibit.pool.full_body(resource["create"])
        made = exhibit.create(body)
        hashed = resource.id_of(made)
        rows = exhibit.listed()
        found = [row for row in rows.rows if resource.id_of(row) == hashed]
        if not found and not rows.whole:
            raise NotHere(
                "the list has more pages than the document tells a way to",
                "a parameter for the page in the document would help",
            )
        if len(found) != 1:
            raise Broken(
                f"the list holds {resource.name} {hashed}, which was just created, {len(found)} times, wanted once",
                operation=resource["list"].id,
            )
        exhibit.compare("create", "list", body, found[0], "listed")
