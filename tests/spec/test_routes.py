"""The document against the table of the service's routes: nothing missing, nothing invented."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mockserver.content import spec_dir
from mockserver.document.lint_operations import operations

FOLDER = spec_dir()
ROUTES = json.loads((FOLDER / "drift" / "routes.json").read_text("utf-8"))


def normal(path: str) -> str:
    """Path parameters have names of our own."""
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def documented() -> set[str]:
    document: dict[str, Any] = json.loads((FOLDER / "openapi.json").read_text("utf-8"))
    return {normal(place) for place, _ in operations(document)}


@pytest.fixture(scope="module")
def served() -> set[str]:
    """Routes of the service, those of later versions, and `POST` for the `PUT` of an upload, with `_method`."""
    table = [*ROUTES["service"].items(), *ROUTES["newer"].items()]
    routes = {f"{method} {normal(path)}" for path, methods in table for method in methods}
    return routes | {f"post {place.removeprefix('put ')}" for place in routes if place.endswith("/upload")}


def test_no_route_is_missing(documented: set[str], served: set[str]) -> None:
    assert sorted(served - documented) == []


def test_no_operation_is_invented(documented: set[str], served: set[str]) -> None:
    assert sorted(documented - served) == []
