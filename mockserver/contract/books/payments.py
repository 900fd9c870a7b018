"""The second books: payments and refunds of the clients of one company. In decimals, by the rules alone.

Every method is one call of the API: it tells whether the service takes it, and if so does to the books what the rules
say. Records are named by their place in the list of their kind, in the order in which they were made.
"""

from __future__ import annotations

from decimal import Decimal

from mockserver.contract.books.bills import Bills
from mockserver.contract.books.records import (
    CANCELLED,
    COMPLETED,
    DRAFT,
    NONE,
    PAID,
    PARTIAL,
    PARTLY_REFUNDED,
    REVERSED,
    SENT,
    VOIDED,
    WHOLLY_REFUNDED,
    Bill,
    Payment,
    Share,
)

Pairs = list[tuple[int, Decimal]]
"""(place of an invoice or credit, amount)."""


class Books(Bills):
    """Clients, invoices, credits and payments of one company."""

    def pay(self, client: int, amount: Decimal, invoices: Pairs, used: Pairs) -> bool:
        """POST payments (R-PAY-2..6, R-PAY-9, R-PAY-10)."""
        listed = [(self.invoices[place], part) for place, part in invoices]
        given = [(self.credits[place], part) for place, part in used]
        owed, gives = (sum((part for _, part in each), NONE) for each in (listed, given))
        if self.clients[client].deleted or (amount and amount + gives < owed) or not self.may_use(client, given, owed):
            return False
        for bill, part in listed:
            if bill.client != client or bill.deleted or part > bill.takes:
                return False
            if bill.status != DRAFT and (bill.status not in (SENT, PARTIAL) or bill.balance <= 0):
                return False
        payment = Payment(client=client, amount=amount or owed - gives)
        self.payments.append(payment)
        self.apply(payment, listed, given)
        self.clients[client].paid += payment.amount
        return True

    def may_use(self, client: int, given: list[tuple[Bill, Decimal]], owed: Decimal) -> bool:
        """R-PAY-6."""
        fit = all(credit.client == client and not credit.deleted and part <= credit.takes for credit, part in given)
        return fit and sum((part for _, part in given), NONE) <= owed

    def apply_more(self, place: int, invoices: Pairs, used: Pairs) -> bool:
        """PUT payments (R-PAY-12, R-PAY-13, R-STAT-39)."""
        payment = self.payments[place]
        listed = [(self.invoices[place], part) for place, part in invoices]
        given = [(self.credits[place], part) for place, part in used]
        owed, gives = (sum((part for _, part in each), NONE) for each in (listed, given))
        if payment.deleted or not self.may_use(payment.client, given, owed):
            return False
        if owed and payment.amount - payment.applied + gives < owed:
            return False
        if any(bill.client != payment.client or bill.deleted or part > bill.takes for bill, part in listed):
            return False
        payment.status = COMPLETED
        self.apply(payment, listed, given)
        return True

    def apply(self, payment: Payment, listed: list[tuple[Bill, Decimal]], given: list[tuple[Bill, Decimal]]) -> None:
        """Spread a payment and credits over invoices; credits count as paid, money did so when it came."""
        client = self.owner(payment)
        for bill, _ in listed:
            if bill.status == DRAFT:
                self.send(bill)
        for bill, part in listed:
            self.apply_to(bill, part)
            payment.invoices.append(Share(bill, part))
        for credit, part in given:
            if credit.status == DRAFT:
                self.send_credit(credit)
            credit.move(part)
            credit.status = PARTIAL if credit.balance else PAID
            payment.credits.append(Share(credit, part))
            client.credit -= part
            client.paid += part
            client.book(-part)
        used = sum((part for _, part in given), NONE)
        rest = sum((part for _, part in listed), NONE) - used
        payment.applied += rest
        client.book(-rest)

    def apply_to(self, bill: Bill, part: Decimal) -> None:
        """R-STAT-8."""
        if part >= bill.partial:
            bill.status = PARTIAL
        bill.partial = max(NONE, bill.partial - part)
        bill.move(part)
        if not bill.balance:
            bill.status = PAID

    def refund(self, place: int, amount: Decimal, invoices: Pairs) -> bool:
        """POST payments/refund (R-PAY-14..19); without invoices, of the amount."""
        payment = self.payments[place]
        rows = [(self.invoices[place], part) for place, part in invoices]
        total = sum((part for _, part in rows), NONE) if rows else amount
        if payment.deleted or total <= 0 or total > payment.worth:
            return False
        if not rows and any(not each.bill.deleted for each in payment.invoices):
            return False
        for bill, part in rows:
            if bill.deleted or not bill.paid or part > sum((each.net for each in payment.on(bill)), NONE):
                return False
        money = total - payment.refill(total)
        payment.refunded += money
        whole = payment.amount in (total, payment.refunded)
        payment.status = WHOLLY_REFUNDED if whole else PARTLY_REFUNDED
        client, opened, from_reversals = self.owner(payment), NONE, NONE
        for bill, part in rows:
            left = part
            for share in payment.on(bill):
                taken = min(left, share.net)
                share.refunded += taken
                left -= taken
            if bill.status == REVERSED:
                bill.paid -= part
                from_reversals += self.use_up(bill, part)
                continue
            bill.move(-part)
            bill.status = SENT if bill.balance == bill.amount else PARTIAL
            opened += part
        client.book(opened)
        client.paid -= total - from_reversals
        return True

    def use_up(self, bill: Bill, amount: Decimal) -> Decimal:
        """Refunding a reversed invoice takes the money from the credit that reversed it (5.12)."""
        left = amount
        for credit in self.credits:
            part = max(NONE, min(left, credit.balance))
            if credit.reverses is bill and not credit.deleted and part:
                credit.move(part)
                credit.status = PARTIAL if credit.balance else PAID
                self.owner(credit).credit -= part
                left -= part
        return amount - left

    def act_on_payment(self, payment: Payment, action: str) -> None:
        """Archive, restore or delete (R-PAY-20, R-PAY-21, R-LIFE-19)."""
        if action == "archive":
            payment.archive()
        elif action == "restore" and not payment.deleted:
            payment.revive()
        elif action == "delete" and not payment.deleted:
            self.void(payment)

    def void(self, payment: Payment) -> None:
        """R-PAY-20, of 5.12: cancelled and reversed invoices stay as they are and owe nothing."""
        client, opened = self.owner(payment), NONE
        client.paid -= payment.worth
        for share in payment.invoices:
            bill, share.settled = share.bill, not share.bill.deleted
            if bill.deleted:
                continue
            if bill.status in (CANCELLED, REVERSED):
                bill.paid -= share.net
                continue
            bill.move(-share.net)
            bill.status = SENT if bill.balance == bill.amount else PARTIAL if bill.balance else PAID
            opened += share.net
        for share in payment.credits:
            share.bill.move(-share.net)
            share.bill.status = SENT
            client.credit += NONE if share.bill.deleted else share.net
        client.book(opened)
        payment.status = VOIDED
        payment.drop()
