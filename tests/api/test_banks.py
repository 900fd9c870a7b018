"""Bank accounts, the movements on them, and the rules that match those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.shop import Shop

JSON = dict[str, Any]


@pytest.fixture
def bank(shop: Shop) -> JSON:
    made: JSON = shop.post("bank_integrations", {"bank_account_name": "Business checking"}).json()["data"]
    return made


def movement(shop: Shop, bank: JSON, **fields: Any) -> JSON:
    body = {"bank_integration_id": bank["id"], "base_type": "DEBIT", "amount": 40, **fields}
    made: JSON = shop.post("bank_transactions", body).json()["data"]
    return made


def test_an_account_without_a_bank_takes_its_own_name(shop: Shop, bank: JSON) -> None:
    assert bank["provider_name"] == "Business checking"
    assert bank["auto_sync"] is True
    assert shop.get("bank_integrations/create").json()["data"]["auto_sync"] is True


def test_the_name_of_an_account_has_three_characters(shop: Shop) -> None:
    refused = shop.post("bank_integrations", {"bank_account_name": "ab"})
    assert refused.status_code == 422
    assert refused.json()["errors"] == {"bank_account_name": ["The bank account name must be at least 3 characters."]}


def test_false_is_a_name_without_characters(shop: Shop, bank: JSON) -> None:
    refused = shop.put(f"bank_integrations/{bank['id']}", {"bank_account_name": False})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["bank_account_name"])


def test_archived_accounts_are_those_with_a_date_deleted_or_not(shop: Shop, bank: JSON) -> None:
    shop.delete(f"bank_integrations/{bank['id']}")
    assert shop.ids("bank_integrations", status="archived") == [bank["id"]]
    assert shop.ids("bank_integrations", status="active") == []


def test_routes_of_a_provider_answer_as_unconnected(shop: Shop) -> None:
    refused = shop.post("bank_integrations/remove_account/10024")
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        "Not yet authenticated with Bank Integration service",
    )
    assert shop.post("bank_integrations/refresh_accounts").json() == {}
    assert shop.post("bank_integrations/get_transactions/10024").json() == {"message": "Fetching transactions...."}


def test_a_movement_needs_an_account_and_a_direction(shop: Shop) -> None:
    errors = shop.post("bank_transactions", {"amount": 5}).json()["errors"]
    assert errors == {
        "bank_integration_id": ["The bank integration id field is required."],
        "base_type": ["The base type field is required."],
    }


def test_a_new_movement_is_of_today_and_unmatched(shop: Shop, bank: JSON) -> None:
    made = movement(shop, bank, base_type="debit")
    assert (made["date"], made["status_id"], made["base_type"]) == ("2026-01-15", "1", "DEBIT")


def test_money_in_is_matched_with_the_invoice_that_its_text_names(shop: Shop, bank: JSON) -> None:
    invoice = shop.sent(shop.client(), number="HB-77")
    made = movement(shop, bank, base_type="CREDIT", amount=100, description="Payment for HB-77, thanks")
    assert (made["status_id"], made["invoice_ids"]) == ("2", invoice["id"])
    done = shop.post("bank_transactions/bulk", {"action": "convert_matched", "ids": [made["id"]]}).json()["data"][0]
    assert done["status_id"] == "3"
    assert done["payment_id"]
    assert shop.show(f"invoices/{invoice['id']}")["status_id"] == "4"
    again = shop.post("bank_transactions/bulk", {"action": "unlink", "ids": [made["id"]]}).json()["data"][0]
    assert (again["status_id"], again["payment_id"], again["invoice_ids"]) == ("1", "", "")


@pytest.mark.parametrize(("both", "status"), [(True, "1"), (False, "2")])
def test_a_rule_matches_on_all_tests_or_on_one(shop: Shop, bank: JSON, *, both: bool, status: str) -> None:
    tests = [
        {"search_key": "description", "operator": "contains", "value": "F U E L"},
        {"search_key": "amount", "operator": ">", "value": "100"},
    ]
    rule = {"name": "Fuel", "applies_to": "DEBIT", "matches_on_all": both, "rules": tests}
    assert shop.post("bank_transaction_rules", rule).status_code == 200
    assert movement(shop, bank, description="Fuel station 12")["status_id"] == status


def test_a_rule_names_what_is_missing_in_its_tests(shop: Shop) -> None:
    refused = shop.post("bank_transaction_rules", {"name": "Fuel", "rules": [{"operator": "is", "value": "x"}]})
    assert refused.json()["errors"] == {"rules.0.search_key": ["The rules.0.search key field is required."]}


def test_match_pays_several_invoices_with_one_payment(shop: Shop, bank: JSON) -> None:
    """R-STAT-47."""
    client = shop.client()
    first, second = shop.sent(client), shop.sent(client)
    made = movement(shop, bank, base_type="CREDIT", amount=150)
    entry = {"id": made["id"], "invoice_ids": f"{first['id']},{second['id']}"}
    answer = shop.post("bank_transactions/match", {"transactions": [entry]}).json()["data"]
    assert [each["status_id"] for each in answer] == ["3"]
    assert [shop.show(f"invoices/{each['id']}")["balance"] for each in (first, second)] == [0, 50]
    assert shop.show(f"clients/{client['id']}")["balance"] == 50
    assert shop.post("bank_transactions/match", {"transactions": [entry]}).json()["data"] == []


def test_match_refuses_a_movement_that_is_not_there(shop: Shop) -> None:
    refused = shop.post("bank_transactions/match", {"transactions": [{"id": "VolejRejNm"}]})
    assert refused.json()["errors"] == {"transactions.0.id": ["The selected transactions.0.id is invalid."]}


def test_states_and_directions_are_two_groups_of_a_filter(shop: Shop, bank: JSON) -> None:
    cash_in = movement(shop, bank, base_type="CREDIT")
    cash_out = movement(shop, bank)
    both = [cash_in["id"], cash_out["id"]]
    assert shop.ids("bank_transactions", client_status="unmatched,withdrawals") == [cash_out["id"]]
    assert shop.ids("bank_transactions", client_status="deposits,withdrawals") == both
    assert shop.ids("bank_transactions", client_status="all,deposits") == both
    assert shop.ids("bank_transactions", client_status="converted,deposits") == []


def test_movements_of_archived_accounts_can_be_left_out(shop: Shop, bank: JSON) -> None:
    made = movement(shop, bank)
    assert shop.ids("bank_transactions", active_banks="true") == [made["id"]]
    shop.post("bank_integrations/bulk", {"action": "archive", "ids": [bank["id"]]})
    assert shop.ids("bank_transactions", active_banks="true") == []
    assert shop.ids("bank_transactions", active_banks="false") == [made["id"]]


def test_an_unknown_bulk_action_is_refused(shop: Shop, bank: JSON) -> None:
    refused = shop.post("bank_transactions/bulk", {"action": "melt", "ids": [movement(shop, bank)["id"]]})
    assert refused.json()["errors"] == {"action": ["The selected action is invalid."]}


def test_a_rule_that_converts_makes_the_expense_at_once(shop: Shop, bank: JSON) -> None:
    tests = [{"search_key": "amount", "operator": "=", "value": "40"}]
    rule = {"name": "Rent", "applies_to": "DEBIT", "auto_convert": True, "rules": tests}
    made = shop.post("bank_transaction_rules", rule).json()["data"]
    converted = movement(shop, bank)
    assert (converted["status_id"], converted["bank_transaction_rule_id"]) == ("3", made["id"])
    assert converted["expense_id"]


def test_rules_for_money_in_and_archived_rules_match_no_money_out(shop: Shop, bank: JSON) -> None:
    tests = [{"search_key": "amount", "operator": "=", "value": "40"}]
    shop.post("bank_transaction_rules", {"name": "In", "rules": tests})
    gone = shop.post("bank_transaction_rules", {"name": "Old", "applies_to": "DEBIT", "rules": tests}).json()["data"]
    shop.post("bank_transaction_rules/bulk", {"action": "archive", "ids": [gone["id"]]})
    assert movement(shop, bank)["status_id"] == "1"


def test_a_deleted_movement_has_lost_its_links_and_its_payment_too(shop: Shop, bank: JSON) -> None:
    invoice = shop.sent(shop.client())
    made = movement(shop, bank, base_type="CREDIT", amount=100)
    entry = {"id": made["id"], "invoice_ids": invoice["id"]}
    paid = shop.post("bank_transactions/match", {"transactions": [entry]}).json()["data"][0]
    with_payment = shop.show(f"bank_transactions/{made['id']}", include="payment")
    assert (with_payment["payment"]["id"], with_payment["payment"]["amount"]) == (paid["payment_id"], 100)
    assert with_payment["payment"]["transaction_id"] == made["id"]
    gone = shop.delete(f"bank_transactions/{made['id']}").json()["data"]
    assert (gone["is_deleted"], gone["payment_id"], gone["status_id"]) == (True, "", "1")


def test_an_invoice_that_is_paid_can_not_be_matched(shop: Shop, bank: JSON) -> None:
    invoice = shop.invoice(shop.client(), query="?paid=true")
    made = movement(shop, bank, base_type="CREDIT", amount=100)
    entry = {"id": made["id"], "invoice_ids": invoice["id"]}
    assert shop.post("bank_transactions/match", {"transactions": [entry]}).json()["data"] == []
    assert shop.show(f"bank_transactions/{made['id']}")["status_id"] == "1"


def test_movements_of_an_account_come_with_it_when_asked_for(shop: Shop, bank: JSON) -> None:
    made = movement(shop, bank)
    shown = shop.show(f"bank_integrations/{bank['id']}", include="bank_transactions")
    assert [each["id"] for each in shown["bank_transactions"]] == [made["id"]]
