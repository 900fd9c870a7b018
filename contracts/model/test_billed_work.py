"""A line bills a task or an expense: the record is linked to the invoice, set free when its line goes, and set free
when the invoice is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade
from mockserver.contract.trade.special import line

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("bill.settles",)),
]


def test_a_line_bills_its_work(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, _, record = trade.party(noun.name)
        work = [trade.make("task", {link: record["id"]})["id"] for _ in range(2)]
        cost = trade.make("expense", {link: record["id"], "amount": 30})["id"]
        rows = [
            line(5),
            line(10, task_id=work[0], type_id="2"),
            line(30, expense_id=cost, type_id="6"),
            line(20, task_id=work[1], type_id="2"),
        ]
        first = trade.make(noun.name, {link: record["id"], "line_items": rows})["id"]

        def check(what: str, *wanted: str) -> None:
            places = [("task", work[0]), ("task", work[1]), ("expense", cost)]
            got = [trade.show(name, hashed)["invoice_id"] for name, hashed in places]
            assert got == list(wanted), (
                f"invoice_id of two tasks and an expense after {what}: got {got}, wanted {list(wanted)}"
            )

        check("an invoice with their lines", first, first, first)
        trade.change(noun.name, first, {"line_items": rows[:3]})
        check("an edit without the line of the second task", first, "", first)
        second = trade.make(noun.name, {link: record["id"], "line_items": rows[3:]})["id"]
        check("a second invoice", first, second, first)
        trade.bulk(noun.name, "delete", first)
        check("deletion of the first invoice", "", second, "")
