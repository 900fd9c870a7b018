"""The ledger of a client: which rows there are and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import PASSWORD, TODAY, record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


def ledger(shop: Shop, client: JSON) -> list[JSON]:
    found: list[JSON] = shop.show(f"clients/{client['id']}", include="ledger")["ledger"]
    return found


def said(row: JSON) -> tuple[float, float, int, str]:
    return row["adjustment"], row["balance"], row["activity_id"], row["notes"]


def bulk(shop: Shop, path: str, action: str, *records: JSON) -> None:
    answer = shop.post(f"{path}/bulk", {"action": action, "ids": [each["id"] for each in records]})
    assert answer.status_code == 200, answer


def lines(cost: float) -> list[JSON]:
    return [{"quantity": 1, "cost": cost}]


def test_an_invoice_is_booked_from_sending_to_deleting(shop: Shop) -> None:
    """R-SIDE-19, R-SIDE-20, R-STAT-2, R-STAT-14."""
    client = shop.client()
    invoice = shop.invoice(client)
    assert ledger(shop, client) == []
    bulk(shop, "invoices", "mark_sent", invoice)
    record(shop.put(f"invoices/{invoice['id']}", {"line_items": lines(80.5)}))
    record(shop.put(f"invoices/{invoice['id']}", {"private_notes": "Nothing moves"}))
    bulk(shop, "invoices", "delete", invoice)
    shop.later(seconds=60)
    bulk(shop, "invoices", "restore", invoice)
    bulk(shop, "invoices", "cancel", invoice)
    found = ledger(shop, client)
    assert [said(row) for row in found] == [
        (100, 100, 5, "Invoice 0001 marked as sent."),
        (-19.5, 80.5, 5, "Update Adjustment Invoice # 0001 => -19.5"),
        (-80.5, 0, 5, "Invoice 0001 deleted"),
        (80.5, 80.5, 5, "Invoice 0001 restored"),
        (-80.5, 0, 5, "Invoice 0001 cancellation"),
    ]
    assert {row["invoice_id"] for row in found} == {invoice["id"]}
    assert all({"payment_id", "credit_id"}.isdisjoint(row) for row in found)
    assert found == rows(shop.get("company_ledger"))


def test_a_payment_is_booked_with_its_refund_and_its_end(shop: Shop) -> None:
    """R-SIDE-19, R-SIDE-20: one row for each, whatever the number of invoices; what is not applied owes nothing."""
    client = shop.client()
    sent = [shop.sent(client), shop.sent(client)]
    listed = [{"invoice_id": each["id"], "amount": 60} for each in sent]
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 150, "invoices": listed}))
    record(shop.post("payments", {"client_id": client["id"], "amount": 5}))
    back = {"id": payment["id"], "date": TODAY, "invoices": [{"invoice_id": sent[0]["id"], "amount": 20}]}
    record(shop.post("payments/refund", back))
    record(shop.delete(f"payments/{payment['id']}"))
    found = ledger(shop, client)[2:]
    assert [said(row) for row in found] == [
        (-120, 80, 11, "ApplyPaymentInvoice"),
        (20, 100, 11, "Refund of payment # 0001"),
        (100, 200, 11, "Payment 0001 deleted"),
    ]
    assert {row["payment_id"] for row in found} == {payment["id"]}
    assert all({"invoice_id", "credit_id"}.isdisjoint(row) for row in found)


def test_paying_at_once_is_booked_after_sending(shop: Shop) -> None:
    """R-STAT-4, R-STAT-5."""
    client = shop.client()
    shop.invoice(client, query="?paid=true")
    shop.invoice(client, query="?amount_paid=30")
    assert [said(row) for row in ledger(shop, client)] == [
        (100, 100, 5, "Invoice 0001 marked as sent."),
        (-100, 0, 11, "Marked Paid Activity"),
        (100, 100, 5, "Invoice 0002 marked as sent."),
        (-30, 70, 11, "ApplyPaymentInvoice"),
    ]


def test_a_fee_that_nobody_paid_leaves_the_balance_with_its_line(shop: Shop) -> None:
    """R-STAT-4: on an invoice that was sent, too."""
    client = shop.client()
    invoice = shop.sent(client)
    fee = {"quantity": 1, "cost": 5, "type_id": "3"}
    record(shop.put(f"invoices/{invoice['id']}", {"line_items": [*lines(20), fee]}))
    bulk(shop, "invoices", "mark_paid", invoice)
    assert [row["adjustment"] for row in ledger(shop, client)] == [100, -75, -5, -20]
    assert shop.show(f"clients/{client['id']}")["balance"] == 0


def test_a_credit_is_booked_when_it_is_used(shop: Shop) -> None:
    """R-SIDE-19, R-STAT-27: issuing one leaves the balance alone; the payment has what the credit did not give."""
    client = shop.client()
    invoice = shop.sent(client)
    credit = record(shop.post("credits?mark_sent=true", {"client_id": client["id"], "line_items": lines(30)}))
    body = {
        "client_id": client["id"],
        "amount": 50,
        "invoices": [{"invoice_id": invoice["id"], "amount": 80}],
        "credits": [{"credit_id": credit["id"], "amount": 30}],
    }
    payment = record(shop.post("payments", body))
    used, paid = ledger(shop, client)[1:]
    assert said(used) == (-30, 70, 15, "Credit 0001 applied")
    assert said(paid) == (-50, 20, 11, "ApplyPaymentInvoice")
    assert (used["credit_id"], paid["payment_id"]) == (credit["id"], payment["id"])


def test_a_reversal_is_booked_on_its_credit(shop: Shop) -> None:
    """R-STAT-11, 5.12: what was still owed is owed no more."""
    client = shop.client()
    invoice = shop.invoice(client, query="?amount_paid=40")
    body = {"client_id": client["id"], "invoice_id": invoice["id"], "line_items": lines(40)}
    credit = record(shop.post("credits", body))
    last = ledger(shop, client)[-1]
    assert said(last) == (-60, 0, 15, f"Invoice reversed by credit {credit['number']}")
    assert last["credit_id"] == credit["id"]


def test_a_merge_brings_the_balance_in_one_row(shop: Shop) -> None:
    """R-LIFE-14: the rows of the merged client go with it."""
    target, source = shop.client(), shop.client()
    shop.sent(target)
    shop.invoice(source, query="?amount_paid=30")
    record(shop.post(f"clients/{target['id']}/{source['id']}/merge", headers=PASSWORD))
    found = ledger(shop, target)
    assert [said(row)[:3] for row in found] == [(100, 100, 5), (70, 170, 151)]
    assert found[1]["notes"] == f"Balance of merged client {source['number']}"
    assert {"invoice_id", "payment_id", "credit_id"}.isdisjoint(found[1])
    assert found == rows(shop.get("company_ledger"))


def test_the_ledger_ends_with_the_client_and_stays_in_its_company(shop: Shop) -> None:
    """R-LIFE-13, R-EP-46."""
    client = shop.client()
    shop.sent(client)
    assert rows(shop.found().get("company_ledger")) == []
    assert shop.post(f"clients/{client['id']}/purge", headers=PASSWORD).status_code == 200
    assert shop.stored("company_ledger") == []
