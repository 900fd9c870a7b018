"""Numbers of records: pattern, counter, padding from the settings; the counter moves with the record (R-NUM-*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.numbers import NumberContext, advance_reset, counter_key, counter_owner, next_number

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

DRAFT = "1"


def due(draft: Draft, entity: Entity, data: Data) -> bool:
    """Whether the record gets its number now: at once, or from sending on (R-NUM-7)."""
    if entity.number is None or data.get("number"):
        return False
    if entity.number["applied"] == "saved":
        return True
    client = draft.get("client", data.get("client_id", ""))
    if draft.setting("counter_number_applied", client) != "when_sent":
        return True
    sent = entity.number.get("statuses")
    return data["status_id"] in sent if sent else bool(data["status_id"] != DRAFT)


def assign_number(draft: Draft, entity: Entity, data: Data, *, prefix: str = "") -> None:
    """Fill `number` when it is due and empty, with `prefix` in front; the counter is stored one further."""
    if not due(draft, entity, data):
        return
    facts = entity.number
    assert facts is not None
    client = data if entity.name == "client" else draft.get("client", data.get("client_id", ""))
    settings: dict[str, Any] = draft.company["settings"]
    reset = advance_reset(settings, draft.today)
    if reset:
        settings = {**settings, **reset}
    pattern = str(draft.setting(facts["pattern"], client) or "")
    padding = int(draft.setting("counter_padding", client) or 4)
    own = client is not None and entity.name != "client" and counter_owner(pattern) == "client"
    holder: dict[str, Any] = client["settings"] if own and client is not None else settings
    key = facts["counter"] if own else counter_key(entity.name, settings)
    counter = int(holder.get(key, 1) or 1)
    caller = draft.caller
    context = NumberContext(
        now=draft.now,
        zone=draft.zone,
        user_id=caller.user.row if caller is not None else 0,
        user=caller.user.data if caller is not None else {},
        client=client or {},
        vendor=draft.get("vendor", data.get("vendor_id") or "") or {},
        record=data,
    )
    number, counter = next_number(
        pattern,
        padding,
        counter,
        context,
        taken=lambda candidate: draft.taken(entity.name, "number", candidate),
        suffix=lambda: draft.text(entity.name, "number", 5),
        prefix=prefix,
    )
    data["number"] = number
    if own and client is not None:
        draft.patch("client", client["id"], {"settings": {**holder, key: counter}}, touch=False)
        if reset:
            draft.patch("company", draft.company["id"], {"settings": settings}, touch=False)
    else:
        draft.patch("company", draft.company["id"], {"settings": {**settings, key: counter}}, touch=False)
