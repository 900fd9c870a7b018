"""Records are read, archived, restored and deleted in the same way, whatever they are records of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.clock import EPOCH
from tests.api.shop import record, rows

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

NOUNS: dict[str, dict[str, Any]] = {
    "clients": {"name": "Harbour"},
    "bank_transaction_rules": {"name": "Rent", "applies_to": "DEBIT", "rules": []},
    "company_gateways": {"gateway_key": "3b6621f970ab18887c4f6dca78d3f8bb"},
    "expense_categories": {"name": "Travel"},
    "expenses": {"public_notes": "Taxi"},
    "group_settings": {"name": "Wholesale", "settings": {}},
    "payment_terms": {"num_days": 50},
    "projects": {"name": "Relaunch"},
    "purchase_orders": {},
    "subscriptions": {"name": "Monthly box", "steps": "cart,auth.login-or-register"},
    "task_schedulers": {"template": "client_statement", "next_run": "2026-02-01", "parameters": {}},
    "task_statuses": {"name": "Review"},
    "tax_rates": {"name": "VAT", "rate": 20},
    "webhooks": {"target_url": "https://hooks.example.com", "event_id": "1"},
}
"""A record of each noun."""


@pytest.fixture(params=list(NOUNS))
def noun(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def made(shop: Shop, noun: str) -> JSON:
    owners = {"projects": ("client_id", "clients"), "purchase_orders": ("vendor_id", "vendors")}
    body = dict(NOUNS[noun])
    if noun in owners:
        field, resource = owners[noun]
        body[field] = record(shop.post(resource, {"name": "Harbour"}))["id"]
    return record(shop.post(noun, body))


def bulk(shop: Shop, noun: str, action: str, *ids: str) -> list[JSON]:
    return rows(shop.post(f"{noun}/bulk", {"action": action, "ids": [*ids]}))


def test_a_new_record_is_read_by_its_id_and_not_archived(shop: Shop, noun: str, made: JSON) -> None:
    """The Get and NotArchived cases of each noun."""
    shown = shop.show(f"{noun}/{made['id']}")
    assert shown == made
    assert (shown["archived_at"], shown["is_deleted"]) == (0, False)
    assert made["id"] in shop.ids(noun)


def test_archiving_sets_the_moment(shop: Shop, noun: str, made: JSON) -> None:
    """The Archived cases: the action may stand in the query, the ids in the body."""
    (found,) = rows(shop.post(f"{noun}/bulk?action=archive", {"ids": [made["id"]]}))
    assert (found["id"], found["archived_at"], found["is_deleted"]) == (made["id"], EPOCH, False)
    assert shop.ids(noun, status="archived") == [made["id"]]


def test_restoring_takes_the_moment_back(shop: Shop, noun: str, made: JSON) -> None:
    """The Restored cases."""
    bulk(shop, noun, "archive", made["id"])
    (found,) = rows(shop.post(f"{noun}/bulk?action=restore", {"ids": [made["id"]]}))
    assert (found["archived_at"], found["is_deleted"]) == (0, False)
    assert made["id"] in shop.ids(noun, status="active")


def test_deleting_marks_the_record_and_keeps_it_for_a_restore(shop: Shop, noun: str, made: JSON) -> None:
    """The Deleted cases and the bulk chains: archive, restore, delete, restore."""
    assert [bulk(shop, noun, action, made["id"])[0]["is_deleted"] for action in ("archive", "restore")] == [False] * 2
    (found,) = rows(shop.post(f"{noun}/bulk?action=delete", {"ids": [made["id"]]}))
    assert (found["is_deleted"], found["archived_at"]) == (True, EPOCH)
    assert shop.ids(noun, status="deleted") == [made["id"]]
    (back,) = bulk(shop, noun, "restore", made["id"])
    assert (back["is_deleted"], back["archived_at"]) == (False, 0)


@pytest.mark.parametrize("noun", ["task_statuses", "purchase_orders", "subscriptions"], indirect=True)
def test_delete_marks_the_record_too(shop: Shop, noun: str, made: JSON) -> None:
    """testTaskStatusDeletedFromDELETEROute, testPurchaseOrderDelete, testSubscriptionDeleted."""
    assert record(shop.delete(f"{noun}/{made['id']}"))["is_deleted"] is True
    assert shop.show(f"{noun}/{made['id']}")["is_deleted"] is True


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("expense_categories", {"name": "Fuel"}),
        ("expenses", {"public_notes": "Bus"}),
        ("payment_terms", {"num_days": 5000}),
        ("projects", {"name": "Launch", "public_notes": "Coolio"}),
        ("task_statuses", {"name": "Done"}),
        ("task_schedulers", {"name": "Another", "frequency_id": "5", "next_run": "2026-03-01"}),
    ],
    indirect=["noun"],
)
def test_an_update_is_what_is_read_afterwards(shop: Shop, noun: str, made: JSON, change: JSON) -> None:
    """The Put cases."""
    shop.later(seconds=5)
    body = {**made, **change}
    changed = record(shop.put(f"{noun}/{made['id']}", body))
    assert {name: changed[name] for name in change} == change
    assert changed["updated_at"] == EPOCH + 5
    assert shop.show(f"{noun}/{made['id']}") == changed


@pytest.mark.parametrize(
    ("noun", "field", "text"),
    [
        ("group_settings", "name", "fdfdfd"),
        ("payment_terms", "filter", "hey"),
        ("projects", "filter", "xx"),
        ("recurring_quotes", "filter", "xx"),
        ("subscriptions", "filter", "xx"),
        ("task_statuses", "filter", "xx"),
        ("webhooks", "filter", "xx"),
    ],
)
def test_a_search_for_what_nobody_has_finds_nothing(shop: Shop, noun: str, field: str, text: str) -> None:
    """The Filter cases, testRecurringQuoteListFilter, testAddGroupFilters, testWebhookGetFilter."""
    assert rows(shop.get(noun, **{field: text})) == []


@pytest.mark.parametrize(
    ("noun", "field", "text"),
    [("group_settings", "name", "Wholesale"), ("projects", "filter", "Relaunch"), ("task_statuses", "filter", "revi")],
    indirect=["noun"],
)
def test_a_search_finds_what_has_the_text(shop: Shop, noun: str, made: JSON, field: str, text: str) -> None:
    """testProjectPostFilters."""
    assert shop.ids(noun, **{field: text}) == [made["id"]]


@pytest.mark.parametrize("noun", ["recurring_quotes", "webhooks", "task_schedulers"])
def test_an_empty_list_is_a_list(shop: Shop, noun: str) -> None:
    """testRecurringQuoteList, testWebhookGetRoute, testSchedulerGet."""
    answer = shop.get(noun)
    assert rows(answer) == []
    assert answer.json()["meta"]["pagination"]["total"] == 0


@pytest.mark.parametrize("status", ["active", "archived", "deleted"])
def test_payment_terms_of_a_state(shop: Shop, status: str) -> None:
    """testPaymentTermsGetStatusActive, ...Archived, ...Deleted: each state is a list of its own."""
    made = {
        kept: record(shop.post("payment_terms", {"num_days": days}))
        for kept, days in (("active", 51), ("archived", 52), ("deleted", 53))
    }
    bulk(shop, "payment_terms", "archive", made["archived"]["id"])
    bulk(shop, "payment_terms", "delete", made["deleted"]["id"])
    own = {each["id"] for each in made.values()}
    assert own & set(shop.ids("payment_terms", status=status, per_page=100)) == {made[status]["id"]}
    assert own <= set(shop.ids("payment_terms", per_page=100))
