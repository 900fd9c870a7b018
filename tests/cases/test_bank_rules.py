"""Rules that give bank movements a vendor and a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.shop import errors, part, record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


@pytest.fixture
def rule(shop: Shop, vendor: JSON) -> JSON:
    """The body of a rule for money that goes out."""
    category = record(shop.post("expense_categories", {"name": "Phones"}))
    return {
        "name": "The First Rule",
        "rules": [{"operator": "contains", "search_key": "description", "value": "mobile"}],
        "assigned_user_id": None,
        "auto_convert": False,
        "matches_on_all": True,
        "applies_to": "DEBIT",
        "category_id": category["id"],
        "vendor_id": vendor["id"],
    }


def test_a_rule_with_category_and_vendor_is_kept_as_it_was_sent(shop: Shop, rule: JSON) -> None:
    """testBankRuleCategoryIdValidation."""
    made = record(shop.post("bank_transaction_rules", rule))
    wanted = {name: value for name, value in rule.items() if value is not None}
    assert part(wanted, made) == wanted
    assert part(wanted, record(shop.put(f"bank_transaction_rules/{made['id']}", rule))) == wanted


def test_a_category_of_nobody_is_refused(shop: Shop, rule: JSON) -> None:
    """The other side of testBankRuleCategoryIdValidation: nothing is stored."""
    assert "category_id" in errors(shop.post("bank_transaction_rules", {**rule, "category_id": "zzzzzzzzzz"}))
    assert shop.ids("bank_transaction_rules") == []


def test_an_update_that_names_no_conditions_is_taken(shop: Shop, rule: JSON) -> None:
    """testUpdateValidationRules: fields of the form that are no fields of a rule do not matter."""
    made = record(shop.post("bank_transaction_rules", rule))
    body = {
        **{name: rule[name] for name in ("applies_to", "auto_convert", "category_id", "matches_on_all", "vendor_id")},
        "archived_at": 0, "is_deleted": False, "isChanged": True, "name": "TEST 22", "updated_at": 1669060432,
    }  # fmt: skip
    changed = record(shop.put(f"bank_transaction_rules/{made['id']}?include=expense_category", body))
    assert (changed["name"], changed["category_id"]) == ("TEST 22", rule["category_id"])
    assert changed["expense_category"]["name"] == "Phones"
    assert changed["updated_at"] != 1669060432


def test_a_rule_for_money_that_comes_in_needs_no_conditions(shop: Shop) -> None:
    """testBankRulePost, testBankRulePut."""
    body = {
        "name": "The First Rule",
        "rules": [],
        "auto_convert": False,
        "matches_on_all": False,
        "applies_to": "CREDIT",
    }
    made = record(shop.post("bank_transaction_rules", body))
    assert part(body, made) == body
    body["name"] = "A New Name For The First Rule"
    assert part(body, record(shop.put(f"bank_transaction_rules/{made['id']}", body))) == body
