"""A draft owes nothing: made, edited, archived, deleted, restored or beside what is sent, it is in no sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import OWED, Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.mark_sent")),
]


def test_a_draft_moves_no_sum(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, owner, record = trade.party(noun.name)
        watch = Watch(trade, **{owner: (owner, record["id"])})
        for what, cost in (("a draft", 100), ("a second draft", 2_500_000.5), ("a third draft", 0.01)):
            draft = trade.make(noun.name, {link: record["id"], "line_items": lines(cost)})
            trade.must(watch.moved(), operation=noun.operations["create"].id, after=what)
        itself = Watch(trade, draft=(noun.name, draft["id"]))
        trade.change(noun.name, draft["id"], {"line_items": lines(70, 5)})
        trade.must(watch.moved(), itself.moved(draft={"amount": 75}), after="an edit of a draft")
        for action in ("archive", "restore", "delete", "restore"):
            trade.bulk(noun.name, action, draft["id"])
            trade.must(
                watch.moved(), itself.moved(draft={"is_deleted": action == "delete"}), after=f"{action} of a draft"
            )
        member = OWED.get(noun.told("bill.sums") or "", "")
        trade.make(noun.name, {link: record["id"], "line_items": lines(10)}, mark_sent="true")
        sums = {owner: {member: 10}} if member else {}
        trade.must(watch.moved(**sums), itself.moved(), after="sending of another one beside three drafts")
