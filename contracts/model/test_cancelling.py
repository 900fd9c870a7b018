"""Cancelling takes away what is open and leaves what was paid; what may not be cancelled stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill.settles", "moves.cancel")),
]


def test_a_cancelled_bill_owes_nothing(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        flags = {
            "sent": {"mark_sent": "true"},
            "part": {"amount_paid": "30"},
            "paid": {"paid": "true"},
            "draft": {},
            "archived": {"mark_sent": "true"},
        }
        ids = {
            name: trade.make(noun.name, {link: record["id"], "line_items": lines(100)}, **each)["id"]
            for name, each in flags.items()
        }
        trade.bulk(noun.name, "archive", ids["archived"])
        watch = Watch(
            trade, **{name: (noun.name, each) for name, each in ids.items()}, **{owner: (owner, record["id"])}
        )
        status = noun.facts["moves"]["cancel"]["to"]
        gone = {"status_id": status, "balance": 0}
        for name in ("paid", "draft", "archived"):
            trade.bulk(noun.name, "cancel", ids[name])
            trade.must(watch.moved(), after=f"cancelling of what is {name}")
        trade.bulk(noun.name, "cancel", ids["part"])
        trade.must(watch.moved(**{"part": gone, owner: {"balance": 200}}), after="cancelling of what is paid in part")
        trade.run(noun.name, "action", hashed=ids["sent"], action="cancel")
        trade.must(watch.moved(**{"sent": gone, owner: {"balance": 100}}), after="cancelling of what is sent")
        trade.bulk(noun.name, "cancel", ids["sent"])
        trade.must(watch.moved(), after="cancelling a second time")
        trade.bulk(noun.name, "restore", ids["archived"])
        trade.must(watch.moved(), after="restoring of what was archived")
        trade.change(noun.name, ids["archived"], {}, cancel="true")
        trade.must(
            watch.moved(**{"archived": gone, owner: {"balance": 0}}), after="cancelling of what was restored, by flag"
        )
