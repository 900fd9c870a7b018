"""Ping, health and the fixed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_a_ping_names_company_and_user(shop: Shop) -> None:
    """R-EP-41: without an envelope, compact."""
    shop.settings(name="Acme")
    user = shop.user()
    name = f"{user['first_name']} {user['last_name']}"
    assert shop.get("ping").content == f'{{"company_name":"Acme","user_name":"{name}"}}'.encode()


def test_a_health_check_says_what_runs(shop: Shop) -> None:
    """R-EP-42."""
    found = shop.get("health_check").json()
    assert (found["system_health"], found["api_version"]) == (True, "5.12.28")
    members = {
        "extensions", "php_version", "env_writable", "simple_db_check", "cache_enabled", "phantom_enabled", "exec",
        "open_basedir", "mail_mailer", "flutter_renderer", "pdf_engine", "queue", "queue_data", "jobs_pending",
        "trailing_slash", "file_permissions", "exchange_rate_api_not_configured", "is_docker", "pending_migrations",
    }  # fmt: skip
    assert members <= set(found)
    assert set(found["queue_data"]) == {"failed", "pending", "last_error"}


def test_fixed_lists_come_bare_and_complete(shop: Shop) -> None:
    """R-EP-43; sizes of the lists as of 5.12."""
    found = shop.get("statics").json()
    sizes = {
        "currencies": 143,
        "countries": 249,
        "industries": 33,
        "sizes": 6,
        "languages": 45,
        "payment_types": 33,
        "timezones": 115,
        "date_formats": 14,
        "datetime_formats": 14,
        "gateways": 64,
        "templates": 12,
    }
    assert {name: len(found[name]) for name in sizes} == sizes
    assert {"client", "expense", "recurring_invoice", "task"} <= set(found["bulk_updates"])
    for name in ("industries", "countries", "payment_types", "languages", "currencies"):
        names = [each["name"] for each in found[name]]
        assert names == sorted(names, key=str.lower) or names == sorted(names)
    euro = next(each for each in found["currencies"] if each["code"] == "EUR")
    assert (euro["id"], euro["precision"]) == ("3", 2)


def test_gateways_say_what_they_can_do(shop: Shop) -> None:
    """By kind of payment: refunds, stored payment methods, and the events that the service listens to."""
    found = {each["name"]: each for each in shop.get("statics").json()["gateways"]}
    stripe, paypal = found["Stripe"], found["PayPal Express"]["options"]
    assert stripe["options"]["1"] == {
        "refund": True,
        "token_billing": True,
        "webhooks": ["payment_intent.succeeded", "charge.refunded", "payment_intent.payment_failed"],
    }
    assert {
        kind: len(each.get("webhooks", ())) for kind, each in stripe["options"].items() if kind in ("2", "6", "24")
    } == {
        "2": 7,
        "6": 0,
        "24": 8,
    }
    assert paypal == {"3": {"refund": False, "token_billing": False}}
    assert stripe["fields"] == {"publishableKey": "", "apiKey": "", "appleDomainVerification": ""}


def test_there_is_no_licence_key(shop: Shop) -> None:
    """The member is there because the installation is one's own (R-EP-43, 5.12), also among included lists."""
    assert shop.get("statics").json()["license_key"] is None
    assert shop.get("clients", include_static="true").json()["static"]["license_key"] is None


def test_fixed_lists_are_indented(shop: Shop) -> None:
    """R-EP-43."""
    answer = shop.get("statics")
    assert answer.text.startswith('{\n    "')
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
