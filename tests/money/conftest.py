"""Money is tried on an empty company."""

from __future__ import annotations

from hypothesis import settings

from tests.api.owner import mock_settings, shop

__all__ = ["mock_settings", "shop"]

settings.register_profile("long", settings.get_profile("searching"))
"""`pytest tests/money --hypothesis-profile=long` makes the random sequences long."""
