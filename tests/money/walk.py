"""One random call on the books and the engine: a number says which, so that a sequence of numbers says it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mockserver.contract.books.records import NONE, REVERSED, amount_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mockserver.contract.books.payments import Pairs
    from mockserver.contract.books.records import Bill
    from tests.money.ledger import Both

T = TypeVar("T")
AMOUNTS = [amount_of(text) for text in ("0.01", "0.1", "7", "33.33", "60", "100", "100.1")]
TOTALS = [*AMOUNTS, *AMOUNTS, NONE, amount_of("-20")]
PARTIALS = [NONE, NONE, NONE, amount_of("7"), amount_of("60")]
FLAGS = ["", "mark_sent", "mark_sent", "mark_sent", "paid", "amount_paid", "cancel"]
COMMON = ["archive", "delete", "delete", "restore", "restore", "restore"]
ACTIONS = {
    "invoices": [*COMMON, "mark_sent", "mark_sent", "mark_paid", "cancel"],
    "credits": [*COMMON, "mark_sent", "mark_paid"],
    "payments": COMMON,
    "clients": ["archive", "delete", *["restore"] * 6],
}
KINDS = ["invoices"] * 6 + ["payments"] * 4 + ["credits"] * 2 + ["clients"]
VERBS = [
    "act", "act", "act", "act", "apply", "apply", "credit", "edit", "edit", "edit_credit",
    "invoice", "invoice", "pay", "pay", "pay", "refund", "refund", "refund", "reverse",
]  # fmt: skip
NEEDED = {
    "edit": "invoices",
    "reverse": "invoices",
    "edit_credit": "credits",
    "apply": "payments",
    "refund": "payments",
}
MADE = {"invoice": "invoices", "credit": "credits", "pay": "payments"}
SOME_ROWS = 12
"""Of a kind; further ones are not made, so that calls meet on the same records."""


class Chance:
    """The choices that a number makes, one after the other; when it is used up, always the first."""

    def __init__(self, number: int) -> None:
        self.number = number

    def below(self, count: int) -> int:
        self.number, chosen = divmod(self.number, count)
        return chosen

    def choice(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]


class Step:
    """The call that a number stands for, on what is there now."""

    def __init__(self, both: Both, number: int) -> None:
        self.both = both
        self.books = both.books
        self.chance = Chance(number)
        self.wild = self.chance.below(6) == 5
        """Whether it takes what comes, which the service often refuses, instead of what fits."""

    def take(self) -> None:
        """Make the call."""
        verb = self.chance.choice(VERBS)
        if verb in NEEDED and not getattr(self.books, NEEDED[verb]):
            verb = "invoice"
        if verb in MADE and len(getattr(self.books, MADE[verb])) >= SOME_ROWS:
            verb = "act"
        getattr(self, verb)()

    def one(self, rows: Sequence[object], fit: list[int]) -> int:
        """The place of a row: one that fits, if there is any."""
        return self.chance.choice(fit) if fit and not self.wild else self.chance.below(len(rows))

    def client(self) -> int:
        return self.chance.below(2)

    def least(self, most: Decimal) -> Decimal:
        """An amount, or what can be had of it."""
        amount = self.chance.choice(AMOUNTS)
        return min(amount, most) if most > 0 and not self.wild else amount

    def parts(self, rows: list[Bill], client: int, most: int) -> Pairs:
        """Amounts for bills of the client that can take them, each bill once."""
        fit = [place for place, row in enumerate(rows) if row.client == client and row.takes > 0 and not row.deleted]
        count = self.chance.below(most + 1) if rows else 0
        return [(place, self.least(rows[place].takes)) for place in sorted({self.one(rows, fit) for _ in range(count)})]

    def invoice(self) -> None:
        choice = self.chance.choice
        self.both.invoice(self.client(), choice(TOTALS), choice(PARTIALS), choice(FLAGS), choice(AMOUNTS))

    def edit(self) -> None:
        choice = self.chance.choice
        rows = self.books.invoices
        place = self.one(rows, [place for place, row in enumerate(rows) if not row.deleted])
        self.both.edit(place, choice([None, *TOTALS]), choice([None, *PARTIALS]), choice(FLAGS), choice(AMOUNTS))

    def act(self) -> None:
        kind = self.chance.choice(KINDS)
        action = self.chance.choice(ACTIONS[kind])
        count = len(getattr(self.books, kind))
        alone = self.chance.below(3) == 2 and (kind in ("invoices", "credits") or action == "delete")
        if count:
            picks = {self.chance.below(count) for _ in range(self.chance.choice([1, 1, 2, 3]))}
            self.both.act(kind, picks, action, single=alone)

    def credit(self) -> None:
        flag = self.chance.choice(["", "mark_sent", "mark_sent", "mark_paid"])
        self.both.credit(self.client(), self.chance.choice(TOTALS), flag)

    def edit_credit(self) -> None:
        rows = self.books.credits
        place = self.one(rows, [n for n, row in enumerate(rows) if not row.deleted])
        self.both.edit_credit(place, self.chance.choice(TOTALS))

    def reverse(self) -> None:
        rows = self.books.invoices
        fit = [n for n, row in enumerate(rows) if row.paid > 0 and not row.deleted and row.status != REVERSED]
        place = self.one(rows, fit)
        self.both.reverse(place, self.least(rows[place].paid), self.client() if self.wild else None)

    def pay(self) -> None:
        client = self.client()
        rows, used = self.parts(self.books.invoices, client, 3), self.parts(self.books.credits, client, 2)
        self.both.pay(client, self.chance.choice([NONE, NONE, *AMOUNTS]), rows, used)

    def apply(self) -> None:
        rows = self.books.payments
        place = self.one(rows, [n for n, row in enumerate(rows) if row.amount > row.applied and not row.deleted])
        client = rows[place].client
        self.both.apply(place, self.parts(self.books.invoices, client, 2), self.parts(self.books.credits, client, 1))

    def refund(self) -> None:
        payments, invoices = self.books.payments, self.books.invoices
        place = self.one(payments, [n for n, row in enumerate(payments) if row.worth > 0 and not row.deleted])
        payment = payments[place]
        paid = [sum((share.net for share in payment.on(bill)), NONE) for bill in invoices]
        fit = [n for n, bill in enumerate(invoices) if paid[n] > 0 and not bill.deleted]
        count = self.chance.choice([0, 1, 1, 2, 3]) if fit or (self.wild and invoices) else 0
        rows = {self.one(invoices, fit) for _ in range(count)}
        self.both.refund(place, self.least(payment.worth), [(n, self.least(paid[n])) for n in sorted(rows)])
