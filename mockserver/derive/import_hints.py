"""Which field a column of a file looks like: by kind and label, by label, by kind, each field given away once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SQUEEZED = re.compile(r"[^a-z0-9]+")


def squeezed(text: str) -> str:
    """Small letters and digits alone: `Client Name`, `client_name` and `client.name` are the same."""
    return SQUEEZED.sub("", text.lower())


WHOLE, LABEL, KIND = range(3)
PASSES = ((WHOLE, True), (LABEL, True), (WHOLE, False), (LABEL, False), (KIND, False))
"""What of a field is looked for in a header, and whether it must be all of it; the first pass that finds one wins."""


def hints(headers: Sequence[str], fields: Sequence[str]) -> list[int | None]:
    """For each header the place in `fields` of the one that it looks like; None when it looks like none."""
    found: list[int | None] = [None] * len(headers)
    taken: set[int] = set()
    words = [words_of(field) for field in fields]
    for part, whole in PASSES:
        for column, header in enumerate(map(squeezed, headers)):
            if found[column] is not None or not header:
                continue
            for place, names in enumerate(words):
                if place not in taken and (header == names[part] if whole else names[part] in header):
                    found[column] = place
                    taken.add(place)
                    break
    return found


def words_of(field: str) -> tuple[str, str, str]:
    """Kind and label together, label, kind: of `client.country_id` they are clientcountry, country and client."""
    kind, _, label = field.removesuffix("_id").partition(".")
    return squeezed(kind + label), squeezed(label), squeezed(kind)
