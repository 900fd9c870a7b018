"""What is found inside JSON values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


def texts(value: Any) -> list[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts(part)]


def numbers(value: Any) -> list[float]:
    """All numbers in a JSON value."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [number for part in parts for number in numbers(part)]


def changed_texts(body: dict[str, Any], change: Callable[[str], str]) -> None:
    """Change the texts of an object, those in its lists left alone."""
    body.update({name: change(value) for name, value in body.items() if isinstance(value, str)})
