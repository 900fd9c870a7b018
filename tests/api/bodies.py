"""Bodies that make a record of each kind, with the records that these need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.shop import JSON, Shop


def with_client(shop: Shop) -> JSON:
    return {"client_id": shop.client()["id"]}


BODIES: dict[str, Callable[[Shop], JSON]] = {
    "clients": lambda _: {"name": "N"},
    "products": lambda _: {"product_key": "N"},
    "invoices": with_client,
    "quotes": with_client,
    "credits": with_client,
    "recurring_invoices": lambda shop: {**with_client(shop), "frequency_id": "5"},
    "recurring_quotes": lambda shop: {**with_client(shop), "frequency_id": "5"},
    "payments": lambda shop: {**with_client(shop), "amount": 5, "date": "2026-01-15"},
    "projects": lambda shop: {**with_client(shop), "name": "N"},
    "tasks": lambda _: {"description": "N"},
    "vendors": lambda _: {"name": "N"},
    "purchase_orders": lambda shop: {"vendor_id": record(shop.post("vendors", {"name": "V"}))["id"]},
    "expenses": lambda _: {"amount": 5},
    "expense_categories": lambda _: {"name": "N"},
    "recurring_expenses": lambda _: {"amount": 5, "frequency_id": "5", "next_send_date": "2026-02-01"},
    "locations": lambda shop: {**with_client(shop), "name": "N"},
    "bank_transactions": lambda shop: {
        "bank_integration_id": record(shop.post("bank_integrations", {"bank_account_name": "Bank"}))["id"],
        "base_type": "CREDIT",
        "amount": 5,
        "date": "2026-01-15",
        "description": "N",
    },
    "subscriptions": lambda _: {"name": "N", "steps": "cart,auth.login-or-register"},
    "bank_transaction_rules": lambda _: {"name": "N"},
    "group_settings": lambda _: {"name": "N"},
}
"""What a create needs, of each kind."""
