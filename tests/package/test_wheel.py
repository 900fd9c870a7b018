"""The wheel holds the package, its content and its promises, and nothing else."""

from __future__ import annotations

import configparser
import email
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import zipfile
    from email.message import Message
    from pathlib import Path

CACHES = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".DS_Store"}


def files(folder: Path, base: Path) -> set[str]:
    """Every file under the folder that is no cache, written as a path from `base`."""
    return {
        path.relative_to(base).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and CACHES.isdisjoint(path.parts) and "_content" not in path.parts
    }


def info(wheel: zipfile.ZipFile, name: str) -> str:
    """Text of a file of the .dist-info folder."""
    (member,) = (entry for entry in wheel.namelist() if entry.endswith(f".dist-info/{name}"))
    return wheel.read(member).decode()


@pytest.fixture(scope="session")
def metadata(wheel: zipfile.ZipFile) -> Message:
    return email.message_from_string(info(wheel, "METADATA"))


def test_the_wheel_holds_the_package_and_the_content_and_nothing_else(wheel: zipfile.ZipFile, checkout: Path) -> None:
    content = {
        f"mockserver/_content/{name}"
        for folder in ("spec", "fixtures", "contracts")
        for name in files(checkout / folder, checkout)
    }
    wanted = files(checkout / "mockserver", checkout) | content
    got = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert got == wanted


def test_every_document_comes_with_the_json_that_starts_fast(wheel: zipfile.ZipFile) -> None:
    published = {name for name in wheel.namelist() if name.endswith("/openapi.yaml") and "/source/" not in name}
    assert "mockserver/_content/spec/invoiceninja-v5/openapi.yaml" in published
    for name in published:
        bundle = json.loads(wheel.read(name.removesuffix(".yaml") + ".json"))
        assert bundle["paths"], f"{name} has a bundle without operations"


def test_the_wheel_says_that_it_is_typed(wheel: zipfile.ZipFile) -> None:
    assert "mockserver/py.typed" in wheel.namelist()


def test_installing_gives_one_command_and_one_pytest_plugin(wheel: zipfile.ZipFile) -> None:
    points = configparser.ConfigParser()
    points.read_string(info(wheel, "entry_points.txt"))
    assert {section: dict(points[section]) for section in points.sections()} == {
        "console_scripts": {"mockserver": "mockserver.cli:main"},
        "pytest11": {"mockserver": "mockserver.pytest_plugin"},
    }


def test_python_and_licence_are_declared(wheel: zipfile.ZipFile, metadata: Message) -> None:
    assert metadata["Requires-Python"] == "<3.15,>=3.11"
    assert metadata["License-Expression"] == "MIT AND OFL-1.1 AND Apache-2.0"
    assert "The mockserver contributors" in info(wheel, "licenses/LICENSE")


def test_every_runtime_requirement_has_a_lower_bound(metadata: Message) -> None:
    runtime = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert runtime
    assert [line for line in runtime if ">=" not in line] == []


def test_the_long_description_is_the_readme(metadata: Message, checkout: Path) -> None:
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert str(metadata.get_payload()).strip() == (checkout / "README.md").read_text("utf-8").strip()
