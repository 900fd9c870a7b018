"""What was created is read back with what was sent, by the create itself and by the record's own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.scenes.exhibit import exhibited

if TYPE_CHECKING:
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.resources("create", "show", "delete")]


def test_a_created_record_is_read_back(target: Target, resource: Resource) -> None:
    with exhibited(target, resource) as exhibit:
        for turn in (0, 1):
            body = exhibit.pool.full_body(resource["create"], turn)
            made = exhibit.create(body)
            exhibit.compare("create", "create", body, made)
            exhibit.compare("create", "show", body, exhibit.show(made), "read back")
