"""Stock of products: invoices take from it where the company tracks it, and give it back (R-EP-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.mail.mailing import mail_user
from mockserver.derive.line_items import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.draft import Draft
    from mockserver.store.table import Data

MOST_UNITS = 2**31 - 1
ALWAYS = frozenset({"all_notifications", "inventory_all", "inventory_threshold_all"})
OWN = frozenset({"all_user_notifications", "inventory_user", "inventory_threshold_user"})
"""Words for which a user hears of every product, or of those that are the user's own."""


def sell(draft: Draft, invoice: Data, before: Sequence[Data] = ()) -> None:
    """Take what an invoice sells out of the stock, but for what the lines before have taken already."""
    move(draft, invoice, sold=invoice["line_items"], returned=before)


def take_back(draft: Draft, invoice: Data) -> None:
    """Put what an invoice sold back into the stock."""
    move(draft, invoice, sold=(), returned=invoice["line_items"])


def move(draft: Draft, invoice: Data, *, sold: Sequence[Data], returned: Sequence[Data]) -> None:
    """Change the stock of each product that lines name; it may fall below zero. Only who tracks stock has it moved."""
    if not draft.company["track_inventory"] or invoice["is_proforma"]:
        return
    units: dict[str, int] = {}
    for lines, sign in ((returned, 1), (sold, -1)):
        for line in lines:
            if line["type_id"] == PRODUCT and line["product_key"]:
                units[line["product_key"]] = units.get(line["product_key"], 0) + sign * within(line["quantity"])
    for key, count in units.items():
        product = product_of(draft, key)
        if product is not None and count:
            left = within(product["in_stock_quantity"] + count)
            product = draft.patch("product", product["id"], {"in_stock_quantity": left})
            if count < 0 and is_low(draft, product):
                announce(draft, product)


def within(quantity: float) -> int:
    """Whole units, no more than the column holds."""
    return int(max(-MOST_UNITS, min(quantity, MOST_UNITS)))


def product_of(draft: Draft, key: str) -> Data | None:
    """The oldest product of the company with that key which is not deleted."""
    table = draft.table("product")
    found = table.some(table.find(key, "product_key", company=draft.company_row))
    return next((each.data for each in found if not each.data["is_deleted"]), None)


def is_low(draft: Draft, product: Data) -> bool:
    """Whether so little is left that somebody is to be told: by the product's own threshold or else the company's."""
    threshold = product["stock_notification_threshold"] or draft.company["inventory_notification_threshold"]
    told = draft.company["stock_notification"] and product["stock_notification"]
    return bool(told and threshold and product["in_stock_quantity"] <= threshold)


def announce(draft: Draft, product: Data) -> None:
    """E-mail the users who want to hear of low stock."""
    for address in addresses(draft, product):
        subject = f"Low stock of {product['product_key']}"
        mail_user(draft, "low_stock", address, subject, f"{product['in_stock_quantity']} left.", about="product")


def addresses(draft: Draft, product: Data) -> Iterator[str]:
    """Addresses of the members whose notifications by e-mail cover the stock of a product."""
    for member in draft.find("company_user", draft.company["id"], "company_id"):
        words = wanted(member["notifications"])
        own = member["user_id"] in (product["user_id"], product["assigned_user_id"])
        user = draft.get("user", member["user_id"])
        if user is not None and not member["archived_at"] and (words & ALWAYS or (own and words & OWN)):
            yield user["email"]


def wanted(notifications: Any) -> set[str]:
    """The events that a user is told of by e-mail; none when the setting is not of the documented form."""
    listed = notifications.get("email") if isinstance(notifications, dict) else None
    return {each for each in listed if isinstance(each, str)} if isinstance(listed, list) else set()
