"""Days on which a recurring expense will make expenses (R-TRIG-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.computed import computed
from mockserver.derive.dates import advance

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDLESS = -1
SHOWN = 10
"""Days that are told of a template without an end."""
MOST = 500
COMPLETED = "4"


@computed
def recurring_expense_dates(
    record: Mapping[str, Any], _related: Mapping[str, Any], _base_url: str
) -> list[dict[str, str]]:
    """{send_date} of what the template will still make: all of it, or ten when there is no end."""
    day, cycles = str(record["next_send_date"])[:10], int(record["remaining_cycles"])
    found: list[dict[str, str]] = []
    while day and record["status_id"] != COMPLETED and len(found) < (SHOWN if cycles == ENDLESS else min(cycles, MOST)):
        found.append({"send_date": day})
        day = advance(day, str(record["frequency_id"]))
    return found
