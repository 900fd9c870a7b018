"""A template that was started makes a bill at each of its dates, the last day of a month too, as often as it has
cycles, and none while it is paused or a draft; each bill is of its lines, and its owner owes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, unlike
from mockserver.contract.trade.special import DOCUMENTS

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "sends"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill", "moves.send_now")),
]


def test_a_template_makes_bills_at_its_dates(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        link, owner, record = trade.party(noun.name, contacts=[{"email": "ann@example.com"}])
        document = DOCUMENTS["a quantity on the third line only"]
        body = {link: record["id"], **document, "frequency_id": "5", "next_send_date": "2026-01-31"}
        monthly = trade.make(noun.name, {**body, "remaining_cycles": 3}, start="true")
        weekly = trade.make(noun.name, {**body, "frequency_id": "2", "next_send_date": "2026-02-20"}, start="true")
        draft = trade.make(noun.name, body)
        paused = trade.make(noun.name, body, start="true")
        trade.bulk(noun.name, "stop", paused["id"])
        steps = {
            "2026-01-30": ([], []),
            "2026-02-01": (["2026-01-31"], []),
            "2026-03-01": (["2026-01-31", "2026-02-28"], ["2026-02-20", "2026-02-27"]),
            "2026-03-29": (
                ["2026-01-31", "2026-02-28", "2026-03-28"],
                ["2026-02-20", "2026-02-27", "2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"],
            ),
        }
        for day, wanted in steps.items():
            trade.clock(set=f"{day}T12:00:00Z")
            bills = trade.rows("invoice", **{link: record["id"]})
            for template, dates in ((monthly, wanted[0]), (weekly, wanted[1]), (draft, []), (paused, [])):
                mine = [bill for bill in bills if bill["recurring_id"] == template["id"]]
                got = sorted(bill["date"] for bill in mine)
                said = f"bills of a template that is due on {template['next_send_date'][:10]}"
                assert got == dates, f"{said}, on {day}: got {got}, wanted {dates}"
                for bill in mine:
                    trade.must(unlike({"amount": template["amount"]}, bill), after=day)
            owed = sum(bill["balance"] for bill in bills)
            trade.must(unlike({"balance": owed}, trade.show(owner, record["id"]), owner), after=day)
            due = sum(bill["amount"] for bill in bills if bill["status_id"] != "1")
            assert owed == due, f"what is open on bills that were sent on {day}: got {owed}, wanted {due}"
        done = {name: status for status, name in noun.facts["statuses"].items()}["completed"]
        trade.must(
            unlike({"status_id": done, "remaining_cycles": 0}, trade.show(noun.name, monthly["id"])),
            after="three cycles",
        )
