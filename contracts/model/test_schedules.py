"""A schedule runs on its day and plans the next one: what it sends goes out once a run; a paused one does not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, unlike

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "sends"),
    pytest.mark.nouns("create", "show", facts=("fields.next_run", "fields.is_paused")),
]


def test_a_schedule_runs_on_its_day(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        ann, bob = "ann@example.com", "bob@example.com"
        reader, _ = (trade.make("client", {"contacts": [{"email": each}]})["id"] for each in (ann, bob))
        body = {
            "template": "email_statement",
            "frequency_id": "5",
            "next_run": "2026-01-31",
            "parameters": {"date_range": "last_month", "clients": [reader]},
        }
        runs = trade.make(noun.name, body)["id"]
        paused = trade.make(noun.name, {**body, "is_paused": True})["id"]
        last = trade.last("outbox")
        for day, following, count in (
            ("2026-01-30", "2026-01-31", 0),
            ("2026-02-01", "2026-02-28", 1),
            ("2026-02-27", "2026-02-28", 1),
            ("2026-03-01", "2026-03-28", 2),
        ):
            trade.clock(set=f"{day}T12:00:00Z")
            trade.must(unlike({"next_run": following}, trade.show(noun.name, runs), "the schedule"), after=day)
            # a schedule that was there before, and is for all clients, writes to bob as well
            sent = [address for mail in trade.feed("outbox", last) for address in mail["to"]]
            got = sent.count(ann) - sent.count(bob)
            assert got == count, (
                f"statements sent to the client of the schedule alone, to {day}: got {got}, wanted {count}"
            )
        trade.must(unlike({"next_run": "2026-01-31"}, trade.show(noun.name, paused), "a paused schedule"))
