"""Validation rules that only companies use (5.12 mailbox and portal rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import rule
from mockserver.behaviours.core.rules import EMAIL, Context, url

if TYPE_CHECKING:
    from collections.abc import Mapping


@rule("company_quantity")
def company_quantity(context: Context, _: Any) -> str | None:
    """The behaviour itself counts the companies of the account."""
    return f"The {context.name} must be a string." if isinstance(context.value, (list, dict)) else None


@rule("alpha_num")
def alpha_num(context: Context, _: Any) -> str | None:
    good = isinstance(context.value, str) and context.value.isalnum()
    return None if good else f"The {context.name} may only contain letters and numbers."


@rule("url_when")
def url_when(context: Context, wanted: Mapping[str, list[str]]) -> str | None:
    """A URL, where another field has one of the listed values."""
    if any(context.other(field) in values for field, values in wanted.items()):
        return url(context, None)
    return None


@rule("emails")
def emails(context: Context, most: int) -> str | None:
    """A comma list of addresses."""
    listed = [part.strip() for part in str(context.value).split(",") if part.strip()]
    if len(listed) > most or not all(EMAIL.match(each) for each in listed):
        return f"The {context.name} must be a list of at most {most} valid email addresses."
    return None


@rule("image")
def image(context: Context, _: Any) -> str | None:
    """A logo comes as a file part; a text in its place is no picture."""
    return f"The {context.name} must be an image."


@rule("settings")
def settings(context: Context, _: Any) -> str | None:
    return None if isinstance(context.value, dict) else f"The {context.name} must be an array."
