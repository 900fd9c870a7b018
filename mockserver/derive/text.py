"""Texts as the service keeps them."""

from __future__ import annotations

from hashlib import blake2b

_MARKUP = ("</sc", "onerror", "prompt(", "alert(")


def clean_text(text: str) -> str:
    """The text with its script fragments replaced by `<-` (R-WIRE-50)."""
    for fragment in _MARKUP:
        if fragment in text:
            text = text.replace(fragment, "<-")
    return text


def as_text(value: object) -> str:
    """A JSON value as the service casts it to text: true is "1", false and null are "", 10.0 is "10"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, (int, float)) else ""


def is_true(value: object) -> bool:
    """Whether a value says yes, in JSON or in a form: true or 1, as they are or as texts."""
    return value in (True, 1, "1", "true")


def uuid_like(text: str) -> str:
    """A text in the form of a random UUID; the same one gives the same form."""
    digits = blake2b(text.encode(), digest_size=16).hexdigest()
    return "-".join((digits[:8], digits[8:12], f"4{digits[13:16]}", f"8{digits[17:20]}", digits[20:]))
