"""Tax rates: leaving the list takes them out of the company's default taxes too (R-LIFE-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.registry import action
from mockserver.behaviours.records.lifecycle import archive, delete

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@action("tax_rate_archive")
def tax_rate_archive(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: archive, and empty the defaults that are this tax."""
    archive(draft, entity, data, request)
    clear_defaults(draft, data)


@action("tax_rate_delete")
def tax_rate_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: mark as deleted, and empty the defaults that are this tax."""
    delete(draft, entity, data, request)
    clear_defaults(draft, data)


def clear_defaults(draft: Draft, rate: Data) -> None:
    """Empty name and rate of each default tax of the company that has the name and the rate."""
    company = draft.company
    settings = company["settings"]
    cleared: dict[str, object] = {}
    for n in (1, 2, 3):
        if settings.get(f"tax_name{n}") == rate["name"] and settings.get(f"tax_rate{n}") == rate["rate"]:
            cleared |= {f"tax_name{n}": "", f"tax_rate{n}": 0}
    if cleared:
        draft.patch("company", company["id"], {"settings": {**settings, **cleared}})
