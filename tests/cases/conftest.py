"""The owner of an empty company, at a fixed hour, with a world of its own for each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.app import Settings
from mockserver.clock import EPOCH, Clock
from tests.api.shop import Shop, record

if TYPE_CHECKING:
    from mockserver.inprocess import MockClient
    from tests.api.shop import JSON


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """A company with its owner and tokens and nothing else, so that every number in a case is exact."""
    return Settings(scenario="empty")


@pytest.fixture
def shop(mock_client: MockClient) -> Shop:
    """The owner of the company, on 2026-01-15 at nine o'clock in London."""
    mock_client.world.clock = Clock(frozen=EPOCH)
    return Shop(mock_client)


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client()


@pytest.fixture
def vendor(shop: Shop) -> JSON:
    return record(shop.post("vendors", {"name": "Mill"}))
