"""Which field a column of a file looks like: by kind and label, by label, by kind, each field given away once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SQUEEZED = re.compile(r"[^a-z0-9]+")


def squeezed(text: str) -> str:
    """Small letters and digits alone: `Client Name`, `client_name` and `client.name` are the same."""
    return SQUEEZED.sub("", text.lower())


def hints(headers: Sequence[str], fields: Sequence[str]) -> list[int | None]:
    """For each header the place in `fields` of the one that it looks like; None when it looks like none."""
    found: list[int | None] = [None] * len(headers)
    taken: set[int] = set()
    passes: tuple[Callable[[str, str, str], bool], ...] = (
        lambda header, kind, label: header == kind + label,
        lambda header, kind, label: header == label,
        lambda header, kind, label: kind + label in header,
        lambda header, kind, label: label in header,
        lambda header, kind, label: kind in header,
    )
    words = [tuple(map(squeezed, field.removesuffix("_id").split(".", 1))) for field in fields]
    for fits in passes:
        for column, header in enumerate(map(squeezed, headers)):
            if found[column] is not None or not header:
                continue
            for place, (kind, label) in enumerate(words):
                if place not in taken and fits(header, kind, label):
                    found[column] = place
                    taken.add(place)
                    break
    return found
