"""Where a company tracks its stock an invoice takes what it bills, an edit takes the difference, a deletion gives back
and a restoration takes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade
from mockserver.contract.trade.stock import Stock

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.ours,
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "update", "bulk", facts=("fields.in_stock_quantity",)),
]


def test_tracked_stock_follows_invoices(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        trade.configure(track_inventory=True)
        stock = Stock(trade, noun.name)
        link, _, record = trade.party("invoice")
        invoice = trade.make("invoice", {link: record["id"], "line_items": stock.lines(1, 2, 30)})["id"]
        stock.moved("an invoice", -1, -2, -30)
        trade.change("invoice", invoice, {"line_items": stock.lines(1, 2, 10)})
        stock.moved("an edit of the third line", 0, 0, 20)
        trade.change("invoice", invoice, {"line_items": stock.lines(4, 2, 10)})
        stock.moved("a second edit", -3)
        trade.change("invoice", invoice, {"po_number": "7"})
        stock.moved("an edit of no line")
        trade.bulk("invoice", "mark_sent", invoice)
        stock.moved("sending")
        trade.bulk("invoice", "delete", invoice)
        stock.moved("a deletion", 4, 2, 10)
        trade.bulk("invoice", "restore", invoice)
        stock.moved("a restoration", -4, -2, -10)
