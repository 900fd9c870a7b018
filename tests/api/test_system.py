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


def test_fixed_lists_are_indented(shop: Shop) -> None:
    """R-EP-43."""
    answer = shop.get("statics")
    assert answer.text.startswith('{\n    "')
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
