"""Templates of designs: the part of Twig that Jinja reads too, in a sandbox that neither hangs nor fills the memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import ChainableUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from mockserver.derive.printed import printed_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.derive.wording import Printer

NINJA = re.compile(r"</?ninja\b[^>]*>", re.IGNORECASE)
"""The tags around the parts of a design that hold template code; the rest holds none."""
MOST = 1_000_000
"""Size of a number, or length of a text, that a template may make by multiplication."""
LONGEST = 1000
"""Numbers in a range."""
FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class BrokenTemplate(Exception):
    """A template that can't be read or filled; the text says why."""


class _Sandbox(SandboxedEnvironment):
    """Refuses sums that would take long."""

    intercepted_binops = frozenset(("**", "*"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        sizes = [len(each) if isinstance(each, (str, list, tuple)) else abs(each) for each in (left, right)]
        if operator == "**" or sizes[0] * sizes[1] > MOST:
            raise SecurityError(f"{operator} would make too much")
        return super().call_binop(context, operator, left, right)


def _environment(printer: Printer | None) -> _Sandbox:
    sandbox = _Sandbox(autoescape=True, undefined=ChainableUndefined)
    sandbox.globals["range"] = _range
    sandbox.filters["raw"] = sandbox.filters["safe"]
    if printer is not None:
        sandbox.filters["date"] = lambda value, *pattern: _date(value, *pattern, printer=printer)
        sandbox.filters["format_currency"] = lambda value, *_: printer.money(value)
        sandbox.globals["t"] = printer.word
    return sandbox


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if len(made) > LONGEST:
        raise SecurityError(f"a range goes over {LONGEST} numbers at most")
    return made


def _date(value: object, pattern: str = "", *, printer: Printer) -> str:
    """`YYYY-MM-DD` in a pattern of PHP, or that of the reader; a text that is written already stays as it is."""
    text = str(value or "")
    try:
        return printed_date(text[:10], pattern or printer.dates)
    except ValueError:
        return text


def check_template(text: str) -> None:
    """Raise BrokenTemplate when the text can't be read."""
    try:
        _environment(None).parse(text)
    except FAILURES as error:
        raise BrokenTemplate(str(error)) from None


def filled_template(text: str, values: Mapping[str, Any], printer: Printer) -> str:
    """The text with its code run over the values. Raises BrokenTemplate."""
    try:
        return NINJA.sub("", _environment(printer).from_string(text).render(values))
    except FAILURES as error:
        raise BrokenTemplate(str(error)) from None
