"""Stock moves when it is meant to: an order that is received adds its quantities once, an update of a product only when
it says so, and an invoice of a company that does not track its stock not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade

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
        keys = [f"{client.tag}-stock-{n}" for n in "123"]
        ids = [trade.make(noun.name, {"product_key": key, "in_stock_quantity": 100})["id"] for key in keys]
        wanted = [100.0, 100.0, 100.0]

        def move(what: str, *changes: float) -> None:
            for place, change in enumerate(changes):
                wanted[place] += change
            got = [trade.show(noun.name, hashed)["in_stock_quantity"] for hashed in ids]
            assert got == wanted, f"after {what}: stock of three products: got {got}, wanted {wanted}"

        def of(*quantities: float) -> list[dict[str, float | str]]:
            rows = zip(keys, quantities, strict=True)
            return [{"product_key": key, "quantity": each, "cost": 1} for key, each in rows]

        trade.change(noun.name, ids[0], {"in_stock_quantity": 7})
        move("an update that does not say that the stock is meant")
        trade.change(noun.name, ids[1], {"in_stock_quantity": 90}, update_in_stock_quantity="true")
        move("an update of the stock", 0, -10)
        order = trade.make("purchase_order", {"line_items": of(5, 0, 7)})["id"]
        move("a purchase order")
        for what, changes in (("an order that is received", (5, 0, 7)), ("receiving it twice", ())):
            trade.bulk("purchase_order", "add_to_inventory", order)
            move(what, *changes)
        if trade.company()["track_inventory"]:
            return
        link, _, record = trade.party("invoice")
        free = trade.make("invoice", {link: record["id"], "line_items": of(50, 50, 50)})["id"]
        move("an invoice of a company that does not track its stock")
        trade.bulk("invoice", "delete", free)
        move("its deletion")
