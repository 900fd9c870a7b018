"""All planted faults, and the variants of a healthy server that nobody may complain about."""

from __future__ import annotations

from tests.planted import (
    business,
    protocol,
    shape,
    side_effects,
    state_lists,
    state_reach,
    state_values,
    state_writes,
    totals,
)
from tests.planted.benign import VARIANTS
from tests.planted.fault import LAYERS, Fault

FAULTS: tuple[Fault, ...] = (
    *shape.FAULTS,
    *protocol.FAULTS,
    *state_writes.FAULTS,
    *state_values.FAULTS,
    *state_lists.FAULTS,
    *state_reach.FAULTS,
    *business.FAULTS,
    *totals.FAULTS,
    *side_effects.FAULTS,
)


def chosen(layers: list[str], only: list[str]) -> list[Fault]:
    """Faults of the layers whose names hold one of the texts. Raises ValueError when there are none."""
    if unknown := set(layers) - set(LAYERS):
        raise ValueError(f"got layer {', '.join(sorted(unknown))}, wanted some of {', '.join(LAYERS)}")
    found = [each for each in FAULTS if not layers or each.layer in layers]
    found = [each for each in found if not only or any(text in each.name for text in only)]
    if not found:
        raise ValueError(f"got {', '.join(only)}, wanted a part of a name from `python -m tests.planted list`")
    return found


def named(name: str) -> Fault | None:
    """The fault or variant of that name; None for the healthy server. Raises ValueError."""
    if name == "healthy":
        return None
    for each in (*FAULTS, *VARIANTS):
        if each.name == name:
            return each
    raise ValueError(f"got {name!r}, wanted a name from `python -m tests.planted list`, or healthy")
