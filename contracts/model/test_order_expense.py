"""A purchase order becomes one expense of its vendor, with its amount, its taxes apart; a second time makes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade, unlike
from mockserver.contract.trade.special import line, tax

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes"),
    pytest.mark.nouns("create", "show", "action", "bulk", facts=("bulk.expense",)),
]


def test_an_order_becomes_one_expense(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        link, _, record = trade.party(noun.name)
        lines = [line(10, 2), line(5), line(1_000_000, **tax(10))]
        for route, inside in (("bulk", False), ("action", True)):
            order = trade.make(noun.name, {link: record["id"], "line_items": lines, "uses_inclusive_taxes": inside})
            if route == "bulk":
                trade.bulk(noun.name, "expense", order["id"])
            else:
                trade.run(noun.name, "action", hashed=order["id"], action="expense")
            hashed = trade.show(noun.name, order["id"])["expense_id"]
            made = trade.show("expense", hashed)
            wanted = {
                "vendor_id": record["id"],
                "amount": order["amount"] - (0 if inside else order["total_taxes"]),
                "tax_amount1": order["total_taxes"],
                "calculate_tax_by_amount": True,
                "uses_inclusive_taxes": inside,
            }
            trade.must(unlike(wanted, made, "the expense"), after=f"expense of an order by {route}")
            count = len(trade.rows("expense", vendor_id=record["id"]))
            trade.ask(noun.operations["action"], hashed=order["id"], path={"action": "expense"}, want=(400, 422))
            again = len(trade.rows("expense", vendor_id=record["id"]))
            assert again == count, f"a second expense of the order: got {again - count} more, wanted none"
