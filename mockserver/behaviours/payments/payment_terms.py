"""Payment terms: the name follows the days, whatever is sent (R-WIRE-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import hook
from mockserver.derive.computed import payment_term_name

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@hook("payment_term_keep")
def payment_term_keep(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Store the name too, for the search."""
    data["name"] = payment_term_name(data, {}, "")
