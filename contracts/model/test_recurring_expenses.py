"""A recurring expense that was started makes an expense of its amounts at each of its dates, while it has cycles."""

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
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", facts=("triggers.start", "fields.tax_amount1", "fields.frequency_id")),
]


def test_a_template_makes_expenses_at_its_dates(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.clock(set="2026-01-20T12:00:00Z", freeze=True)
        vendor = trade.make("vendor")["id"]
        amounts = {"amount": 1_200_000.55, "tax_name1": "VAT", "tax_rate1": 19, "tax_amount3": 7}
        body = {"vendor_id": vendor, **amounts, "frequency_id": "5", "next_send_date": "2026-01-31"}
        made = trade.make(noun.name, {**body, "remaining_cycles": 2}, start="true")
        trade.make(noun.name, body)
        for day, wanted in (("2026-01-30", 0), ("2026-02-01", 1), ("2026-03-01", 2), ("2026-06-01", 2)):
            trade.clock(set=f"{day}T12:00:00Z")
            rows = trade.rows("expense", vendor_id=vendor)
            assert len(rows) == wanted, f"expenses on {day}: got {len(rows)}, wanted {wanted}"
            for row in rows:
                trade.must(unlike(amounts, row), after=day)
        done = {name: status for status, name in noun.facts["statuses"].items()}["completed"]
        trade.must(unlike({"status_id": done}, trade.show(noun.name, made["id"])), after="two cycles")
