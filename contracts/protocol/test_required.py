"""What the rules require can't be left out: a create without it is refused, names the field, and makes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.findings import Faults
from mockserver.contract.records import listed

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "list", facts=("rules.create",))]


def test_what_is_required_cannot_be_left_out(target: Target, noun: Noun) -> None:
    required = [name for name, rules in noun.rules("create").items() if "required" in rules and name in noun.fields]
    if not required:
        return
    faults, create = Faults(), noun.operations["create"]
    with target.stocked() as pool:
        before = listed(pool.client, noun)
        good, taken = pool.minimal(noun), set()
        for name in required:
            body = {member: value for member, value in good.items() if member != name}
            reply = pool.client.call(create, body=body)
            filled = reply.ok and noun.fields[name]["kind"] != "link" and reply.data[name]
            if filled:
                taken.add(reply.data["id"])
                continue  # the service puts its own value there, which it may for all but an owner
            if reply.status != 422:
                faults.add(create, f"without {name}: got {reply.status}, wanted 422", reply)
            elif name not in reply.json()["errors"]:
                blamed = ", ".join(reply.json()["errors"])
                faults.add(create, f"without {name}: the refusal blames {blamed}, wanted {name}", reply)
        made = listed(pool.client, noun).keys() - before.keys() - taken
        if made:
            faults.add(create, f"refused creates have made {len(made)} records")
    faults.tell()
