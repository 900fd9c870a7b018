"""A quote expires the day after its last day: the filters say so and its event is told once, its state stays; one that
was approved or is a draft does not expire."""

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
    pytest.mark.nouns("create", "list", facts=("moves.approve", "events.expired")),
]


def test_a_quote_expires_the_day_after(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        link, _, record = trade.party(noun.name)
        body = {link: record["id"], "line_items": lines(100), "date": "2026-01-20", "due_date": "2026-01-31"}
        sent, approved = (trade.make(noun.name, body, mark_sent="true")["id"] for _ in range(2))
        draft = trade.make(noun.name, body)["id"]
        trade.bulk(noun.name, "approve", approved)
        names = {sent: "sent", approved: "approved", draft: "draft"}
        event = noun.facts["events"]["expired"]
        for day, wanted in (("2026-01-30", []), ("2026-02-01", ["sent"]), ("2026-03-31", ["sent"])):
            trade.clock(set=f"{day}T12:00:00Z")
            rows = {row["id"] for row in trade.rows(noun.name, client_status="expired")}
            got = [name for hashed, name in names.items() if hashed in rows]
            assert got == wanted, f"expired on {day}: got {got}, wanted {wanted}"
            events = [each["id"] for each in trade.feed("events") if each["event_id"] == event]
            told = [names[hashed] for hashed in events if hashed in names]
            assert told == wanted, f"events of expired quotes up to {day}: got {told}, wanted {wanted}"
        status = trade.show(noun.name, sent)["status_id"]
        assert status == noun.facts["moves"]["mark_sent"]["to"], f"status of what expired: got {status}"
