"""Numbers of records: pattern, counter, padding from the settings; the counter moves with the record (R-NUM-*)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mockserver.derive.numbers import (
    NumberContext,
    advance_reset,
    counter_key,
    counter_owner,
    format_number,
    next_number,
)  # fmt: skip

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

DRAFT = "1"
DIGITS = re.compile(r"[0-9]{1,18}")


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


def context_of(draft: Draft, entity: Entity, client: Data | None, data: Data) -> NumberContext:
    """What the tokens of a pattern may speak of, for one record."""
    caller = draft.caller
    return NumberContext(
        now=draft.now,
        zone=draft.zone,
        user_id=caller.user.row if caller is not None else 0,
        user=caller.user.data if caller is not None else {},
        client=client or {},
        vendor=draft.behind(entity, data, "vendor") or {},
        record=data,
    )


def number_of_source(draft: Draft, entity: Entity, data: Data, source_entity: Entity, source: Data) -> str:
    """The number with the counter of the record that this one is made from, where both share a counter (R-STAT-21).

    "" when they don't, when the source's number doesn't fit its pattern, or when the number is taken.
    """
    client = draft.get("client", data["client_id"])
    facts, source_facts = entity.number or {}, source_entity.number or {}
    if not any(draft.setting(switch, client) for switch in source_facts.get("shared", ())):
        return ""
    padding = int(draft.setting("counter_padding", client) or 4)
    pattern, source_pattern = (str(draft.setting(each["pattern"], client) or "") for each in (facts, source_facts))
    context = context_of(draft, source_entity, client, source)
    for digits in DIGITS.findall(source["number"]):
        counter = int(digits)
        if format_number(source_pattern, padding, counter, context) == source["number"]:
            number = format_number(pattern, padding, counter, context_of(draft, entity, client, data))
            return "" if draft.taken(entity.name, "number", number) else number
    return ""


def assign_number(draft: Draft, entity: Entity, data: Data, *, prefix: str = "") -> None:
    """Fill `number` when it is due and empty, with `prefix` in front; the counter is stored one further."""
    if not due(draft, entity, data):
        return
    facts = entity.number
    assert facts is not None
    client = draft.behind(entity, data, "client")
    settings: dict[str, Any] = draft.company["settings"]
    reset = advance_reset(settings, draft.today)
    if reset:
        settings = {**settings, **reset}
    pattern = str(draft.setting(facts["pattern"], client) or "")
    padding = int(draft.setting("counter_padding", client) or 4)
    own = client is not None and client is not data and counter_owner(pattern) == "client"
    holder: dict[str, Any] = client["settings"] if own and client is not None else settings
    key = facts["counter"] if own else counter_key(entity.name, settings)
    counter = int(holder.get(key, 1) or 1)
    context = context_of(draft, entity, client, data)
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
