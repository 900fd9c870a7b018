"""Refunds and deleted payments: the balances of invoice, credit and client at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.shop import TODAY, errors, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


class Till:
    """A client, what it owes and what it pays."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.client = shop.client()

    def invoice(self, cost: float) -> JSON:
        return self.shop.sent(self.client, {"quantity": 1, "cost": cost})

    def credit(self, cost: float, query: str = "?mark_sent=true") -> JSON:
        body = {"client_id": self.client["id"], "line_items": [{"quantity": 1, "cost": cost}]}
        return record(self.shop.post(f"credits{query}", body))

    def pay(self, amount: float | None = None, invoices: tuple[Any, ...] = (), credits_: tuple[Any, ...] = ()) -> JSON:
        """A payment with (invoice, share) and (credit, share) rows."""
        body: JSON = {
            "client_id": self.client["id"],
            "invoices": [{"invoice_id": each["id"], "amount": share} for each, share in invoices],
            "credits": [{"credit_id": each["id"], "amount": share} for each, share in credits_],
        }
        return record(self.shop.post("payments", body if amount is None else {**body, "amount": amount}))

    def refund(self, payment: JSON, amount: float, *invoices: tuple[JSON, float]) -> Any:
        listed = [{"invoice_id": each["id"], "amount": share} for each, share in invoices]
        body = {"id": payment["id"], "amount": amount, "date": TODAY, "invoices": listed}
        return self.shop.post("payments/refund", body)

    def now(self, kind: str, made: JSON, *fields: str) -> tuple[Any, ...]:
        shown = self.shop.show(f"{kind}/{made['id']}")
        return tuple(shown[field] for field in fields)

    def owes(self) -> tuple[Any, ...]:
        """(balance, paid_to_date) of the client."""
        return self.now("clients", self.client, "balance", "paid_to_date")

    def books(self, invoice: JSON) -> tuple[Any, ...]:
        """(balance of the invoice, balance and paid_to_date of the client)."""
        return (*self.now("invoices", invoice, "balance"), *self.owes())


def test_paying_refunding_and_deleting_in_a_row(shop: Shop) -> None:
    """X-061, R-PAY-23."""
    till = Till(shop)
    invoice = till.invoice(325)
    seen = [till.books(invoice)]

    def note() -> None:
        seen.append(till.books(invoice))

    till.pay(163, ((invoice, 163),))
    note()
    for rest in (162, 162):
        second = till.pay(rest, ((invoice, rest),))
        note()
        record(till.refund(second, 63, (invoice, 63)))
        note()
        if len(seen) == 4:
            record(shop.delete(f"payments/{second['id']}"))
            note()
    third = till.pay(63, ((invoice, 63),))
    note()
    record(shop.delete(f"payments/{third['id']}"))
    note()
    assert seen == [
        (325, 325, 0),
        (162, 162, 163),
        (0, 0, 325),
        (63, 63, 262),
        (162, 162, 163),
        (0, 0, 325),
        (63, 63, 262),
        (0, 0, 325),
        (63, 63, 262),
    ]


def test_money_that_paid_nothing_is_refunded_in_full(shop: Shop) -> None:
    """X-063, R-PAY-19."""
    till = Till(shop)
    found = record(till.refund(till.pay(50), 50))
    assert (found["refunded"], found["status_id"]) == (50, "6")


def test_a_refund_opens_the_invoice_again(shop: Shop) -> None:
    """X-065."""
    till = Till(shop)
    invoice = till.invoice(10)
    payment = till.pay(50, ((invoice, 10),))
    record(till.refund(payment, 50, (invoice, 10)))
    assert till.now("invoices", invoice, "balance", "paid_to_date") == (10, 0)


def test_a_refund_of_an_invoice_that_the_payment_did_not_pay_is_refused(shop: Shop) -> None:
    """X-067: a browser is sent back, a program is told why; nothing moves."""
    till = Till(shop)
    paid, other = till.invoice(50), till.invoice(50)
    payment = till.pay(50, ((paid, 50),))
    body = {"id": payment["id"], "amount": 50, "date": TODAY, "invoices": [{"invoice_id": other["id"], "amount": 50}]}
    assert shop.but(X_Requested_With=None).post("payments/refund", body).status_code == 302
    assert errors(shop.post("payments/refund", body))
    assert till.now("payments", payment, "refunded") == (0,)
    assert till.now("invoices", other, "balance") == (50,)


def test_a_refund_gives_the_credit_back_before_the_money(shop: Shop) -> None:
    """X-069."""
    till = Till(shop)
    invoice, credit = till.invoice(1000), till.credit(100)
    payment = till.pay(None, ((invoice, 1000),), ((credit, 100),))

    def sums() -> tuple[Any, ...]:
        return (
            *till.now("payments", payment, "amount", "applied", "refunded"),
            *till.now("credits", credit, "balance"),
            *till.now("invoices", invoice, "balance"),
        )

    assert sums() == (900, 900, 0, 0, 0)
    record(till.refund(payment, 200, (invoice, 200)))
    assert sums() == (900, 900, 100, 100, 200)


def test_deleting_an_over_payment_takes_it_all_back(shop: Shop) -> None:
    """X-071."""
    till = Till(shop)
    invoice = till.invoice(20)
    assert till.books(invoice) == (20, 20, 0)
    payment = till.pay(30, ((invoice, 20),))
    assert (payment["amount"], payment["applied"]) == (30, 20)
    record(shop.delete(f"payments/{payment['id']}"))
    assert till.owes() == (20, 0)


def test_half_of_the_money_that_paid_nothing_goes_back(shop: Shop) -> None:
    """X-073."""
    till = Till(shop)
    payment = till.pay(1000)
    assert till.owes() == (0, 1000)
    record(till.refund(payment, 500))
    assert till.owes() == (0, 500)


def test_an_amount_of_zero_is_what_credits_leave_open(shop: Shop) -> None:
    """X-075."""
    till = Till(shop)
    payment = till.pay(0, ((till.invoice(10), 10),), ((till.credit(10), 5),))
    assert (payment["amount"], payment["applied"]) == (5, 5)


def test_a_credit_that_paid_a_whole_invoice_and_the_payment_deleted(shop: Shop) -> None:
    """X-077, R-PAY-9, R-PAY-20."""
    till = Till(shop)
    invoice, credit = till.invoice(100), till.credit(100)

    def sums() -> list[tuple[Any, ...]]:
        states = ("balance", "paid_to_date", "status_id")
        return [till.now("invoices", invoice, *states), till.now("credits", credit, *states), till.owes()]

    assert sums() == [(100, 0, "2"), (100, 0, "2"), (100, 0)]
    payment = till.pay(None, ((invoice, 100),), ((credit, 100),))
    assert (payment["amount"], payment["applied"]) == (0, 0)
    assert sums() == [(0, 100, "4"), (0, 100, "4"), (0, 100)]
    record(shop.delete(f"payments/{payment['id']}"))
    assert sums() == [(100, 0, "2"), (100, 0, "2"), (100, 0)]
    assert record(shop.delete(f"credits/{credit['id']}"))["is_deleted"] is True
    assert till.owes() == (100, 0)


def test_a_draft_of_a_credit_can_be_used(shop: Shop) -> None:
    """X-079, R-PAY-6."""
    till = Till(shop)
    invoice, credit = till.invoice(20), till.credit(20, query="")
    assert credit["status_id"] == "1"
    till.pay(None, ((invoice, 20),), ((credit, 20),))
    assert till.now("credits", credit, "status_id", "balance") == ("4", 0)
    assert till.now("invoices", invoice, "status_id", "balance") == ("4", 0)


def test_an_invoice_whose_payment_is_gone_is_not_restored(shop: Shop) -> None:
    """X-081, R-LIFE-17."""
    till = Till(shop)
    invoice, credit = till.invoice(100), till.credit(20)
    payment = till.pay(None, ((invoice, 100),), ((credit, 20),))
    assert payment["amount"] == 80
    assert (*till.owes(), *till.now("credits", credit, "balance")) == (0, 100, 0)

    def bulk(kind: str, action: str, made: JSON) -> bool:
        found: bool = rows(shop.post(f"{kind}/bulk", {"action": action, "ids": [made["id"]]}))[0]["is_deleted"]
        return found

    assert bulk("invoices", "delete", invoice) is True
    assert till.now("payments", payment, "is_deleted") == (False,)
    assert bulk("payments", "delete", payment) is True
    assert bulk("invoices", "restore", invoice) is True
    assert (*till.owes(), *till.now("credits", credit, "balance")) == (0, 0, 20)


def test_deleting_a_payment_that_was_refunded_in_full_changes_nothing(shop: Shop) -> None:
    """X-099."""
    till = Till(shop)
    invoice = shop.invoice(till.client, {"quantity": 1, "cost": 10}, query="?paid=true")
    seen = [till.now("invoices", invoice, "balance")]
    (payment,) = rows(shop.get("payments"))
    record(till.refund(payment, 10, (invoice, 10)))
    seen.append(till.now("invoices", invoice, "balance"))
    record(shop.delete(f"payments/{payment['id']}"))
    seen.append(till.now("invoices", invoice, "balance"))
    assert seen == [(0,), (10,), (10,)]


def test_a_deleted_invoice_takes_only_the_money_with_it(shop: Shop) -> None:
    """R-LIFE-16, R-PAY-22: what credits paid stays with the payment, for a restore or until that is deleted."""
    till = Till(shop)
    invoice, credit = till.invoice(100), till.credit(20)
    payment = till.pay(None, ((invoice, 100),), ((credit, 20),))
    sums = [(*till.now("payments", payment, "amount", "applied", "is_deleted"), *till.owes())]
    for action in ("delete", "restore"):
        rows(shop.post("invoices/bulk", {"action": action, "ids": [invoice["id"]]}))
        sums.append((*till.now("payments", payment, "amount", "applied", "is_deleted"), *till.owes()))
    assert sums == [(80, 80, False, 0, 100), (0, 0, False, 0, 0), (80, 80, False, 0, 100)]
    assert till.now("credits", credit, "balance") == (0,)


def test_the_credits_go_with_the_first_of_the_invoices(shop: Shop) -> None:
    """R-LIFE-16, R-PAY-20."""
    till = Till(shop)
    first, second, credit = till.invoice(100), till.invoice(100), till.credit(20)
    payment = till.pay(None, ((first, 100), (second, 100)), ((credit, 20),))
    seen = [(*till.now("payments", payment, "amount", "applied"), *till.owes())]
    for invoice in (first, second):
        record(shop.delete(f"invoices/{invoice['id']}"))
        seen.append((*till.now("payments", payment, "amount", "applied"), *till.owes()))
    record(shop.delete(f"payments/{payment['id']}"))
    assert seen == [(180, 180, 0, 200), (100, 100, 0, 100), (0, 0, 0, 0)]
    assert (*till.owes(), *till.now("credits", credit, "balance")) == (0, 0, 20)
