"""Where a company tracks its stock an invoice takes what it bills, an edit takes the difference, a deletion gives back
and a restoration takes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.trade.calls import Trade

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
        keys = [f"{client.tag}-tracked-{n}" for n in "123"]
        ids = [trade.make(noun.name, {"product_key": key, "in_stock_quantity": 100})["id"] for key in keys]
        link, _, record = trade.party("invoice")
        wanted = [100, 100, 100]

        def move(what: str, *changes: int) -> None:
            for place, change in enumerate(changes):
                wanted[place] += change
            got = [trade.show(noun.name, hashed)["in_stock_quantity"] for hashed in ids]
            assert got == wanted, f"after {what}: stock of three products: got {got}, wanted {wanted}"

        def of(*quantities: int) -> list[dict[str, int | str]]:
            rows = zip(keys, quantities, strict=True)
            return [{"product_key": key, "quantity": each, "cost": 1} for key, each in rows]

        invoice = trade.make("invoice", {link: record["id"], "line_items": of(1, 2, 30)})["id"]
        move("an invoice", -1, -2, -30)
        trade.change("invoice", invoice, {"line_items": of(1, 2, 10)})
        move("an edit of the third line", 0, 0, 20)
        trade.change("invoice", invoice, {"line_items": of(4, 2, 10)})
        move("a second edit", -3)
        trade.change("invoice", invoice, {"po_number": "7"})
        move("an edit of no line")
        trade.bulk("invoice", "mark_sent", invoice)
        move("sending")
        trade.bulk("invoice", "delete", invoice)
        move("a deletion", 4, 2, 10)
        trade.bulk("invoice", "restore", invoice)
        move("a restoration", -4, -2, -10)
