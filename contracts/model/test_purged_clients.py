"""A purged client leaves nothing: its bills, payments, work and files are in no list, another client's stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.requests.pool import PNG
from mockserver.contract.trade.calls import Trade, owned

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.ours, pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "client_purge")]
OWNED = ("invoice", "quote", "credit", "payment", "recurring_invoice", "expense", "project", "task", "location")


def test_a_purge_takes_what_is_the_clients(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        gone, stays = (trade.make(noun.name)["id"] for _ in range(2))
        made: dict[str, dict[str, str]] = {gone: {}, stays: {}}
        for owner, ids in made.items():
            for name in OWNED:
                body = owned(trade, name, owner)
                flags = {"paid": "true"} if name == "invoice" else {}
                ids[name] = trade.make(name, body, **flags)["id"]
            for name, hashed in ((noun.name, owner), ("invoice", ids["invoice"])):
                trade.ask(
                    trade.noun(name).operations["upload"],
                    hashed=hashed,
                    body={"_method": "PUT"},
                    files=[("documents[]", f"{owner}.png", PNG)],
                )
        files = trade.run(noun.name, "client_documents", {}, hashed=stays).data
        assert len(files) == 2, f"documents of a client and its invoice: got {len(files)}, wanted 2"
        trade.run(noun.name, "client_purge", hashed=gone)
        for name in (noun.name, *OWNED):
            rows = {row["id"] for row in trade.rows(name)}
            assert made[gone].get(name, gone) not in rows, f"a {name} of a purged client is still listed"
            assert made[stays].get(name, stays) in rows, f"a {name} of another client went with the purged one"
        names = [row["name"] for row in trade.rows("document")]
        assert names.count(f"{gone}.png") == 0, "a file of a purged client is still listed"
        assert names.count(f"{stays}.png") == 2, "a file of another client went with the purged one"
        trade.ask(noun.operations["show"], hashed=gone, want=(400, 404))
