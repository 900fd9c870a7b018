"""POST may stand for PUT, by a field, a parameter or a header; a GET never stands for anything else (R-VAL-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.requests.examples import example_of
from mockserver.contract.scenes.records import listed

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "show", "list", "update", "delete")]
DELETE = {"X-HTTP-Method-Override": "DELETE"}


def test_a_post_may_stand_for_a_put_and_a_get_for_nothing(target: Target, noun: Noun) -> None:
    with target.stocked() as pool:
        client = pool.client
        create, update, show = (noun.operations[name] for name in ("create", "update", "show"))
        record = client.call(create, body=pool.minimal(noun, create), want=200, judged=False).data
        path = show.path.format_map({**example_of(show, pool)[0], "id": record["id"]})
        before = listed(client, noun)
        for query, headers in (({"_method": "DELETE"}, {}), ({}, DELETE)):
            client.send("GET", path, query=query, headers=headers)
        assert listed(client, noun) == before, f"a GET that names DELETE has changed {noun.name} {record['id']}"
        if update.password:
            return
        for what, query, headers, extra in (
            ("a parameter", {"_method": "PUT"}, {}, {}),
            ("a header", {}, {"X-HTTP-Method-Override": "PUT"}, {}),
            ("a field", {}, {}, {"_method": "PUT"}),
        ):
            body = {**pool.minimal(noun, update), **extra}
            reply = client.send("POST", path, query=query, headers=headers, body=body)
            assert reply.status in (200, 422), f"PUT as POST by {what}: got {reply.status}, wanted 200\n{reply}"
            if reply.ok:
                assert reply.data["id"] == record["id"], f"PUT as POST by {what} answers another record\n{reply}"
        known = listed(client, noun)
        assert known.keys() == before.keys(), "a POST that stands for PUT has made or removed records"
