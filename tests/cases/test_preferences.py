"""What a user of the web application has chosen for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop


def test_choices_of_the_application_are_kept_and_changed(shop: Shop) -> None:
    """testUpdatingCompanyUserReactSettings."""
    path = f"company_users/{shop.user()['id']}/preferences?include=company_user"
    for choices in (
        {"show_pdf_preview": True, "react_notification_link": False},
        {"show_pdf_preview": False, "react_notification_link": True},
    ):
        kept = record(shop.put(path, {"react_settings": choices}))["company_user"]["react_settings"]
        assert {name: kept[name] for name in choices} == choices
