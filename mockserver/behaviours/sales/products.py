"""Products: stock is only moved when asked for, and the bulk tax category (R-VAL-21, R-BULK-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import action, hook

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@hook("product_keep_stock")
def product_keep_stock(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """An update leaves in_stock_quantity alone unless update_in_stock_quantity=true."""
    if not request.flag("update_in_stock_quantity") and request.record is not None:
        data["in_stock_quantity"] = request.record.data["in_stock_quantity"]


@action("set_tax_id")
def set_tax_id(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: write the tax category."""
    draft.patch(entity.name, data["id"], {"tax_id": str(request.input("tax_id"))})
