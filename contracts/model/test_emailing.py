"""E-mailing a bill sends it: a draft is sent and counts once, each invited contact is written to once, and e-mailing it
again writes once more without counting again; a deleted bill is not e-mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import OWED, Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "sends"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.mark_sent", "bulk.email")),
]


def test_an_e_mail_sends_a_bill(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        addresses = ["ann@example.com", "bob@example.com"]
        people = [{"first_name": each[:3], "email": each, "send_email": True} for each in addresses]
        link, owner, record = trade.party(noun.name, contacts=people)
        member, opens = OWED.get(noun.told("bill.sums") or "", ""), noun.told("bill.opens") != "never"
        body = {link: record["id"], "line_items": lines(100)}
        drafts = [trade.make(noun.name, body)["id"] for _ in range(3)]
        watch = Watch(
            trade, **{f"bill{n}": (noun.name, each) for n, each in enumerate(drafts)}, **{owner: (owner, record["id"])}
        )
        sent = {"status_id": noun.facts["moves"]["mark_sent"]["to"], "balance": 100 if opens else 0}
        last = trade.last("outbox")
        owed = 0
        for what, place, counted in (
            ("by bulk", 0, True),
            ("by bulk a second time", 0, False),
            ("by flag", 2, True),
        ):
            if what == "by flag":
                trade.change(noun.name, drafts[place], {}, send_email="true")
            else:
                trade.bulk(noun.name, "email", drafts[place])
            owed += 100 * counted
            sums = {owner: {member: owed}} if member else {}
            trade.must(watch.moved(**{f"bill{place}": sent}, **sums), after=f"e-mailing {what}")
            mails = trade.feed("outbox", last)
            got = sorted(address for mail in mails for address in mail["to"])
            assert got == addresses, f"written to, e-mailing {what}: got {got}, wanted {addresses}"
            last = max(mail["number"] for mail in mails)
        trade.bulk(noun.name, "delete", drafts[1])
        trade.bulk(noun.name, "email", drafts[1])
        trade.must(watch.moved(bill1={"is_deleted": True}), after="e-mailing of a deleted bill")
        assert not trade.feed("outbox", last), "a deleted bill was e-mailed"
