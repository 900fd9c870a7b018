"""Stock moves when it is meant to: an order that is received adds its quantities once, an update of a product only when
it says so, and an invoice of a company that does not track its stock not at all."""

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
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "update", "bulk", facts=("fields.in_stock_quantity",)),
]


def test_stock_follows_what_is_bought_and_billed(target: Target, spec: Spec, noun: Noun) -> None:
    with target.world() as client:
        trade = Trade(client, spec)
        stock = Stock(trade, noun.name)
        trade.change(noun.name, stock.ids[0], {"in_stock_quantity": 7})
        stock.moved("an update that does not say that the stock is meant")
        trade.change(noun.name, stock.ids[1], {"in_stock_quantity": 90}, update_in_stock_quantity="true")
        stock.moved("an update of the stock", 0, -10)
        order = trade.make("purchase_order", {"line_items": stock.lines(5, 0, 7)})["id"]
        stock.moved("a purchase order")
        for what, changes in (("an order that is received", (5, 0, 7)), ("receiving it twice", ())):
            trade.bulk("purchase_order", "add_to_inventory", order)
            stock.moved(what, *changes)
        if trade.company()["track_inventory"]:
            return
        link, _, record = trade.party("invoice")
        free = trade.make("invoice", {link: record["id"], "line_items": stock.lines(50, 50, 50)})["id"]
        stock.moved("an invoice of a company that does not track its stock")
        trade.bulk("invoice", "delete", free)
        stock.moved("its deletion")
