"""Repeats within a second that the service refuses (R-BULK-7, protocol of 5.12).

Guards are off unless the world asks for them: they depend on real time, and a test suite that fires quickly
would trip over them. `--guards` switches them on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.document.model import Entity
    from mockserver.draft import Draft


def refuse_repeat(draft: Draft, entity: Entity, kind: str, key: tuple[str, ...], *, rows: int = 1) -> None:
    """Raise Refused when the same call came within the seconds that the facts name."""
    facts = entity.facts.get("guards", {}).get(kind)
    if facts is None or not draft.world.guards:
        return
    seconds = facts["seconds"]
    longest = facts.get("longer", {}).get(key[0], 0)
    if longest:
        seconds = min(rows, longest)
    if draft.world.seen_within((entity.name, kind, draft.company_row, key), seconds):
        diagnosis = Diagnosis("request", "repeat", key[0], f"another call, or {seconds} s of patience")
        raise Refused("duplicate", "Duplicate request", diagnoses=(diagnosis,))
