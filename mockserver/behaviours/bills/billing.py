"""What the kinds of bills differ in: facts of the entity, told under `bill`, and what follows from them.

A bill is a document with lines that goes to a client or a vendor: invoice, quote, credit, purchase order, and the
recurring ones. An entity with the fact `bill` uses the hooks of `bills.saving` and the actions of `sales.sending`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mockserver.derive.dates import at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.document.model import Document, Entity
    from mockserver.draft import Draft
    from mockserver.store.table import Data


class Bill(NamedTuple):
    """The facts of one kind of bill, and the names that follow from the name of its entity."""

    name: str
    settings: str
    """Start of the settings that hold the default design, terms and footer."""
    party: str = "client"
    invites: str = "takers"
    """`takers`: contacts that take e-mail; `all`: every contact."""
    days: str = ""
    """Setting with the days until the due date; none: sending leaves the due date alone."""
    days_unset: int = 0
    opens: str = "sent"
    """When the balance becomes the amount: `sent`, `saved` or `never`."""
    settles: bool = False
    """Whether a save of one that was sent moves its status with the balance."""
    sums: str = ""
    """Which sum of the client follows: `owed`, `credit` or none."""
    taxes: str = "settings"
    """Where uses_inclusive_taxes comes from: `settings`, unless one may be posted, or `posted` alone."""
    reminds: bool = False
    """Whether the client is reminded of it."""
    keywords: bool = True
    """Whether keywords in the notes of lines are replaced on create."""

    @property
    def party_id(self) -> str:
        return f"{self.party}_id"

    @property
    def contact(self) -> str:
        return f"{self.party}_contact"

    @property
    def contact_id(self) -> str:
        return f"{self.party}_contact_id"

    @property
    def invitation(self) -> str:
        return f"{self.name}_invitation"

    @property
    def link(self) -> str:
        """The field of an invitation, activity or document that names the bill."""
        return f"{self.name}_id"


def bill_of(entity: Entity) -> Bill:
    """The bill facts of an entity."""
    bill: Bill | None = entity.plans.get("bill")
    if bill is None:
        bill = entity.plans["bill"] = Bill(
            **{"name": entity.name, "settings": entity.name, **entity.facts.get("bill", {})}
        )
    return bill


def bills(document: Document) -> Iterator[tuple[Entity, Bill]]:
    """The kinds of bills that a document has."""
    return ((entity, bill_of(entity)) for entity in document.entities.values() if "bill" in entity.facts)


def party_of(draft: Draft, entity: Entity, data: Data) -> Data | None:
    """The client or vendor of a bill; None when it is gone."""
    bill = bill_of(entity)
    return draft.get(bill.party, data.get(bill.party_id) or "")


def client_of(draft: Draft, entity: Entity, data: Data) -> Data | None:
    """The client whose settings hold for a bill; a vendor has none of its own."""
    return party_of(draft, entity, data) if bill_of(entity).party == "client" else None


def currency(draft: Draft, client: Data | None) -> str:
    """Currency id of the client, or of the company."""
    return str(draft.setting("currency_id", client) or "1")


def payment_rate(draft: Draft, client: Data | None) -> float:
    """What the currency of a payment is worth in that of the company: the reverse of the rate of an invoice."""
    return draft.document.statics.exchange_rate(currency(draft, None), currency(draft, client))


def currency_of(draft: Draft, entity: Entity, data: Data) -> str:
    """Currency id of a bill: that of its client or vendor, else of the company."""
    party = party_of(draft, entity, data)
    if party is not None and "settings" not in party:
        return str(party.get("currency_id") or "") or currency(draft, None)
    return currency(draft, party)


def rounding(draft: Draft, entity: Entity, data: Data) -> tuple[int, bool]:
    """Decimals of a bill's currency, and whether amounts go to the nearest 0.05."""
    rappen = bool(draft.setting("enable_rappen_rounding", client_of(draft, entity, data)))
    return draft.document.statics.precision(currency_of(draft, entity, data)), rappen


def stamp(draft: Draft) -> str:
    """This moment in the company's time zone, as a datetime field holds it."""
    return at(draft.now, draft.zone).strftime("%Y-%m-%d %H:%M:%S")
