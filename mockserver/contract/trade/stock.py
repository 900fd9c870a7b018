"""Three products whose stock a test follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockserver.contract.trade.calls import Trade

FULL = 100


class Stock:
    """Products of one noun, a hundred of each at first, and how many there should be by now."""

    def __init__(self, trade: Trade, noun: str) -> None:
        self._trade, self._noun = trade, noun
        self.keys = [f"{trade.client.tag}-stock-{n}" for n in "123"]
        self.ids = [trade.make(noun, {"product_key": key, "in_stock_quantity": FULL})["id"] for key in self.keys]
        self.wanted = [FULL] * len(self.keys)

    def moved(self, what: str, *changes: int) -> None:
        """Raise AssertionError unless the stock has changed by just this since the last look."""
        for place, change in enumerate(changes):
            self.wanted[place] += change
        got = [self._trade.show(self._noun, hashed)["in_stock_quantity"] for hashed in self.ids]
        assert got == self.wanted, f"after {what}: stock of three products: got {got}, wanted {self.wanted}"

    def lines(self, *quantities: int) -> list[dict[str, Any]]:
        """Lines of a document with so many of each product."""
        rows = zip(self.keys, quantities, strict=True)
        return [{"product_key": key, "quantity": each, "cost": 1} for key, each in rows]
