"""Is what was read what was written? Numbers are compared as they are written, not as floats."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def exact(value: Any) -> Fraction:
    """A JSON number as it is written."""
    return Fraction(str(value))


def differences(sent: Any, got: Any, where: str = "") -> list[str]:
    """Where what is read is not what was written. Objects may hold more than was sent; lists may not."""
    if isinstance(sent, bool) or sent is None or isinstance(sent, str):
        return [] if got == sent and type(got) is type(sent) else [f"{where}: sent {sent!r}, read {got!r}"]
    if isinstance(sent, (int, float)):
        same = isinstance(got, (int, float)) and not isinstance(got, bool) and exact(got) == exact(sent)
        return [] if same else [f"{where}: sent {sent!r}, read {got!r}"]
    if isinstance(sent, dict):
        if not isinstance(got, dict):
            return [f"{where}: sent an object, read {got!r}"]
        return [found for name, value in sent.items() for found in differences(value, got.get(name), f"{where}/{name}")]
    if not isinstance(got, list) or len(got) != len(sent):
        return [f"{where}: sent {len(sent)} entries, read {got!r}"]
    return [
        found
        for place, (left, right) in enumerate(zip(sent, got, strict=True))
        for found in differences(left, right, f"{where}/{place}")
    ]
