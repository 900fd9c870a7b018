"""An update changes what was sent and nothing else, and the change is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.exhibit import exhibited

if TYPE_CHECKING:
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.resources("create", "show", "change", "delete")]


def test_an_update_changes_what_was_sent(target: Target, resource: Resource) -> None:
    with exhibited(target, resource) as exhibit:
        made = exhibit.create(exhibit.pool.full_body(resource["create"]))
        before = exhibit.show(made)
        for verb in ("update", "patch"):
            if verb not in resource.operations:
                continue
            for name, body in exhibit.changes(verb, before):
                reply = exhibit.change(verb, before, body)
                if not reply.ok:
                    continue  # a body that fits the document may break a rule that it does not tell
                answered, after = resource.record(verb, reply), exhibit.show(made)
                exhibit.compare(verb, "show", {name: body[name]}, after, f"after a change of {name}")
                if answered is not None:
                    exhibit.compare(verb, verb, {name: body[name]}, answered)
                kept = {other: before[other] for other in exhibit.shared(verb, "show") if other in before}
                moved = exhibit.differences(verb, "show", {**kept, name: body[name]}, after)
                if moved:
                    raise Broken(
                        f"a change of {name} has changed more: {'; '.join(moved)}", operation=resource[verb].id
                    )
                before = after
