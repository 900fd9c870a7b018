"""Money is tried on an empty company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from mockserver.app import Settings
from mockserver.clock import EPOCH, Clock
from tests.api.shop import Shop

if TYPE_CHECKING:
    from mockserver.inprocess import MockClient


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """Each test makes its clients; nothing else is there."""
    return Settings(scenario="empty")


@pytest.fixture
def shop(mock_client: MockClient) -> Shop:
    """The owner of the company, on 2026-01-15."""
    mock_client.world.clock = Clock(frozen=EPOCH)
    return Shop(mock_client)


settings.register_profile("long", settings())
"""`pytest tests/money --hypothesis-profile=long` makes the random sequences long."""
