"""What a bill is printed from, and the lines of addresses that all kinds of documents have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.derive.paper import Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.derive.wording import Printer

    Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one bill is printed from: stored records, and how to write.

    `settings` are those of the client, group and company together. `party` is the client or vendor. Both may carry
    `country`, the name to print below the address; a party that `ships` shows its shipping address. `days` labels the
    due date; without `balance` no balance is shown.
    """

    kind: str
    bill: Data
    party: Data
    contact: Data | None
    settings: Data
    printer: Printer
    title: str = "invoice"
    prices: bool = True
    days: str = "due_date"
    balance: bool = True
    labels: Data = field(default_factory=dict)
    """The company's names of custom fields."""
    logo: bytes = b""
    look: Look = field(default_factory=Look)
    precision: int = 2

    def word(self, key: str) -> str:
        return self.printer.word(key)

    def label(self, field: str, otherwise: str) -> str:
        """Name of a custom field: what stands before the type of its input."""
        return str(self.labels.get(field) or "").partition("|")[0] or self.word(otherwise)


def address(data: Data, prefix: str = "") -> list[str]:
    """The lines of a postal address, empty ones left out; `prefix` is `shipping_` for the other one of a client."""

    def part(key: str) -> str:
        return str(data.get(f"{prefix}{key}") or "")

    town = " ".join(filter(None, map(part, ("postal_code", "city", "state"))))
    return [line for line in (part("address1"), part("address2"), town, part("country")) if line]


def person(contact: Data | None) -> str:
    """First and last name."""
    return f"{contact['first_name']} {contact['last_name']}".strip() if contact is not None else ""


def sender_lines(settings: Data, word: Callable[[str], str]) -> tuple[str, ...]:
    """Address of the company and how to reach it."""
    numbers = [f"{word(key)}: {settings[key]}" for key in ("vat_number", "id_number") if settings.get(key)]
    reach = [str(settings[key]) for key in ("phone", "email", "website") if settings.get(key)]
    return (*address(settings), *reach, *numbers)
