"""Statements of account (R-EP-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.shop import JSON, Shop, errors, record, rows
from tests.pdf_text import lines_of, text_of

if TYPE_CHECKING:
    from mockserver.inprocess import Response

JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
ALL = {"show_payments_table": True, "show_credits_table": True, "show_aging_table": True}


@pytest.fixture
def ada(shop: Shop) -> JSON:
    """Billed 100 in November, 40 and 60 in January, a draft of 7; paid 100 in December and 15 in January."""
    shop.settings(name="Acme Works", date_format_id="8")
    client = shop.client(name="Ada Ltd", contacts=[{"first_name": "Ada", "email": "ada@example.com"}])
    old = shop.sent(client, {"quantity": 1, "cost": 100}, number="OLD", date="2025-11-20")
    new = shop.sent(client, {"quantity": 1, "cost": 40}, number="NEW", date="2026-01-02", due_date="2026-01-10")
    shop.sent(client, {"quantity": 1, "cost": 60}, number="LATE", date="2026-01-05")
    shop.invoice(client, {"quantity": 1, "cost": 7}, number="DRAFT", date="2026-01-06")
    pay(shop, client, old, 100, "2025-12-01")
    pay(shop, client, new, 15, "2026-01-08")
    credit = {
        "client_id": client["id"],
        "number": "CR",
        "date": "2026-01-09",
        "line_items": [{"quantity": 1, "cost": 25}],
    }
    record(shop.post("credits?mark_sent=true", credit))
    return client


def pay(shop: Shop, client: JSON, invoice: JSON, amount: float, date: str) -> JSON:
    body = {"client_id": client["id"], "amount": amount, "date": date, "type_id": "1", "number": f"P-{date}"}
    return record(shop.post("payments", {**body, "invoices": [{"invoice_id": invoice["id"], "amount": amount}]}))


def statement(shop: Shop, client: JSON, **fields: Any) -> Response:
    return shop.post("client_statement", {"client_id": client["id"], **JANUARY, **fields})


def shown(response: Response) -> list[str]:
    assert response.status_code == 200, response
    assert response.headers["content-type"] == "application/pdf"
    return lines_of(response.content)


def test_balances_come_from_all_that_was_billed_and_paid(shop: Shop, ada: JSON) -> None:
    lines = shown(statement(shop, ada))
    for line in ("Opening balance $0.00", "Invoiced $100.00", "Paid -$15.00", "Closing balance $85.00"):
        assert line in lines
    for line in ("Acme Works", "Ada Ltd", "ada@example.com", "Statement date 2026-01-01 - 2026-01-31"):
        assert line in "\n".join(lines)


def test_period_begins_with_what_was_owed(shop: Shop, ada: JSON) -> None:
    lines = shown(statement(shop, ada, start_date="2025-11-25", end_date="2025-12-31"))
    assert {"Opening balance $100.00", "Invoiced $0.00", "Paid -$100.00"} <= set(lines)
    assert "Closing balance $0.00" in lines
    assert not [line for line in lines if line.startswith("OLD")]


def test_invoices_of_the_period_are_listed_without_drafts(shop: Shop, ada: JSON) -> None:
    lines = shown(statement(shop, ada))
    assert "NEW 2026-01-02 2026-01-10 $40.00 $25.00" in lines
    assert "LATE 2026-01-05 $60.00 $60.00" in lines
    assert "Balance due $100.00 $85.00" in lines
    assert not [line for line in lines if line.startswith(("DRAFT", "OLD", "Payments", "Credits", "Ageing"))]


def test_tables_are_shown_on_request(shop: Shop, ada: JSON) -> None:
    lines = shown(statement(shop, ada, **ALL))
    assert "P-2026-01-08 2026-01-08 Bank Transfer NEW $15.00" in lines
    assert "CR 2026-01-09 $25.00 $25.00" in lines
    assert "$85.00 $0.00 $0.00 $0.00 $0.00" in lines
    assert [line for line in lines if line in ("Invoices", "Payments", "Credits", "Ageing")] == [
        "Invoices", "Payments", "Credits", "Ageing",
    ]  # fmt: skip


def test_ages_count_to_today(shop: Shop, ada: JSON) -> None:
    shop.later(days=40)
    assert "$0.00 $85.00 $0.00 $0.00 $0.00" in shown(statement(shop, ada, show_aging_table=True))
    shop.later(days=100)
    assert "$0.00 $0.00 $0.00 $0.00 $85.00" in shown(statement(shop, ada, show_aging_table=True))


@pytest.mark.parametrize(
    ("status", "numbers"), [("all", ["NEW", "LATE", "FULL"]), ("paid", ["FULL"]), ("unpaid", ["NEW", "LATE"])]
)
def test_status_chooses_the_invoices(shop: Shop, ada: JSON, status: str, numbers: list[str]) -> None:
    full = shop.sent(ada, {"quantity": 1, "cost": 9}, number="FULL", date="2026-01-07")
    pay(shop, ada, full, 9, "2026-01-07")
    lines = shown(statement(shop, ada, status=status))
    assert [line.split()[0] for line in lines if line.startswith(("NEW", "LATE", "FULL"))] == numbers
    assert "Closing balance $85.00" in lines


def test_deleted_records_do_not_count(shop: Shop, ada: JSON) -> None:
    late = next(each for each in rows(shop.get("invoices")) if each["number"] == "LATE")
    shop.delete(f"invoices/{late['id']}")
    assert "Closing balance $25.00" in shown(statement(shop, ada))


def test_client_without_records_has_an_empty_statement(shop: Shop) -> None:
    lines = shown(statement(shop, shop.client(name="Cid"), **ALL))
    assert "Closing balance $0.00" in lines
    assert "Balance due" not in "\n".join(line for line in lines if line.startswith("Balance due $"))


def test_client_reads_it_in_its_own_currency_and_script(shop: Shop) -> None:
    client = shop.client(name="株式会社サンプル", settings={"currency_id": "3"}, country_id="276")
    shop.sent(client, {"quantity": 1, "cost": 1234.5}, number="R-1", date="2026-01-05")
    lines = shown(statement(shop, client))
    assert "株式会社サンプル" in lines
    assert "Closing balance 1.234,50 €" in lines


@pytest.mark.parametrize("place", ["query", "body"])
def test_statement_can_be_sent_instead(shop: Shop, ada: JSON, place: str) -> None:
    body = {"client_id": ada["id"], **JANUARY}
    path = "client_statement?send_email=true" if place == "query" else "client_statement"
    answer = shop.post(path, body if place == "query" else {**body, "send_email": True})
    assert (answer.status_code, answer.json()) == (200, {"message": "Email queued"})
    newest = next(each for each in shop.stored("activities") if each["activity_type_id"] == "140")
    assert newest["client_id"] == ada["id"]


def test_missing_fields_are_all_named(shop: Shop) -> None:
    assert errors(shop.post("client_statement", {})) == {
        "client_id": ["The client id field is required."],
        "start_date": ["The start date field is required."],
        "end_date": ["The end date field is required."],
    }


def test_wrong_fields_are_refused(shop: Shop, ada: JSON) -> None:
    wrong = {"start_date": "01/02/2026", "end_date": "2026-02-30", "show_aging_table": "maybe"}
    assert errors(statement(shop, ada, **wrong)) == {
        "start_date": ["The start date does not match the format Y-m-d."],
        "end_date": ["The end date does not match the format Y-m-d."],
        "show_aging_table": ["The show aging table field must be true or false."],
    }
    assert errors(statement(shop, ada, template="nothing")) == {"template": ["The selected template is invalid."]}


def test_client_of_another_company_and_an_unknown_one_are_refused(shop: Shop, ada: JSON) -> None:
    wanted = {"client_id": ["The selected client id is invalid."]}
    assert errors(statement(shop.found(), ada)) == wanted
    assert errors(statement(shop, {"id": "nothing"})) == wanted


def test_client_that_the_user_may_not_see_is_refused(shop: Shop, ada: JSON) -> None:
    assert statement(shop.hire("view_invoice"), ada).status_code == 401
    assert statement(shop.hire("view_client", "other@example.com"), ada).status_code == 200


def test_design_of_the_company_is_filled(shop: Shop, ada: JSON) -> None:
    body = "<h1>From $start_date to $end_date for $client.name</h1><table id='statement-invoice-table'></table>"
    design = record(shop.post("designs", {"name": "Own", "design": {"body": body}}))
    text = text_of(statement(shop, ada, template=design["id"]).content)
    assert "From 2026-01-01 to 2026-01-31 for Ada Ltd" in text
    assert "NEW 2026-01-02 2026-01-10 $40.00 $25.00" in text
    assert "Opening balance" not in text
