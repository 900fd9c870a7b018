"""Whether a movement of a bank account fits a bank transaction rule (R-EP-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.derive.money import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TEXTS: Mapping[str, Callable[[str, str], bool]] = {
    "is": lambda text, wanted: text == wanted,
    "contains": lambda text, wanted: bool(wanted) and wanted in text,
    "starts_with": lambda text, wanted: bool(wanted) and text.startswith(wanted),
    "is_empty": lambda text, _: not text,
}
NUMBERS: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda amount, wanted: amount == wanted,
    ">": lambda amount, wanted: amount > wanted,
    ">=": lambda amount, wanted: amount >= wanted,
    "<": lambda amount, wanted: amount < wanted,
    "<=": lambda amount, wanted: amount <= wanted,
}


def plain(text: Any) -> str:
    """A text as it is compared: small letters, no blanks."""
    return str(text or "").lower().replace(" ", "")


def test_holds(test: Mapping[str, Any], movement: Mapping[str, Any]) -> bool:
    """Whether one test of a rule holds; an unknown key or operator never does."""
    operator = str(test.get("operator"))
    if test.get("search_key") == "description" and operator in TEXTS:
        return TEXTS[operator](plain(movement["description"]), plain(test.get("value")))
    if test.get("search_key") == "amount" and operator in NUMBERS:
        return NUMBERS[operator](float(movement["amount"]), float(parse_number(test.get("value"))))
    return False


def fits(rule: Mapping[str, Any], movement: Mapping[str, Any]) -> bool:
    """Whether the movement fits the rule: one test, or all where `matches_on_all` says so. No tests fit nothing."""
    held = [test_holds(test, movement) for test in rule["rules"] if isinstance(test, dict)]
    return bool(held) and (all(held) if rule["matches_on_all"] else any(held))


def invoice_named(description: str, invoices: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first invoice whose number stands in the text of the bank."""
    text = description.replace("\n", "")
    return next((each for each in invoices if each["number"] and each["number"] in text), None)
