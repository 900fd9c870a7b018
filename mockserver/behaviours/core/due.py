"""What falls due as time passes: one kind a function, which says when a record is due and does what is due then.

    when(draft, data, after) -> int | None     the first moment after `after` (unix seconds) at which the service's job
                                               acts on the record as it is now; None when it does not
    run(draft, entity, data) -> dict           acts, at draft.now; tells what came of it

The job's caller is a user of the record's company. `woken` names entities whose changes can make a record due, with
their field that holds its id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data

    When = Callable[[Draft, Data, int], int | None]
    Run = Callable[[Draft, Entity, Data], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of what falls due, for the records of one entity."""

    name: str
    entity: str
    when: When
    run: Run
    woken: Mapping[str, str] = field(default_factory=dict)


TICK = 600
"""Seconds: all moments at which a job of the service acts are multiples of it."""
DUES: dict[str, Due] = {}


def falls_due(name: str, entity: str, when: When, *, woken: Mapping[str, str] | None = None) -> Callable[[Run], Run]:
    """Register what is done to a record that is due; a second one of the same name is refused."""

    def keep(function: Run) -> Run:
        if name in DUES:
            raise ValueError(f"got a second kind of due named {name!r}, wanted one: rename one of them")
        DUES[name] = Due(name, entity, when, function, woken or {})
        return function

    return keep


def works(draft: Draft, data: Data) -> bool:
    """Whether jobs look at the record at all: it is live, and its company is not switched off."""
    return not data["is_deleted"] and not data["archived_at"] and not draft.company["is_disabled"]


def client_works(draft: Draft, data: Data) -> bool:
    """As `works`, and its client is live too."""
    client = draft.get("client", data["client_id"])
    return works(draft, data) and client is not None and not client["is_deleted"] and not client["archived_at"]


def send_hour(draft: Draft, client: Data | None = None) -> tuple[int, int]:
    """The hour at which documents go out, and how many seconds the company's zone is ahead, whatever the season."""
    zone = draft.document.statics.row("timezones", str(draft.company["settings"].get("timezone_id") or ""))
    return int(draft.setting("entity_send_time", client) or 0), int(zone.get("utc_offset", 0))


def reached(draft: Draft, day: str) -> str:
    """Today, or the day that the job is for: with a send time of 0 it runs while it is still yesterday in the west."""
    return max(draft.today, day[:10])


def job_request(draft: Draft, entity: Entity, action: str, hashed: str) -> Request:
    """What a job asks for, as a bulk call with one id would."""
    operation = next(
        each for each in draft.document.operations.values() if each.entity is entity and each.behaviour == "bulk"
    )
    body = {"action": action, "ids": [hashed]}
    return Request(operation, "POST", operation.path, parameters={}, query={}, headers={}, body=body)
