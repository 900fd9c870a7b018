"""The owner of an empty company, at a fixed hour, and whom the cases deal with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.owner import mock_settings, shop
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop

__all__ = ["client", "mock_settings", "shop", "vendor"]


@pytest.fixture
def client(shop: Shop) -> JSON:
    return shop.client()


@pytest.fixture
def vendor(shop: Shop) -> JSON:
    return record(shop.post("vendors", {"name": "Mill"}))
