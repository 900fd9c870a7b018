"""Payments and refunds: what they do to invoices, credits and the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.draft import Draft
from tests.api.shop import TODAY, errors, part, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def pay(shop: Shop, client: JSON, *pairs: tuple[JSON, float], **fields: Any) -> JSON:
    """A payment of (invoice, amount) pairs."""
    listed = [{"invoice_id": invoice["id"], "amount": amount} for invoice, amount in pairs]
    return record(shop.post("payments", {"client_id": client["id"], "invoices": listed, **fields}))


def credit(shop: Shop, client: JSON, amount: float) -> JSON:
    """An open credit of the client, put straight into the table."""
    world = shop.mock.world
    draft = Draft(world)
    draft.company_row = 1
    fields = {"client_id": client["id"], "amount": amount, "balance": amount, "status_id": "2", "number": f"C{amount}"}
    made = draft.put("credit", {**draft.blank("credit"), **fields})
    world.state = draft.state
    return made


def sums(shop: Shop, client: JSON) -> tuple[float, float, float]:
    """(balance, paid_to_date, payment_balance) of the client."""
    now = shop.show(f"clients/{client['id']}")
    return now["balance"], now["paid_to_date"], now["payment_balance"]


def state(shop: Shop, invoice: JSON) -> tuple[float, float, str]:
    """(balance, paid_to_date, status) of the invoice."""
    now = shop.show(f"invoices/{invoice['id']}")
    return now["balance"], now["paid_to_date"], now["status_id"]


def test_an_amount_of_nothing_is_the_sum_of_the_invoices(shop: Shop) -> None:
    """R-PAY-2, R-PAY-9, R-PAY-10, testing drafts too: they are sent."""
    client = shop.client()
    draft, sent = shop.invoice(client), shop.sent(client)
    payment = pay(shop, client, (draft, 100), (sent, 40))
    wanted = {"amount": 140, "applied": 140, "status_id": "4", "is_manual": True, "date": TODAY, "currency_id": "1"}
    assert part(wanted, payment) == wanted
    assert [share["amount"] for share in payment["paymentables"]] == [100, 40]
    assert state(shop, draft) == (0, 100, "4")
    assert state(shop, sent) == (60, 40, "3")
    assert sums(shop, client) == (60, 140, 0)


def test_money_that_is_left_over_stays_and_can_be_applied_later(shop: Shop) -> None:
    """R-PAY-3, R-PAY-11, R-PAY-12, R-STAT-39."""
    client = shop.client()
    first, second = shop.sent(client), shop.sent(client)
    payment = pay(shop, client, (first, 100), amount=150)
    assert (payment["amount"], payment["applied"]) == (150, 100)
    assert sums(shop, client) == (100, 150, 50)
    more = {"invoices": [{"invoice_id": second["id"], "amount": 51}]}
    refused = errors(shop.put(f"payments/{payment['id']}", more))
    assert refused == {"invoices": ["Insufficient applied amount remaining to cover payment."]}
    more["invoices"][0]["amount"] = 50
    changed = record(shop.put(f"payments/{payment['id']}", {**more, "amount": 1, "private_notes": "Rest"}))
    assert part({"amount": 150, "applied": 150, "private_notes": "Rest"}, changed) == {
        "amount": 150,
        "applied": 150,
        "private_notes": "Rest",
    }
    assert state(shop, second) == (50, 50, "3")
    assert sums(shop, client) == (50, 150, 0)


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"amount": 50}, "amount", "Amounts do not balance correctly."),
        (
            {"invoices": 101},
            "invoices.0.invoice_id",
            "The amount is greater than the invoice balance. You cannot overpay an invoice.",
        ),
        ({"client_id": None}, "client_id", "The client id field is required."),
        ({"number": "P-1"}, "number", "The number has already been taken."),
        ({"date": "soon"}, "date", "The date is not a valid date."),
    ],
)
def test_what_is_refused(shop: Shop, fields: dict[str, Any], field: str, message: str) -> None:
    """R-PAY-3, R-PAY-5, R-PAY-7."""
    client = shop.client()
    pay(shop, client, amount=1, number="P-1")
    listed = [{"invoice_id": shop.sent(client)["id"], "amount": fields.get("invoices", 100)}]
    assert errors(shop.post("payments", {"client_id": client["id"], **fields, "invoices": listed}))[field] == [message]


def test_paid_and_foreign_invoices_are_refused(shop: Shop) -> None:
    """R-PAY-4."""
    client, other = shop.client(), shop.client(name="Other")
    paid = shop.invoice(client, query="?paid=true")
    body: JSON = {"client_id": client["id"], "invoices": [{"invoice_id": paid["id"], "amount": 0}]}
    assert errors(shop.post("payments", body))["invoices"] == ["One or more of these invoices have been paid"]
    body["invoices"] = [{"invoice_id": shop.sent(other)["id"], "amount": 1}]
    found = errors(shop.post("payments", body))
    assert found["invoices.0.invoice_id"] == ["Selected invoices are not from a single client"]
    assert record(shop.post("payments", {**body, "invoices": "", "amount": 3}))["applied"] == 0


def test_partial_comes_first(shop: Shop) -> None:
    """R-STAT-8."""
    client = shop.client()
    invoice = shop.sent(client, {"quantity": 1, "cost": 10}, partial=5)
    pay(shop, client, (invoice, 2))
    now = shop.show(f"invoices/{invoice['id']}")
    assert (now["balance"], now["partial"], now["status_id"]) == (8, 3, "2")
    pay(shop, client, (invoice, 4))
    now = shop.show(f"invoices/{invoice['id']}")
    assert (now["balance"], now["partial"], now["status_id"]) == (4, 0, "3")


def test_the_chain_of_the_worked_example(shop: Shop) -> None:
    """R-PAY-23."""
    client = shop.client()
    invoice = shop.sent(client, {"quantity": 1, "cost": 325})

    def after() -> tuple[float, float, float]:
        return (state(shop, invoice)[0], *sums(shop, client)[:2])

    def refund(payment: JSON, amount: float) -> JSON:
        rows = [{"invoice_id": invoice["id"], "amount": amount}]
        return record(shop.post("payments/refund", {"id": payment["id"], "date": TODAY, "invoices": rows}))

    pay(shop, client, (invoice, 163))
    assert after() == (162, 162, 163)
    second = pay(shop, client, (invoice, 162))
    assert after() == (0, 0, 325)
    assert part({"refunded": 63, "status_id": "5"}, refund(second, 63)) == {"refunded": 63, "status_id": "5"}
    assert after() == (63, 63, 262)
    shop.delete(f"payments/{second['id']}")
    assert after() == (162, 162, 163)
    third = pay(shop, client, (invoice, 162))
    assert after() == (0, 0, 325)
    refund(third, 63)
    fourth = pay(shop, client, (invoice, 63))
    assert after() == (0, 0, 325)
    shop.delete(f"payments/{fourth['id']}")
    assert after() == (63, 63, 262)


def test_a_deleted_payment_stays_deleted(shop: Shop) -> None:
    """R-LIFE-10, R-LIFE-19, R-PAY-20, R-PAY-22."""
    client = shop.client()
    invoice = shop.sent(client)
    payment = pay(shop, client, (invoice, 100), amount=120)
    answer = record(shop.delete(f"payments/{payment['id']}"))
    assert (answer["is_deleted"], answer["status_id"]) == (False, "4")
    now = shop.show(f"payments/{payment['id']}", include="invoices")
    assert (now["is_deleted"], now["status_id"], now["paymentables"], now["invoices"]) == (True, "2", [], [])
    assert state(shop, invoice) == (100, 0, "2")
    assert sums(shop, client) == (100, 0, 0)
    back = rows(shop.post("payments/bulk", {"action": "restore", "ids": [payment["id"]]}))
    assert back[0]["is_deleted"]
    shop.delete(f"invoices/{invoice['id']}")
    shop.post("invoices/bulk", {"action": "restore", "ids": [invoice["id"]]})
    assert shop.show(f"invoices/{invoice['id']}")["is_deleted"]


def test_credits_pay_and_are_given_back_first(shop: Shop) -> None:
    """R-PAY-6, R-PAY-9, R-PAY-16, R-PAY-20; the numbers are those of the service's test."""
    client = shop.client()
    invoice, note = shop.sent(client, {"quantity": 1, "cost": 1000}), credit(shop, client, 100)
    body: JSON = {"credits": [{"credit_id": note["id"], "amount": 101}]}
    listed = {"client_id": client["id"], "invoices": [{"invoice_id": invoice["id"], "amount": 1000}]}
    found = errors(shop.post("payments", {**listed, **body}))
    assert found["credits.0.credit_id"] == ["Insufficient balance on credit."]
    body["credits"][0]["amount"] = 100
    payment = record(shop.post("payments?include=credits", {**listed, **body}))
    assert (payment["amount"], payment["applied"], len(payment["paymentables"])) == (900, 900, 2)
    assert payment["credits"][0]["balance"] == 0
    assert sums(shop, client)[:2] == (0, 1000)
    refund: JSON = {"id": payment["id"], "date": TODAY, "invoices": [{"invoice_id": invoice["id"], "amount": 10}]}
    assert record(shop.post("payments/refund", refund))["refunded"] == 0
    refund["invoices"][0]["amount"] = 190
    assert record(shop.post("payments/refund", refund))["refunded"] == 100
    kept = shop.stored("credits")[0]
    assert [(line["quantity"], line["cost"]) for line in kept["line_items"]] == [(0, -100)]
    assert (kept["balance"], kept["status_id"]) == (100, "2")
    assert state(shop, invoice) == (200, 800, "3")
    assert errors(shop.post("payments", {"client_id": client["id"], **body}))["credits.0.credit_id"] == [
        "You must have an invoice set when using a credit in a payment"
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Attempting to refund a payment with invoices attached, please specify valid invoice/s to be refunded."),
        ({"amount": 41}, "maximum refundable amount is 40"),
    ],
)
def test_refunds_that_are_refused(shop: Shop, body: dict[str, Any], message: str) -> None:
    """R-PAY-14, R-PAY-15."""
    client = shop.client()
    invoice = shop.sent(client)
    payment = pay(shop, client, (invoice, 40))
    listed = [{"invoice_id": invoice["id"], **body}] if body else []
    sent = {"id": payment["id"], "date": TODAY, "invoices": listed}
    assert errors(shop.post("payments/refund", sent))["id"][0].endswith(message)
    assert list(errors(shop.post("payments/refund", {}))) == ["id", "date"]
    assert shop.hire("edit_payment,create_payment").post("payments/refund", sent).status_code == 401


def test_an_unapplied_payment_is_refunded_by_amount(shop: Shop) -> None:
    """R-PAY-18, R-PAY-19."""
    client = shop.client()
    payment = pay(shop, client, amount=1000)
    assert errors(shop.post("payments/refund", {"id": payment["id"], "date": TODAY, "amount": 1001}))["id"] == [
        "Attempting to refund 1001 only 1000 available for refund"
    ]
    half = record(shop.post("payments/refund", {"id": payment["id"], "date": TODAY, "amount": 500}))
    assert (half["refunded"], half["status_id"]) == (500, "5")
    assert sums(shop, client)[1] == 500
    whole = record(shop.post("payments/refund", {"id": payment["id"], "date": TODAY, "amount": 500}))
    assert (whole["refunded"], whole["status_id"]) == (1000, "6")


def test_lists_and_blank_form(shop: Shop) -> None:
    """R-WIRE-20, R-EP-2."""
    client = shop.client()
    pay(shop, client, amount=5, transaction_reference="T-1")
    pay(shop, client, (shop.sent(client), 100), transaction_reference="T-2")
    found = {
        word: [each["transaction_reference"] for each in rows(shop.get("payments", **{name: word}))]
        for name, word in (("client_status", "partially_unapplied"), ("filter", "T-2"), ("client_status", "pending"))
    }
    assert found == {"partially_unapplied": ["T-1"], "T-2": ["T-2"], "pending": []}
    blank = record(shop.get("payments/create"))
    assert (blank["id"], blank["status_id"], blank["amount"], blank["date"]) == ("", "1", 0, TODAY)


def test_the_same_payment_is_refused_within_a_second(shop: Shop) -> None:
    """R-PAY-8, by the invoices since 5.12: another invoice is another payment."""
    shop.mock.world.guards = True
    client = shop.client()
    one, two = shop.sent(client), shop.sent(client)
    pay(shop, client, (one, 10))
    listed = [{"invoice_id": one["id"], "amount": 20}]
    again = shop.post("payments", {"client_id": client["id"], "invoices": listed})
    assert (again.status_code, again.json()) == (400, {"message": "Duplicate request"})
    pay(shop, client, (two, 10))


def test_files_and_log_of_a_payment(shop: Shop) -> None:
    """R-EP-5, R-SIDE-4, R-PAY-24."""
    client = shop.client()
    invoice = shop.sent(client)
    payment = pay(shop, client, (invoice, 40), idempotency_key="k-1")
    assert shop.attach(f"payments/{payment['id']}", "slip.pdf")["documents"][0]["name"] == "slip.pdf"
    rows(shop.post("payments/bulk", {"action": "email", "ids": [payment["id"]]}))
    record(shop.post("payments/refund", {"id": payment["id"], "date": TODAY, "invoices": share(invoice, 15)}))
    found = shop.show(f"payments/{payment['id']}", include="invoices,client,activities")
    assert found["paymentables"][0]["refunded"] == 15
    assert (found["invoices"][0]["balance"], found["client"]["balance"]) == (75, 75)
    assert {"10", "138", "40"} <= {each["activity_type_id"] for each in found["activities"]}
    same = {"client_id": client["id"], "amount": 1, "idempotency_key": "k-1"}
    assert list(errors(shop.post("payments", same))) == ["idempotency_key"]


def share(invoice: JSON, amount: float) -> list[JSON]:
    return [{"invoice_id": invoice["id"], "amount": amount}]


@pytest.mark.parametrize("status", ["cancelled", "deleted"])
def test_deleting_the_payment_of_an_invoice_that_is_gone(shop: Shop, status: str) -> None:
    """5.12: a cancelled invoice stays at 0; R-PAY-22: a deleted one took its money back itself."""
    client = shop.client()
    invoice = shop.sent(client)
    other = shop.sent(client, {"quantity": 1, "cost": 10})
    payment = pay(shop, client, (invoice, 40), (other, 10))
    if status == "cancelled":
        shop.post("invoices/bulk", {"action": "cancel", "ids": [invoice["id"]]})
    else:
        shop.delete(f"invoices/{invoice['id']}")
    assert sums(shop, client)[:2] == ((0, 50) if status == "cancelled" else (0, 10))
    shop.delete(f"payments/{payment['id']}")
    assert state(shop, invoice)[0] == (0 if status == "cancelled" else 60)
    assert sums(shop, client) == (10, 0, 0)


def test_all_that_a_payment_may_bring_is_kept(shop: Shop) -> None:
    """R-PAY-1; the exchange rate is the server's own (R-PAY-9)."""
    client = shop.client()
    invoice = shop.sent(client, {"quantity": 1, "cost": 10})
    given = credit(shop, client, 4)
    body = {
        "client_id": client["id"], "amount": 8, "date": "2026-01-10", "number": "P-7", "type_id": "1",
        "transaction_reference": "ref", "private_notes": "by hand", "exchange_currency_id": "3",
        **{f"custom_value{n}": f"v{n}" for n in (1, 2, 3, 4)},
    }  # fmt: skip
    rest = {"invoices": share(invoice, 10), "credits": [{"credit_id": given["id"], "amount": 4}], "exchange_rate": 2}
    made = record(shop.post("payments", {**body, **rest, "idempotency_key": "k-1"}))
    assert part(body, made) == body
    assert (made["exchange_rate"], made["applied"]) == (1, 6)
    assert list(errors(shop.post("payments", {**body, "number": "P-8", "idempotency_key": "k-1"}))) == [
        "idempotency_key"
    ]


@pytest.mark.parametrize("whose", ["nobody's", "deleted", "another company's"])
def test_a_payment_needs_a_client_that_is_there(shop: Shop, whose: str) -> None:
    """R-PAY-1."""
    other = (shop.found() if whose == "another company's" else shop).client()
    if whose == "deleted":
        shop.delete(f"clients/{other['id']}")
    body = {"amount": 5} if whose == "nobody's" else {"amount": 5, "client_id": other["id"]}
    assert list(errors(shop.post("payments", body))) == ["client_id"]
    assert shop.ids("payments") == []
