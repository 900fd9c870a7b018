"""The package under test is the one that was meant: the wheel in tox, the checkout elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import mockserver
from mockserver import content

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = Path(mockserver.__file__).resolve().parent


def test_the_package_comes_from_where_the_environment_says() -> None:
    wanted = os.environ.get("MOCKSERVER_ORIGIN", "checkout")
    got = "checkout" if PACKAGE.parent == CHECKOUT else "wheel"
    assert got == wanted, f"{PACKAGE} is the {got}; wanted the {wanted}: set MOCKSERVER_ORIGIN or install the other one"


def test_content_comes_from_the_same_place_as_the_package() -> None:
    wanted = CHECKOUT if PACKAGE.parent == CHECKOUT else PACKAGE / "_content"
    assert content.root() == wanted
    assert content.spec_dir().is_relative_to(wanted)
    assert content.fixtures_dir().is_relative_to(wanted)
