"""A call that names an unknown id or an unknown action changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.requests.pool import NOWHERE, Pool
from mockserver.contract.scenes.records import listed
from mockserver.contract.scenes.stage import changed_rows

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", "delete", "bulk")]


def test_unknown_ids_and_unknown_actions_change_nothing(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        pool = Pool(spec, client)
        pool.provide_for(noun)
        own = client.call(noun.operations["create"], body=pool.minimal(noun), want=200).data["id"]
        before = listed(client, noun)
        bulk = noun.operations["bulk"]
        client.call(bulk, body={"action": "archive", "ids": [NOWHERE]}, want=(200, 400, 422))
        unknown = client.call(bulk, body={"action": "sideways", "ids": [own]})
        assert unknown.status in ((200,) if noun.facts.get("bulk_unknown") == "ignore" else (400, 422)), unknown
        client.call(noun.operations["show"], path={"id": NOWHERE}, want=(400, 404))
        client.call(noun.operations["delete"], path={"id": NOWHERE}, want=(400, 404))
        moved = changed_rows(before, listed(client, noun))
        assert not moved, f"a call that names nothing has changed something: {moved}"
