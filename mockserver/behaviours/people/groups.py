"""Groups of clients: their settings are checked, and merged on an update (R-EP-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import hook
from mockserver.behaviours.core.settings import cast_settings, check_settings

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ENTITY = "App\\Models\\Client"


@hook("group_setting_input")
def group_setting_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """Settings of a wrong type are refused; anything but an object of settings counts as none."""
    settings = request.body.get("settings")
    if isinstance(settings, dict):
        check_settings(draft, settings, request)
    else:
        request.body.pop("settings", None)


@hook("group_setting_keep")
def group_setting_keep(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Known settings in the types that they are kept in, over those that are stored."""
    before: dict[str, Any] = request.record.data["settings"] if request.record is not None else {}
    sent = request.body.get("settings") or {}
    merged = {**before, **{key: value for key, value in sent.items() if value is not None}}
    data["settings"] = {"entity": ENTITY, **cast_settings(draft, merged)}
