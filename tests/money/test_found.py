"""The shortest sequences that once left the books wrong, found by random ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, record
from tests.money.cash import bill, bulk, credit, lines, money, only_payment, pay, refund, sent, spread, sums

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def test_a_deleted_invoice_takes_its_money_but_not_its_credit_off_the_payment(shop: Shop) -> None:
    """R-LIFE-16, R-LIFE-17: the credit keeps the payment alive."""
    client = shop.client()
    invoice, note = sent(shop, client, 100), credit(shop, client, 30)
    payment = pay(shop, client, invoices={invoice["id"]: 100}, credits={note["id"]: 30})
    assert money(shop, payment) == [70, 70, 0, False]
    shop.delete(f"invoices/{invoice['id']}")
    assert (money(shop, payment), sums(shop, client)) == ([0, 0, 0, False], [0, 0, 0, 0])
    bulk(shop, "invoices", "restore", invoice)
    assert (money(shop, payment), sums(shop, client)) == ([70, 70, 0, False], [0, 100, 0, 0])


def test_credits_are_counted_once_when_the_invoices_of_a_payment_go_one_by_one(shop: Shop) -> None:
    """R-LIFE-16, R-PAY-20: afterwards nobody has paid anything, and the credit is whole."""
    client = shop.client()
    one, two, note = sent(shop, client, 60), sent(shop, client, 40), credit(shop, client, 30)
    payment = pay(shop, client, invoices={one["id"]: 60, two["id"]: 40}, credits={note["id"]: 30})
    shop.delete(f"invoices/{one['id']}")
    assert (money(shop, payment), sums(shop, client)) == ([40, 40, 0, False], [0, 40, 0, 0])
    shop.delete(f"payments/{payment['id']}")
    assert (bill(shop, two), bill(shop, note, "credits")) == ([40, 0, "2"], [30, 0, "2"])
    assert sums(shop, client) == [40, 0, 30, 0]


def test_money_that_is_not_applied_outlives_the_invoice_of_its_payment(shop: Shop) -> None:
    """R-LIFE-16, R-PAY-14: it can be refunded without naming the invoice that is gone."""
    client = shop.client()
    invoice = sent(shop, client, 100)
    payment = pay(shop, client, 150, invoices={invoice["id"]: 100})
    shop.delete(f"invoices/{invoice['id']}")
    assert (money(shop, payment), sums(shop, client)) == ([50, 0, 0, False], [0, 50, 0, 50])
    assert errors(shop.post("payments/refund", refund(payment, amount=51)))["id"] == [
        "Attempting to refund 51 only 50 available for refund"
    ]
    record(shop.post("payments/refund", refund(payment, amount=50)))
    assert (money(shop, payment), sums(shop, client)[1]) == ([50, 0, 50, False], 0)


def test_an_archived_payment_stays_archived_when_one_of_its_invoices_comes_back(shop: Shop) -> None:
    """R-LIFE-17."""
    client = shop.client()
    one, two = sent(shop, client, 10), sent(shop, client, 20)
    payment = pay(shop, client, invoices={one["id"]: 10, two["id"]: 20})
    bulk(shop, "payments", "archive", payment)
    shop.delete(f"invoices/{one['id']}")
    bulk(shop, "invoices", "restore", one)
    assert shop.show(f"payments/{payment['id']}")["archived_at"]
    assert money(shop, payment) == [30, 30, 0, False]


def test_an_invoice_comes_back_with_the_payment_it_still_has(shop: Shop) -> None:
    """R-LIFE-17: one that was deleted before the invoice was took its money then, and does not stand in the way."""
    client = shop.client()
    invoice = sent(shop, client, 100)
    gone = pay(shop, client, invoices={invoice["id"]: 40})
    kept = pay(shop, client, invoices={invoice["id"]: 25})
    shop.delete(f"payments/{gone['id']}")
    shop.delete(f"invoices/{invoice['id']}")
    bulk(shop, "invoices", "restore", invoice)
    assert (bill(shop, invoice), sums(shop, client)) == ([75, 25, "3"], [75, 25, 0, 0])
    assert (money(shop, gone)[3], money(shop, kept)) == (True, [25, 25, 0, False])


def test_an_invoice_stays_deleted_when_its_payment_went_meanwhile(shop: Shop) -> None:
    """R-PAY-22."""
    client = shop.client()
    one, two = sent(shop, client, 10), sent(shop, client, 20)
    payment = pay(shop, client, invoices={one["id"]: 10, two["id"]: 20})
    shop.delete(f"invoices/{one['id']}")
    shop.delete(f"payments/{payment['id']}")
    bulk(shop, "invoices", "restore", one)
    assert shop.show(f"invoices/{one['id']}")["is_deleted"]
    assert sums(shop, client) == [20, 0, 0, 0]


def test_a_refunded_payment_comes_back_with_its_invoice(shop: Shop) -> None:
    """R-LIFE-17: a payment that the invoice took along was not deleted itself."""
    client = shop.client()
    invoice = sent(shop, client, 10)
    payment = pay(shop, client, invoices={invoice["id"]: 10})
    record(shop.post("payments/refund", refund(payment, (invoice, 10))))
    shop.delete(f"invoices/{invoice['id']}")
    assert money(shop, payment) == [10, 10, 10, True]
    bulk(shop, "invoices", "restore", invoice)
    assert (bill(shop, invoice), money(shop, payment)) == ([10, 0, "2"], [10, 10, 10, False])


def test_deleting_a_payment_that_was_too_much_leaves_the_invoice_unpaid(shop: Shop) -> None:
    """R-STAT-5, R-PAY-20: what the invoice took beyond its balance goes back too."""
    client = shop.client()
    invoice = shop.invoice(client, *lines(20), query="?amount_paid=25")
    assert (bill(shop, invoice), sums(shop, client)) == ([-5, 25, "2"], [-5, 25, 0, 5])
    shop.delete(f"payments/{only_payment(shop)['id']}")
    assert (bill(shop, invoice), sums(shop, client)) == ([20, 0, "2"], [20, 0, 0, 0])


def test_deleting_the_payment_of_a_credit_that_was_paid_out(shop: Shop) -> None:
    """R-STAT-28, R-PAY-20."""
    client = shop.client()
    note = credit(shop, client, -50)
    shop.show(f"credits/{note['id']}/mark_paid")
    assert sums(shop, client) == [0, -50, 0, 0]
    shop.delete(f"payments/{only_payment(shop)['id']}")
    assert (bill(shop, note, "credits"), sums(shop, client)) == ([-50, 0, "2"], [0, 0, -50, 0])


def test_a_credit_is_paid_out_once(shop: Shop) -> None:
    """R-STAT-28: one that is applied has nothing left."""
    note = credit(shop, shop.client(), 40, "?mark_paid=true")
    shop.show(f"credits/{note['id']}/mark_paid")
    assert (only_payment(shop)["amount"], bill(shop, note, "credits")) == (40, [0, 40, "4"])


def test_a_credit_that_was_paid_out_gives_no_more_than_it_held(shop: Shop) -> None:
    """R-PAY-15, R-PAY-16: it gets its own back first, and there is no money beside it."""
    client = shop.client()
    note = credit(shop, client, 40, "?mark_paid=true")
    payment = only_payment(shop)
    record(shop.post("payments/refund", refund(payment, amount=30)))
    assert (bill(shop, note, "credits"), sums(shop, client)[1]) == ([30, 10, "2"], 10)
    assert errors(shop.post("payments/refund", refund(payment, amount=11)))["id"] == [
        "Attempting to refund 11 only 10 available for refund"
    ]


def test_a_deleted_credit_gets_its_own_back_but_the_client_can_not_use_it(shop: Shop) -> None:
    """R-PAY-20, R-LIFE-20: it counts again once it is restored."""
    client = shop.client()
    invoice, note = sent(shop, client, 30), credit(shop, client, 30)
    payment = pay(shop, client, invoices={invoice["id"]: 30}, credits={note["id"]: 30})
    shop.delete(f"credits/{note['id']}")
    shop.delete(f"payments/{payment['id']}")
    assert (bill(shop, note, "credits"), sums(shop, client)) == ([30, 0, "2"], [30, 0, 0, 0])
    bulk(shop, "credits", "restore", note)
    assert sums(shop, client) == [30, 0, 30, 0]


def test_a_credit_is_not_raised_for_the_client_by_a_refund(shop: Shop) -> None:
    """R-PAY-17, R-PAY-16."""
    client = shop.client()
    invoice, note = sent(shop, client, 30), credit(shop, client, 30)
    payment = pay(shop, client, invoices={invoice["id"]: 30}, credits={note["id"]: 30})
    record(shop.post("payments/refund", refund(payment, (invoice, 10))))
    assert (bill(shop, note, "credits"), sums(shop, client)) == ([10, 20, "2"], [10, 20, 0, 0])


def test_credits_that_help_a_payment_out_later_count_as_paid(shop: Shop) -> None:
    """R-PAY-10, R-PAY-12: the money counted when it came, the credit counts now; deleting takes both back."""
    client = shop.client()
    payment, invoice, note = pay(shop, client, 50), sent(shop, client, 80), credit(shop, client, 30)
    record(shop.put(f"payments/{payment['id']}", spread({invoice["id"]: 80}, {note["id"]: 30})))
    assert (money(shop, payment), sums(shop, client)) == ([50, 50, 0, False], [0, 80, 0, 0])
    shop.delete(f"payments/{payment['id']}")
    assert sums(shop, client) == [80, 0, 30, 0]


def test_what_a_payment_can_not_be_given_later(shop: Shop) -> None:
    """R-PAY-6, R-PAY-12: more than a credit holds, credits for nothing, a deleted invoice."""
    client = shop.client()
    payment, invoice, note = pay(shop, client, 5), sent(shop, client, 80), credit(shop, client, 30)
    path = f"payments/{payment['id']}"
    assert errors(shop.put(path, spread({invoice["id"]: 80}, {note["id"]: 80})))["credits.0.credit_id"] == [
        "Insufficient balance on credit."
    ]
    assert errors(shop.put(path, spread({}, {note["id"]: 10})))["credits.0.credit_id"] == [
        "You must have an invoice set when using a credit in a payment"
    ]
    shop.delete(f"invoices/{invoice['id']}")
    assert list(errors(shop.put(path, spread({invoice["id"]: 5})))) == ["invoices.0.invoice_id"]
    assert (money(shop, payment), sums(shop, client)) == ([5, 0, 0, False], [0, 5, 30, 5])


@pytest.mark.parametrize(("amount", "field"), [(0, "amount"), (-5, "amount"), (101, "id")])
def test_a_refund_is_of_something_that_is_there(shop: Shop, amount: float, field: str) -> None:
    """R-PAY-14, R-PAY-15."""
    client = shop.client()
    payment = pay(shop, client, 100)
    assert list(errors(shop.post("payments/refund", refund(payment, amount=amount)))) == [field]
    assert (money(shop, payment), sums(shop, client)[1]) == ([100, 0, 0, False], 100)


def test_an_invoice_that_is_listed_twice_is_refunded_once(shop: Shop) -> None:
    """R-PAY-15."""
    client = shop.client()
    invoice = sent(shop, client, 100)
    payment = pay(shop, client, invoices={invoice["id"]: 100})
    found = errors(shop.post("payments/refund", refund(payment, (invoice, 60), (invoice, 60))))
    assert found["id"][0].endswith("maximum refundable amount is 40")
    record(shop.post("payments/refund", refund(payment, (invoice, 60), (invoice, 40))))
    assert (bill(shop, invoice), sums(shop, client)) == ([100, 0, "2"], [100, 0, 0, 0])


def test_refunding_a_reversed_invoice_uses_up_its_credit(shop: Shop) -> None:
    """R-STAT-11 of 5.12: the credit stands for the money, which leaves the client once."""
    client = shop.client()
    invoice = shop.invoice(client, *lines(100), query="?paid=true")
    body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines(70)}
    note = record(shop.post("credits", body))
    assert (bill(shop, invoice), sums(shop, client)) == ([0, 100, "6"], [0, 30, 70, 0])
    record(shop.post("payments/refund", refund(only_payment(shop), (invoice, 60))))
    assert (bill(shop, invoice), bill(shop, note, "credits")) == ([0, 40, "6"], [10, 60, "3"])
    assert sums(shop, client) == [0, 30, 10, 0]
    record(shop.post("payments/refund", refund(only_payment(shop), (invoice, 40))))
    assert (bill(shop, note, "credits"), sums(shop, client)) == ([0, 70, "4"], [0, 0, 0, 0])


def test_deleting_the_payment_of_a_reversed_invoice(shop: Shop) -> None:
    """R-PAY-20 of 5.12: the invoice stays closed, the credit stays usable."""
    client = shop.client()
    invoice = shop.invoice(client, *lines(100), query="?paid=true")
    body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines(100)}
    record(shop.post("credits", body))
    shop.delete(f"payments/{only_payment(shop)['id']}")
    assert (bill(shop, invoice), sums(shop, client)) == ([0, 0, "6"], [0, -100, 100, 0])


def test_what_no_credit_can_reverse(shop: Shop) -> None:
    """R-VAL-5: something must have been paid, on an invoice of the same client."""
    client, other = shop.client(), shop.client(name="Other")
    draft, paid = shop.invoice(client), shop.invoice(other, query="?paid=true")
    cancelled = sent(shop, client, 100)
    bulk(shop, "invoices", "cancel", cancelled)

    def said(invoice: JSON) -> str:
        body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines(10)}
        message: str = errors(shop.post("credits", body))["invoice_id"][0]
        return message

    nothing = "Cannot reverse an invoice with no payment applied."
    assert [said(each) for each in (draft, cancelled, paid)] == [nothing, nothing, "Invoice not found."]
    assert sums(shop, other) == [0, 100, 0, 0]


def test_a_partial_that_nobody_needs_is_nothing(shop: Shop) -> None:
    """R-CALC-16: on an invoice that was paid beyond its new total."""
    invoice = shop.invoice(shop.client(), *lines(7), query="?paid=true")
    now = record(shop.put(f"invoices/{invoice['id']}", {"line_items": lines(1), "partial": 5}))
    assert (now["balance"], now["partial"]) == (-6, 0)


def test_the_credit_comes_back_with_the_payment_of_a_deleted_invoice(shop: Shop) -> None:
    """X-081, R-PAY-22: the invoice is not restored after that."""
    client = shop.client()
    invoice, note = sent(shop, client, 100), credit(shop, client, 20)
    payment = pay(shop, client, invoices={invoice["id"]: 100}, credits={note["id"]: 20})
    assert (money(shop, payment), sums(shop, client)) == ([80, 80, 0, False], [0, 100, 0, 0])
    bulk(shop, "invoices", "delete", invoice)
    assert money(shop, payment)[3] is False
    bulk(shop, "payments", "delete", payment)
    assert money(shop, payment)[3] is True
    bulk(shop, "invoices", "restore", invoice)
    assert shop.show(f"invoices/{invoice['id']}")["is_deleted"] is True
    assert sums(shop, client) == [0, 0, 20, 0]
