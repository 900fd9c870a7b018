"""Payments: what is refused, what an update may change, which a list finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.draft import Draft
from tests.api.shop import errors, record, rows, total

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

TEN: JSON = {"quantity": 1, "cost": 10}


@pytest.fixture
def invoice(shop: Shop, client: JSON) -> JSON:
    """An open invoice over 10."""
    return shop.sent(client, TEN)


def paying(client: JSON, amount: Any, *rows_of: tuple[JSON, Any], **more: Any) -> JSON:
    """The body of a payment with (invoice, amount) rows."""
    listed = [{"invoice_id": invoice["id"], "amount": share} for invoice, share in rows_of]
    return {"client_id": client["id"], "amount": amount, "invoices": listed, "date": "2020/12/11", **more}


def untouched(shop: Shop, invoice: JSON) -> bool:
    return shop.ids("payments") == [] and shop.show(f"invoices/{invoice['id']}")["balance"] == invoice["balance"]


def test_the_word_null_is_no_amount_and_no_client(shop: Shop, invoice: JSON) -> None:
    """testNullPaymentAmounts."""
    row = {"invoice_id": invoice["id"], "amount": "null"}
    credit = {"credit_id": invoice["id"], "amount": "null"}
    body = {"amount": "null", "client_id": "null", "invoices": [row], "credits": [credit], "date": "2020/12/11"}
    assert {"amount", "client_id"} <= set(errors(shop.post("payments", {**body, "idempotency_key": "xx"})))
    assert untouched(shop, invoice)


def test_a_payment_is_not_made_twice(shop: Shop, client: JSON, invoice: JSON) -> None:
    """testIdempotencyTrigger."""
    body = paying(client, 5, (invoice, 5), idempotency_key="xx")
    record(shop.post("payments", body))
    assert "idempotency_key" in errors(shop.post("payments", body))
    assert total(shop.get("payments")) == 1
    assert shop.show(f"invoices/{invoice['id']}")["balance"] == 5


def test_a_row_must_name_its_invoice(shop: Shop, client: JSON, invoice: JSON) -> None:
    """testInvoicesValidationProp: `invoice_id:` is another word."""
    body = {"client_id": client["id"], "amount": 5, "invoices": [{"invoice_id:": invoice["id"], "amount": 5}]}
    assert any(name.startswith("invoices") for name in errors(shop.post("payments", body)))
    assert untouched(shop, invoice)


def test_a_key_of_more_than_64_characters_is_refused(shop: Shop, client: JSON, invoice: JSON) -> None:
    """X-089."""
    assert list(errors(shop.post("payments", paying(client, 5, (invoice, 5), idempotency_key="k" * 125)))) == [
        "idempotency_key"
    ]
    assert untouched(shop, invoice)


def test_the_client_of_a_payment_stays(shop: Shop, client: JSON) -> None:
    """X-091, testClientIdValidation of payments: naming the same client is no change, another one is refused."""
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 10}))
    path, day = f"payments/{payment['id']}", {"date": "2026-01-16"}
    other = shop.client()
    assert record(shop.put(path, day))["date"] == "2026-01-16"
    assert record(shop.put(path, {**day, "client_id": client["id"]}))["client_id"] == client["id"]
    assert "client_id" in errors(shop.put(path, {**day, "client_id": other["id"]}))
    assert shop.show(path)["client_id"] == client["id"]


def test_money_of_a_completed_payment_can_be_applied_later(shop: Shop, client: JSON, invoice: JSON) -> None:
    """testCompletedPaymentLogic."""
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 10}))
    changed = record(shop.put(f"payments/{payment['id']}", paying(client, 10, (invoice, 10), idempotency_key="xx")))
    assert (changed["amount"], changed["applied"], changed["status_id"]) == (10, 10, "4")
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == "4"


def test_money_that_did_not_arrive_yet_can_not_be_applied(shop: Shop, client: JSON, invoice: JSON) -> None:
    """X-093, testPendingPaymentLogic, which sends a key that is too long as well."""
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 100}))
    world = shop.mock.world
    draft = Draft(world)
    draft.company_row = 1
    draft.patch("payment", payment["id"], {"status_id": "1"})
    world.state = draft.state
    assert errors(shop.put(f"payments/{payment['id']}", {"invoices": [{"invoice_id": invoice["id"], "amount": 10}]}))
    assert shop.show(f"invoices/{invoice['id']}")["balance"] == 10


@pytest.mark.parametrize(
    ("range_of", "found"),
    [
        pytest.param("date,2023-01-01,2023-02-01", 1, id="testPaymentGetBetweenQuery1"),
        pytest.param("", 2, id="testPaymentGetBetweenQuery2"),
        pytest.param("1,1,1,1,1", 2, id="testPaymentGetBetweenQuery3"),
        pytest.param("date,34343,34343434343", 2, id="testPaymentGetBetweenQuery4"),
    ],
)
def test_payments_between_days(shop: Shop, client: JSON, range_of: str, found: int) -> None:
    """R-WIRE-26: what is no range does not filter."""
    for day in ("2023-01-15", "2026-01-15"):
        record(shop.post("payments", {"client_id": client["id"], "amount": 1, "date": day}))
    answer = shop.get("payments", date_range=range_of)
    assert len(rows(answer)) == found


def test_ten_payments_of_a_day_are_found_and_none_of_another(shop: Shop, client: JSON) -> None:
    """testPaymentGetBetweenQuery5."""
    for _ in range(10):
        record(shop.post("payments", {"client_id": client["id"], "amount": 1, "date": "2023-01-02"}))
    found = [
        len(rows(shop.get("payments", date_range=f"date,{span}")))
        for span in ("2023-01-01,2023-01-03", "2053-10-01,2053-10-03")
    ]
    assert found == [10, 0]


def test_completed_payments(shop: Shop, client: JSON) -> None:
    """testPaymentGetClientStatus."""
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 10}))
    refunded = record(shop.post("payments", {"client_id": client["id"], "amount": 10}))
    record(shop.post("payments/refund", {"id": refunded["id"], "amount": 10, "date": "2026-01-15"}))
    assert shop.ids("payments", client_status="completed") == [payment["id"]]


def test_payments_that_a_bank_movement_may_stand_for(shop: Shop, client: JSON) -> None:
    """testGetPaymentMatchList: those that no movement has yet."""
    free, taken = (record(shop.post("payments", {"client_id": client["id"], "amount": 10})) for _ in range(2))
    bank = record(shop.post("bank_integrations", {"bank_account_name": "Checking"}))
    movement = record(
        shop.post("bank_transactions", {"bank_integration_id": bank["id"], "base_type": "CREDIT", "amount": 10})
    )
    entry = {"id": movement["id"], "payment_id": taken["id"]}
    assert len(rows(shop.post("bank_transactions/match", {"transactions": [entry]}))) == 1
    assert shop.ids("payments", match_transactions="true") == [free["id"]]


def test_a_payment_is_read_written_and_opened_for_an_edit(shop: Shop, client: JSON) -> None:
    """testPaymentRESTEndPoints: what was read may be sent back."""
    payment = record(shop.post("payments", {"client_id": client["id"], "amount": 10}))
    path = f"payments/{payment['id']}"
    shown = shop.show(path)
    assert record(shop.put(path, shown)) == shown == shop.show(f"{path}/edit")


def test_a_number_is_taken_once(shop: Shop, client: JSON) -> None:
    """testUniquePaymentNumbers."""
    body = {"client_id": client["id"], "amount": 10, "date": "2020/12/12", "number": "duplicate"}
    assert record(shop.post("payments", body))["number"] == "duplicate"
    assert list(errors(shop.post("payments", body))) == ["number"]
    assert total(shop.get("payments")) == 1


def test_less_money_than_the_rows_ask_for_is_refused(shop: Shop, client: JSON, invoice: JSON) -> None:
    """X-085, R-PAY-3."""
    assert errors(shop.post("payments", paying(client, 1, (invoice, 2))))
    assert untouched(shop, invoice)


def test_money_above_the_invoices_stays_unapplied(shop: Shop, client: JSON, invoice: JSON) -> None:
    """X-087."""
    made = record(shop.post("payments", paying(client, 15, (invoice, 10))))
    assert (made["amount"], made["applied"]) == (15, 10)


def test_an_invoice_stands_in_one_row(shop: Shop, client: JSON, invoice: JSON) -> None:
    """X-095."""
    assert errors(shop.post("payments", paying(client, 2, (invoice, 1), (invoice, 1))))
    assert untouched(shop, invoice)


def test_an_empty_text_is_no_invoices(shop: Shop, client: JSON) -> None:
    """X-097."""
    made = record(shop.post("payments", {"client_id": client["id"], "amount": 10, "invoices": ""}))
    assert (made["amount"], made["applied"], made["paymentables"]) == (10, 0, [])


def test_more_than_the_partial_amount_ends_it(shop: Shop, client: JSON) -> None:
    """X-083, R-STAT-8."""
    invoice = shop.sent(client, TEN, partial=5)
    assert (invoice["partial"], invoice["balance"]) == (5, 10)
    record(shop.post("payments", paying(client, 6, (invoice, 6))))
    now = shop.show(f"invoices/{invoice['id']}")
    assert (now["partial"], now["balance"], now["status_id"]) == (0, 4, "3")
