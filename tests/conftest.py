"""What all tests share: `pytest --hypothesis-profile=long` makes the random sequences of tests/money long."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("long", settings())
