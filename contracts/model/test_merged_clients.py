"""A merged client brings everything along: bills, payments, files and contacts move to the other one, balance and what
was paid are added up, and the merged one is gone; a third client keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.requests.pool import PNG
from mockserver.contract.trade.calls import Trade, Watch, owned

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.ours, pytest.mark.needs("writes", "deletes"), pytest.mark.nouns("create", "client_merge")]
MOVED = ("invoice", "quote", "credit", "payment", "recurring_invoice", "expense", "project", "task")


def test_a_merge_moves_everything(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        into, source, third = (
            trade.make(noun.name, {"name": name, "contacts": [{"first_name": name, "email": f"{name}@example.com"}]})
            for name in ("ada", "bob", "cleo")
        )
        own: dict[str, set[str]] = {name: set() for name in MOVED}
        for owner, flags in ((into, {"mark_sent": "true"}), (source, {"amount_paid": "30"}), (third, {"paid": "true"})):
            for name in MOVED:
                made = trade.make(name, owned(trade, name, owner["id"]), **(flags if name == "invoice" else {}))
                if owner is not third:
                    own[name].add(made["id"])
        trade.ask(
            noun.operations["upload"],
            hashed=source["id"],
            body={"_method": "PUT"},
            files=[("documents[]", "a.png", PNG)],
        )
        watch = Watch(trade, into=(noun.name, into["id"]), third=(noun.name, third["id"]))
        before, left = watch.before["into"], trade.show(noun.name, source["id"])
        trade.run(noun.name, "client_merge", hashed=into["id"], mergeable_client_hashed_id=source["id"])
        sums = {name: before[name] + left[name] for name in ("balance", "paid_to_date")}
        now = trade.show(noun.name, into["id"])
        rest = {name: now[name] for name in ("credit_balance", "payment_balance")}
        trade.must(watch.moved(into={**sums, **rest}), after="a merge")
        for name, wanted in own.items():
            got = {row["id"] for row in trade.rows(name, client_id=into["id"])}
            assert wanted <= got, f"{name} of the merged client: got {len(got & wanted)} of {len(wanted)}"
        emails = sorted(each["email"] for each in now["contacts"])
        assert emails == ["ada@example.com", "bob@example.com"], f"contacts after a merge: got {emails}"
        files = [each["name"] for each in now["documents"]]
        assert files == ["a.png"], f"documents after a merge: got {files}"
        trade.ask(noun.operations["show"], hashed=source["id"], want=(400, 404))
        trade.run(noun.name, "client_merge", hashed=into["id"], mergeable_client_hashed_id=third["id"])
        assert trade.show(noun.name, into["id"])["paid_to_date"] == 30 + 100 + 25 * 3, "paid_to_date of a second merge"
