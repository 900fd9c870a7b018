"""What the second books hold: clients, bills, payments and their shares, in decimals."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

NONE = Decimal(0)
DRAFT, SENT, PARTIAL, PAID, CANCELLED, REVERSED = "123456"
VOIDED, COMPLETED, PARTLY_REFUNDED, WHOLLY_REFUNDED = "2456"


@dataclass
class Row:
    """What every record has: it is live, archived or deleted."""

    archived: bool = False
    deleted: bool = False

    def archive(self) -> None:
        self.archived = True

    def drop(self) -> None:
        self.archived = self.deleted = True

    def revive(self) -> None:
        self.archived = self.deleted = False


@dataclass
class Client(Row):
    """Who owes: open balances, what was paid, open credits; each movement of the balance stands in the ledger."""

    balance: Decimal = NONE
    paid: Decimal = NONE
    credit: Decimal = NONE
    ledger: list[Decimal] = field(default_factory=list)

    def book(self, change: Decimal) -> None:
        """Move what is owed, with a row in the ledger (R-SIDE-19)."""
        self.balance += change
        if change:
            self.ledger.append(change)


@dataclass
class Bill(Row):
    """An invoice or a credit."""

    client: int = 0
    amount: Decimal = NONE
    balance: Decimal = NONE
    paid: Decimal = NONE
    partial: Decimal = NONE
    status: str = DRAFT
    reverses: Bill | None = None

    @property
    def takes(self) -> Decimal:
        """How much can be paid on it or with it."""
        return self.amount if self.status == DRAFT else self.balance

    def move(self, amount: Decimal) -> None:
        """Money comes in; below zero, it goes back."""
        self.balance -= amount
        self.paid += amount

    def total(self, amount: Decimal) -> None:
        """A save with a new total (R-CALC-14)."""
        if self.status == CANCELLED:
            self.balance = NONE
        elif self.status != DRAFT:
            self.balance = amount - self.paid if self.amount != self.balance else amount
        self.amount = amount

    def follow_balance(self) -> None:
        """R-STAT-6."""
        self.status = PAID if not self.balance else PARTIAL if NONE < self.balance < self.amount else SENT


@dataclass
class Share:
    """What of a payment went to an invoice, or came from a credit."""

    bill: Bill
    amount: Decimal
    refunded: Decimal = NONE
    settled: bool = False
    """The payment ended and the bill has its money back."""
    paid_out: bool = False
    """A credit that was paid out: it gives no money beside that of its payment (R-STAT-28)."""
    credited: Decimal = NONE
    """What of it the credits of the payment paid, once the invoice is deleted (R-LIFE-16)."""

    @property
    def net(self) -> Decimal:
        return self.amount - self.refunded


@dataclass
class Payment(Row):
    """Money that came, and what it was spread over."""

    client: int = 0
    amount: Decimal = NONE
    applied: Decimal = NONE
    refunded: Decimal = NONE
    status: str = COMPLETED
    invoices: list[Share] = field(default_factory=list)
    credits: list[Share] = field(default_factory=list)

    @property
    def worth(self) -> Decimal:
        """What it still adds to the paid_to_date of the client (R-PAY-10): money and credits, less what went back."""
        used = sum((each.net - (each.amount if each.paid_out else 0) for each in self.credits), NONE)
        return self.amount - self.refunded + used - sum((each.credited for each in self.invoices), NONE)

    def on(self, bill: Bill) -> list[Share]:
        return [each for each in self.invoices if each.bill is bill]

    def refill(self, amount: Decimal) -> Decimal:
        """Credits get theirs first; the client's credit_balance is not raised (R-PAY-16, R-PAY-17)."""
        left = amount
        for share in self.credits:
            part = max(NONE, min(left, share.net))
            if part:
                share.refunded += part
                share.bill.move(-part)
                share.bill.status = SENT
                left -= part
        return amount - left


def amount_of(text: str) -> Decimal:
    return Decimal(text)
