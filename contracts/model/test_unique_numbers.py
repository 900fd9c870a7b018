"""A number is given once: a second record of the kind with it is refused, on create and on update, also while the first
is archived or deleted; deleting an invoice alone frees its number, and its restoration then takes another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("number", "unique")),
]


def test_a_number_is_given_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        start = trade.full(noun.name, {"amount": 5} if "amount" in noun.writable("create") else {})
        number = f"{client.tag}-7 {noun.name}"
        first = trade.make(noun.name, {**start, "number": number})
        trade.must(unlike({"number": number}, first), after="a create with a number")
        other = trade.make(noun.name, {**start, **({"amount": 6} if "amount" in start else {})})
        assert other["number"] != number, "a number that was taken was given again"
        create, update = noun.operations["create"], noun.operations["update"]

        def taken(what: str) -> None:
            for operation, hashed, before in ((create, "", start), (update, other["id"], {})):
                reply = trade.ask(operation, hashed=hashed, body={**before, "number": number}, want=())
                got = [] if reply.status == 422 else [f"got {reply.status}, wanted 422"]
                trade.must(got, operation=operation.id, after=f"the number of a record that is {what}")
            trade.must(
                unlike({"number": other["number"]}, trade.show(noun.name, other["id"])), after="a refused update"
            )

        taken("there")
        own = trade.change(noun.name, first["id"], {"number": number})
        trade.must(unlike({"number": number}, own), after="an update with the number that it has")
        trade.bulk(noun.name, "archive", first["id"])
        taken("archived")
        trade.bulk(noun.name, "delete", first["id"])
        if not noun.told("bill.settles"):
            taken("deleted")
            return
        second = trade.make(noun.name, {**start, "number": number})
        trade.must(unlike({"number": number}, second), after="a create with the number of what was deleted")
        trade.bulk(noun.name, "restore", first["id"])
        back = trade.show(noun.name, first["id"])["number"]
        others = {number, other["number"]}
        assert back not in others, f"a restored {noun.name} has a number that another one has: {back}"
