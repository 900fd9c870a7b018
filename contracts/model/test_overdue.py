"""A bill is late from the day after it is due, not before: the words of the filters say so, and its event is told once;
a draft, what is paid, and what is due later never are. A deposit that is late counts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, lines

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "list", facts=("filters.client_status.words.overdue", "events.late")),
]


def test_a_bill_is_late_the_day_after(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        link, _, record = trade.party(noun.name)
        body = {link: record["id"], "line_items": lines(100), "date": "2026-01-20"}
        sent = {"mark_sent": "true"}
        asked = {"partial": 30, "partial_due_date": "2026-01-25"}
        ids = {
            "month end": trade.make(noun.name, {**body, "due_date": "2026-01-31"}, **sent)["id"],
            "deposit": trade.make(noun.name, {**body, **asked, "due_date": "2026-03-01"}, **sent)["id"],
            "later": trade.make(noun.name, {**body, "due_date": "2026-02-10"}, **sent)["id"],
            "draft": trade.make(noun.name, {**body, "due_date": "2026-01-31"})["id"],
            "paid": trade.make(noun.name, {**body, "due_date": "2026-01-31"}, paid="true")["id"],
        }

        def late(day: str, *wanted: str) -> None:
            trade.clock(set=f"{day}T12:00:00Z")
            found = {row["id"] for row in trade.rows(noun.name, client_status="overdue", **{link: record["id"]})}
            got = sorted(name for name, hashed in ids.items() if hashed in found)
            assert got == sorted(wanted), f"overdue on {day}: got {got}, wanted {sorted(wanted)}"
            told = [each["id"] for each in trade.feed("events") if each["event_id"] == noun.facts["events"]["late"]]
            twice = sorted(name for name, hashed in ids.items() if told.count(hashed) > 1)
            assert not twice, f"events of late bills up to {day}: told more than once of {twice}"
            lacking = sorted(name for name in wanted if ids[name] not in told and name != "deposit")
            assert not lacking, f"events of late bills up to {day}: not told of {lacking}"

        late("2026-01-24")
        late("2026-01-26", "deposit")
        late("2026-01-30", "deposit")
        late("2026-02-01", "deposit", "month end")
        late("2026-02-12", "deposit", "month end", "later")
        trade.bulk(noun.name, "mark_paid", ids["month end"])
        late("2026-02-13", "deposit", "later")
        status = trade.show(noun.name, ids["later"])["status_id"]
        assert status == noun.facts["moves"]["mark_sent"]["to"], f"status of what is late: got {status}"
