"""Fixtures of tests that begin with nothing: the owner of an empty company, at a fixed hour.

A `conftest.py` imports both; pytest finds them by their names there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.app import Settings
from mockserver.clock import EPOCH, Clock
from tests.api.shop import Shop

if TYPE_CHECKING:
    from mockserver.inprocess import MockClient

__all__ = ["mock_settings", "shop"]


@pytest.fixture(scope="session")
def mock_settings() -> Settings:
    """A company with its owner and tokens and nothing else, so that every number in a test is exact."""
    return Settings(scenario="empty")


@pytest.fixture
def shop(mock_client: MockClient) -> Shop:
    """The owner of the company, on 2026-01-15 at nine o'clock in London, in a world of its own for each test."""
    mock_client.world.clock = Clock(frozen=EPOCH)
    return Shop(mock_client)
