"""Lines of bills are written back to the products that they name, where the company wants that (R-EP-55)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.behaviours.bills.billing import currency
from mockserver.derive.line_items import PRODUCT

if TYPE_CHECKING:
    from mockserver.draft import Draft
    from mockserver.store.table import Data

KEYWORDS = re.compile(":(?:MONTH|YEAR|QUARTER|WEEK)", re.IGNORECASE)
CUSTOM = tuple(f"custom_value{n}" for n in (1, 2, 3, 4))


def write_back(draft: Draft, bill: Data, client: Data | None) -> None:
    """Give products the price and notes of the lines that name them; a product that is missing is made, quietly.

    Not for a client of another currency, nor for a bill over tasks or expenses.
    """
    if not draft.company["update_products"] or currency(draft, client) != currency(draft, None):
        return
    lines = bill["line_items"]
    if any(line.get("task_id") or line.get("expense_id") for line in lines):
        return
    for line in lines:
        if line["type_id"] == PRODUCT and line["product_key"]:
            keep(draft, bill, line)


def keep(draft: Draft, bill: Data, line: Data) -> None:
    """Bring one product in line; one whose notes hold a keyword stays as it is. Deleted ones count too."""
    found = draft.table("product").find(line["product_key"], "product_key", company=draft.company_row)
    known = next(iter(draft.table("product").some(found)), None)
    told: dict[str, Any] = {"notes": line["notes"], "price": line["cost"], "user_id": bill["user_id"]}
    told |= {name: bill[name] for name in ("project_id", "vendor_id")}
    told |= {name: line[name] for name in CUSTOM if line[name]}
    if known is None:
        named = {"product_key": line["product_key"], "quantity": line["quantity"]}
        draft.put("product", {**draft.blank("product"), "company_id": draft.company["id"], **named, **told})
    elif not KEYWORDS.search(known.data["notes"]) and any(known.data[name] != told[name] for name in told):
        draft.patch("product", known.data["id"], told)
