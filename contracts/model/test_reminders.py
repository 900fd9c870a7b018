"""A reminder goes out on its day and once: the day is noted, its fee is a line more, and the client owes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, Watch, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "sends"),
    pytest.mark.nouns("create", "show", facts=("bill.reminds", "bill.settles", "fields.reminder1_sent")),
]


def test_a_reminder_goes_out_once(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        first = {"enable_reminder1": True, "schedule_reminder1": "after_due_date", "num_days_reminder1": 3}
        second = {"enable_reminder2": True, "schedule_reminder2": "after_due_date", "num_days_reminder2": 10}
        trade.settings(**first, **second, late_fee_amount1=5, late_fee_percent2=10)
        link, owner, record = trade.party(noun.name, contacts=[{"email": "ann@example.com"}])
        body = {link: record["id"], "date": "2026-01-20", "due_date": "2026-01-31"}
        bill = trade.make(noun.name, {**body, "line_items": lines(40, 60)}, mark_sent="true")["id"]
        paid = trade.make(noun.name, {**body, "line_items": lines(9)}, paid="true")["id"]
        watch = Watch(trade, bill=(noun.name, bill), paid=(noun.name, paid), **{owner: (owner, record["id"])})
        last = trade.last("outbox")
        for day, sent, rows, owed in (
            ("2026-02-02", ["", ""], 2, 100),
            ("2026-02-04", ["2026-02-03", ""], 3, 105),
            ("2026-02-09", ["2026-02-03", ""], 3, 105),
            ("2026-02-11", ["2026-02-03", "2026-02-10"], 4, 115.5),
            ("2026-04-30", ["2026-02-03", "2026-02-10"], 4, 115.5),
        ):
            trade.clock(set=f"{day}T12:00:00Z")
            shown = trade.show(noun.name, bill)
            got = [shown[f"reminder{n}_sent"] for n in (1, 2)]
            assert got == sent, f"days of the reminders on {day}: got {got}, wanted {sent}"
            count = len(shown["line_items"])
            assert count == rows, f"lines on {day}: got {count}, wanted {rows}"
            trade.must(watch.moved(bill={"amount": owed, "balance": owed}, **{owner: {"balance": owed}}), after=day)
        # statements, which are about the owner, may be planned by a schedule that was there before
        mails = [mail for mail in trade.feed("outbox", last) if "ann@example.com" in mail["to"]]
        told = [mail["id"] for mail in mails if mail["entity"] != owner]
        names = {bill: "the bill", paid: "the paid bill"}
        got = [names.get(each, each) for each in told]
        assert told == [bill, bill], f"e-mails of two reminders: got {got}, wanted 2 about the bill"
