"""Payment links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_link_sells_a_product_in_steps(shop: Shop) -> None:
    """testSubscriptionsPost."""
    body = {
        "name": "Monthly box",
        "product_ids": shop.product()["id"],
        "allow_cancellation": True,
        "steps": "cart,auth.login-or-register",
    }
    made = record(shop.post("subscriptions", body))
    assert {name: made[name] for name in body} == body
