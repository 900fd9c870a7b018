"""Money is where the books say: after any sequence of invoices, credits, payments, refunds, cancellations, reversals,
deletions and restorations, statuses, balances, sums of clients, payables and the ledger are right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from mockserver.contract.books.records import DRAFT, NONE, PARTIAL, REVERSED, SENT, Bill
from mockserver.contract.books.server import Checked
from mockserver.contract.trade.calls import Trade

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mockserver.contract.books.payments import Pairs
    from mockserver.contract.calls.client import Client
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.target.server import Target

pytestmark = [
    pytest.mark.needs("writes", "deletes"),
    pytest.mark.nouns("create", "show", "update", "bulk", facts=("moves", "bill.settles")),
]
STEPS = {4: 14, 15: 25}
"""Steps of a sequence by the number of examples that the effort asks for."""
MOST = 40
MORE = 3
"""Money is where a fault costs most and a try least."""
ROWS = 6
"""Of a kind; further ones are not made, so that steps meet on the same records."""

amounts = st.sampled_from([Decimal(text) for text in ("100", "33.33", "0.1", "7", "60", "1234567.89", "0", "-20")])
partials = st.sampled_from([NONE, NONE, Decimal(7), Decimal(60)])
flags = st.sampled_from(["mark_sent", "", "mark_sent", "paid", "amount_paid", "cancel"])
shares = st.sampled_from([Decimal(text) for text in ("1", "0.5", "0.25", "1.01")])
"""Parts of what can be taken; the last is too much."""
places = st.integers(0, ROWS - 1)
some = st.lists(places, min_size=1, max_size=3, unique=True)
COMMON = ["delete", "restore", "archive"]


class Money(RuleBasedStateMachine):
    """Calls of the API on a company with two clients."""

    target: ClassVar[Target]
    spec: ClassVar[Spec]

    def __init__(self) -> None:
        super().__init__()
        self._open: AbstractContextManager[Client] = self.target.world()
        self.both = Checked(Trade(self._open.__enter__(), self.spec))
        self.books = self.both.books

    def teardown(self) -> None:
        try:
            self.both.compare()
        finally:
            self._open.__exit__(None, None, None)

    @precondition(lambda self: len(self.books.invoices) < ROWS)
    @rule(client=st.integers(0, 1), amount=amounts, partial=partials, flag=flags, paid=amounts)
    def invoice(self, client: int, amount: Decimal, partial: Decimal, flag: str, paid: Decimal) -> None:
        self.both.invoice(client, amount, partial, flag, paid)

    @precondition(lambda self: self.books.invoices)
    @rule(place=places, amount=st.none() | amounts, partial=st.none() | partials, flag=flags, paid=amounts)
    def edit(self, place: int, amount: Decimal | None, partial: Decimal | None, flag: str, paid: Decimal) -> None:
        self.both.edit(place % len(self.books.invoices), amount, partial, flag, paid)

    @precondition(lambda self: self.books.invoices)
    @rule(chosen=some, action=st.sampled_from(["mark_sent", "mark_paid", "cancel", *COMMON]), single=st.booleans())
    def act_on_invoices(self, chosen: list[int], action: str, *, single: bool) -> None:
        rows = self.books.invoices
        self.both.act("invoices", {place % len(rows) for place in chosen}, action, single=single)

    @precondition(lambda self: len(self.books.credits) < ROWS)
    @rule(client=st.integers(0, 1), amount=amounts, flag=st.sampled_from(["mark_sent", "", "mark_paid"]))
    def credit(self, client: int, amount: Decimal, flag: str) -> None:
        self.both.credit(client, amount, flag)

    @precondition(lambda self: self.books.credits)
    @rule(place=places, amount=amounts)
    def edit_credit(self, place: int, amount: Decimal) -> None:
        self.both.edit_credit(place % len(self.books.credits), amount)

    @precondition(lambda self: self.books.credits)
    @rule(chosen=some, action=st.sampled_from(["mark_sent", "mark_paid", *COMMON]), single=st.booleans())
    def act_on_credits(self, chosen: list[int], action: str, *, single: bool) -> None:
        rows = self.books.credits
        self.both.act("credits", {place % len(rows) for place in chosen}, action, single=single)

    @precondition(lambda self: len(self.books.credits) < ROWS and any(row.paid > 0 for row in self.books.invoices))
    @rule(place=places, share=shares)
    def reverse(self, place: int, share: Decimal) -> None:
        fit = [n for n, row in enumerate(self.books.invoices) if row.paid > 0 and row.status != REVERSED]
        number = (fit or [0])[place % max(1, len(fit))]
        self.both.reverse(number, part(self.books.invoices[number].paid, share))

    @precondition(lambda self: len(self.books.payments) < ROWS and self.books.invoices)
    @rule(
        place=places,
        count=st.integers(1, 3),
        share=shares,
        extra=st.sampled_from([NONE, NONE, Decimal(10)]),
        with_credit=st.booleans(),
        foreign=st.integers(0, 9),
    )
    def pay(self, place: int, count: int, share: Decimal, extra: Decimal, *, with_credit: bool, foreign: int) -> None:
        """One or many invoices, with credits, and money that is left over; now and then for the wrong client."""
        client = self.books.invoices[place % len(self.books.invoices)].client
        listed = self.payable(self.books.invoices, client, count, share)
        owed = sum((amount for _, amount in listed), NONE)
        used = self.payable(self.books.credits, client, 1, share) if with_credit else []
        used = [(number, min(amount, owed)) for number, amount in used if owed > 0]
        gives = sum((amount for _, amount in used), NONE)
        payer = 1 - client if foreign == 9 else client
        self.both.pay(payer, owed - gives + extra if extra else NONE, listed, used)

    def payable(self, rows: list[Bill], client: int, count: int, share: Decimal) -> Pairs:
        """What can be paid of the client, in these parts."""
        fit = [n for n, row in enumerate(rows) if row.client == client and row.takes > 0 and not row.deleted]
        open_ = [n for n in fit if rows[n].status in (DRAFT, SENT, PARTIAL)]
        return [(number, part(rows[number].takes, share)) for number in open_[:count]]

    @precondition(lambda self: len(self.books.payments) < ROWS)
    @rule(client=st.integers(0, 1), amount=st.sampled_from([Decimal(50), Decimal("0.1")]))
    def pay_ahead(self, client: int, amount: Decimal) -> None:
        """Money for no invoice yet."""
        self.both.pay(client, amount, [], [])

    @precondition(lambda self: self.books.payments)
    @rule(place=places, share=shares)
    def apply(self, place: int, share: Decimal) -> None:
        rows = self.books.payments
        fit = [n for n, row in enumerate(rows) if row.amount > row.applied and not row.deleted] or [place % len(rows)]
        number = fit[place % len(fit)]
        row = rows[number]
        listed = self.payable(self.books.invoices, row.client, 1, Decimal(1))
        left = row.amount - row.applied
        self.both.apply(number, [(n, min(amount, part(left, share))) for n, amount in listed if left > 0], [])

    @precondition(lambda self: any(row.worth > 0 and not row.deleted for row in self.books.payments))
    @rule(place=places, share=shares)
    def refund(self, place: int, share: Decimal) -> None:
        rows = self.books.payments
        fit = [n for n, row in enumerate(rows) if row.worth > 0 and not row.deleted]
        number = fit[place % len(fit)]
        bills = [(n, rows[number].on(bill)) for n, bill in enumerate(self.books.invoices)]
        back = [(n, part(sum((each.net for each in on), NONE), share)) for n, on in bills if on]
        back = [(n, amount) for n, amount in back if amount > 0]
        self.both.refund(number, NONE if back else part(rows[number].worth, share), back[:2])

    @precondition(lambda self: self.books.payments)
    @rule(chosen=some, action=st.sampled_from(COMMON), single=st.booleans())
    def act_on_payments(self, chosen: list[int], action: str, *, single: bool) -> None:
        rows = self.books.payments
        alone = single and action == "delete"
        self.both.act("payments", {place % len(rows) for place in chosen}, action, single=alone)

    @precondition(lambda self: len(self.books.invoices) > 2)
    @rule(client=st.integers(0, 1), action=st.sampled_from(["archive", "restore", "restore", "delete", "restore"]))
    def act_on_client(self, client: int, action: str) -> None:
        self.both.act("clients", [client], action)


def part(amount: Decimal, share: Decimal) -> Decimal:
    """So much of an amount, to the cent."""
    return max(Decimal("0.01"), (amount * share).quantize(Decimal("0.01"))) if amount > 0 else Decimal("0.01")


def test_every_sequence_leaves_the_books_right(target: Target, spec: Spec, noun: Noun) -> None:
    """R-STAT-2..14, R-STAT-25..28, R-PAY-1..22, R-LIFE-15..20, R-SIDE-19."""
    del noun  # the books are about invoices, credits and payments together
    effort = settings()
    machine = type("Machine", (Money,), {"target": target, "spec": spec})
    steps = STEPS.get(effort.max_examples, MOST)
    limits = settings(effort, max_examples=MORE * effort.max_examples, stateful_step_count=steps)
    run_state_machine_as_test(machine, settings=limits)
