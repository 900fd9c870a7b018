"""Invoices and credits of the second books: what they owe, are paid and give. In decimals, by the rules alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.books.records import (
    CANCELLED,
    DRAFT,
    NONE,
    PAID,
    PARTIAL,
    REVERSED,
    SENT,
    VOIDED,
    Bill,
    Client,
    Payment,
    Share,
)

if TYPE_CHECKING:
    from decimal import Decimal


class Bills:
    """Clients with their invoices and credits, and the payments that come of these."""

    def __init__(self, clients: int = 2) -> None:
        self.clients = [Client() for _ in range(clients)]
        self.invoices: list[Bill] = []
        self.credits: list[Bill] = []
        self.payments: list[Payment] = []

    def owner(self, row: Bill | Payment) -> Client:
        return self.clients[row.client]

    def due(self, client: Client) -> Decimal:
        """Open balances (R-STAT-3)."""
        mine = (each for each in self.invoices if self.owner(each) is client and not each.deleted)
        return sum((each.balance for each in mine if each.status in (SENT, PARTIAL)), NONE)

    def recompute(self, bill: Bill) -> None:
        client = self.owner(bill)
        client.book(self.due(client) - client.balance)

    def unapplied(self, client: Client) -> Decimal:
        """R-PAY-11, of 5.12."""
        mine = (each for each in self.payments if self.owner(each) is client and not each.deleted)
        return sum((each.amount - each.applied for each in mine), NONE)

    # invoices ------------------------------------------------------------------------------------------------

    def invoice(self, client: int, amount: Decimal, partial: Decimal, flag: str, paid: Decimal) -> bool:
        """POST invoices, with one of the flags paid, mark_sent, amount_paid, cancel or none (R-STAT-1, R-TRIG-2)."""
        if self.clients[client].deleted:
            return False
        self.invoices.append(Bill(client=client, amount=amount, partial=partial))
        self.trigger(self.invoices[-1], flag, paid)
        return True

    def trigger(self, bill: Bill, flag: str, paid: Decimal) -> None:
        if flag == "amount_paid":
            self.pay_amount(bill, paid)
        elif flag:
            self.act(bill, {"paid": "mark_paid"}.get(flag, flag))

    def edit(self, place: int, amount: Decimal | None, partial: Decimal | None, flag: str, paid: Decimal) -> bool:
        """PUT invoices (R-CALC-14, R-CALC-16, R-STAT-6, R-STAT-7, R-STAT-14)."""
        bill = self.invoices[place]
        if bill.deleted:
            return False
        bill.total(bill.amount if amount is None else amount)
        bill.partial = bill.partial if partial is None else partial
        if bill.status != DRAFT:
            if bill.partial > bill.amount > 0:
                bill.partial = max(NONE, min(bill.amount, bill.balance))
            bill.follow_balance()
            self.recompute(bill)
        self.trigger(bill, flag, paid)
        return True

    def act(self, bill: Bill, action: str) -> None:
        """An action on an invoice, by whatever route; silently nothing where the rules do not allow it."""
        if action == "mark_sent" and bill.status == DRAFT and not bill.deleted:
            self.send(bill)
        elif action == "mark_paid" and bill.status in (DRAFT, SENT, PARTIAL) and not bill.deleted:
            self.pay_all(bill)
        elif action == "cancel" and bill.status in (SENT, PARTIAL) and not bill.archived:
            bill.balance, bill.status = NONE, CANCELLED
            self.recompute(bill)
        elif action == "archive":
            bill.archive()
        elif action == "delete" and not bill.deleted:
            self.delete_invoice(bill)
        elif action == "restore":
            self.restore_invoice(bill)

    def send(self, bill: Bill) -> None:
        """R-STAT-2."""
        bill.status = SENT
        bill.balance += bill.amount
        self.recompute(bill)

    def pay_all(self, bill: Bill) -> None:
        """R-STAT-4."""
        if bill.status == DRAFT:
            self.send(bill)
        owed, bill.partial = bill.balance, NONE
        bill.move(owed)
        bill.status = PAID
        self.receive(Payment(client=bill.client, amount=owed, applied=owed, invoices=[Share(bill, owed)]), owed)

    def pay_amount(self, bill: Bill, amount: Decimal) -> None:
        """R-STAT-5: the invoice takes all, what it does not need counts as not applied."""
        if bill.status == PAID or not amount or bill.deleted:
            return
        if bill.status == DRAFT:
            self.send(bill)
        applied = min(amount, bill.balance)
        bill.move(amount)
        bill.partial = max(NONE, bill.partial - amount)
        bill.follow_balance()
        self.receive(
            Payment(client=bill.client, amount=amount, applied=applied, invoices=[Share(bill, amount)]), amount
        )

    def receive(self, payment: Payment, owed: Decimal) -> None:
        """A new payment, of which so much is owed no more (R-PAY-10)."""
        self.payments.append(payment)
        self.owner(payment).book(-owed)
        self.owner(payment).paid += payment.worth

    def delete_invoice(self, bill: Bill) -> None:
        """R-LIFE-15, R-LIFE-16: a payment without money, credits (R-PAY-22) and another invoice goes along."""
        for payment in self.payments:
            for share in payment.on(bill) if not payment.deleted else ():
                left = sum((each.net for each in payment.credits if not each.paid_out), NONE)
                left -= sum((each.credited for each in payment.invoices), NONE)
                share.credited = max(NONE, min(share.net, left))
                payment.amount -= share.net - share.credited
                payment.applied -= share.net - share.credited
                self.owner(bill).paid -= share.net
        bill.drop()
        for payment in self.payments:
            ends = payment.on(bill) and all(each.bill.deleted for each in payment.invoices)
            if ends and payment.amount == payment.refunded and not any(each.net for each in payment.credits):
                payment.drop()
        self.recompute(bill)

    def restore_invoice(self, bill: Bill) -> None:
        """R-LIFE-17, R-PAY-22: refused while the payment that it counts on is gone."""
        pairs = [(share, payment) for payment in self.payments for share in payment.on(bill)]
        voided = [share for share, payment in pairs if payment.status == VOIDED]
        if bill.deleted and (any(not share.settled for share in voided) or (voided and not bill.paid)):
            return
        was_deleted = bill.deleted
        bill.revive()
        if not was_deleted:
            return
        for share, payment in pairs:
            if share.settled:
                continue
            payment.amount += share.net - share.credited
            payment.applied += share.net - share.credited
            share.credited = NONE
            self.owner(bill).paid += share.net
            if payment.deleted:
                payment.revive()
        self.recompute(bill)

    # credits -------------------------------------------------------------------------------------------------

    def credit(self, client: int, amount: Decimal, flag: str) -> bool:
        """POST credits; a deleted client may get one (R-VAL-5)."""
        self.credits.append(Bill(client=client, amount=amount))
        if flag:
            self.act_on_credit(self.credits[-1], flag)
        return True

    def reverse(self, place: int, amount: Decimal, client: int) -> bool:
        """POST credits with an invoice_id (R-STAT-11 of 5.12, R-VAL-5)."""
        bill = self.invoices[place]
        before = sum((each.amount for each in self.credits if each.reverses is bill), NONE)
        if bill.client != client or bill.deleted or bill.status in (DRAFT, REVERSED):
            return False
        if bill.balance >= bill.amount or bill.paid <= 0 or amount > bill.paid - before:
            return False
        credit = Bill(client=client, amount=amount, reverses=bill)
        self.credits.append(credit)
        self.send_credit(credit)
        self.owner(bill).paid -= amount
        bill.balance, bill.status = NONE, REVERSED
        self.recompute(bill)
        return True

    def edit_credit(self, place: int, amount: Decimal) -> bool:
        """PUT credits (R-STAT-26)."""
        credit = self.credits[place]
        if credit.deleted:
            return False
        before = credit.balance
        credit.total(amount)
        self.owner(credit).credit += credit.balance - before
        return True

    def send_credit(self, credit: Bill) -> None:
        """R-STAT-25."""
        credit.status = SENT
        credit.balance += credit.amount
        self.owner(credit).credit += credit.amount

    def act_on_credit(self, credit: Bill, action: str) -> None:
        """An action on a credit, by whatever route."""
        client = self.owner(credit)
        if action == "mark_sent" and credit.status == DRAFT and not credit.deleted:
            self.send_credit(credit)
        elif action == "mark_paid" and not credit.deleted and credit.status != PAID and credit.balance <= 0:
            self.pay_out(credit)
        elif action == "archive":
            credit.archive()
        elif action == "delete" and not credit.deleted:
            client.credit -= credit.balance
            client.paid += credit.balance if credit.reverses else NONE
            credit.drop()
        elif action == "restore":
            if credit.deleted:
                client.credit += credit.balance
                client.paid -= credit.balance if credit.reverses else NONE
            credit.revive()

    def pay_out(self, credit: Bill) -> None:
        """R-STAT-28."""
        if credit.status == DRAFT:
            self.send_credit(credit)
        owed = credit.balance
        self.owner(credit).credit -= owed
        credit.move(owed)
        credit.status = PAID
        share = Share(credit, owed, paid_out=True)
        self.receive(Payment(client=credit.client, amount=owed, applied=owed, credits=[share]), NONE)
