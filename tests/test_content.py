"""Content is found by name, and a name that is not there says what is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver import content
from mockserver.errors import StartError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder of its own, with the content of an installed wheel in it."""
    bundled = tmp_path / "mockserver" / "_content"
    (bundled / "spec" / "invoiceninja-v5").mkdir(parents=True)
    (bundled / "fixtures" / "assets").mkdir(parents=True)
    (bundled / "fixtures" / "assets" / "logo.png").write_bytes(b"png")
    monkeypatch.setattr(content, "_PACKAGE", tmp_path / "mockserver")
    monkeypatch.setattr(content, "_BUNDLED", bundled)
    return bundled


def test_an_installed_wheel_reads_its_own_copy(folder: Path) -> None:
    assert content.spec_dir() == folder / "spec" / "invoiceninja-v5"
    assert content.fixtures_dir() == folder / "fixtures"
    assert content.asset("logo.png").read_bytes() == b"png"


def test_a_checkout_reads_the_folders_beside_the_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_BUNDLED", folder / "absent")
    (folder.parent.parent / "contracts").mkdir()
    assert content.contracts_dir() == folder.parent.parent / "contracts"


def test_a_missing_folder_says_what_to_do(folder: Path) -> None:
    with pytest.raises(content.ContentMissing, match="install mockserver again") as caught:
        content.contracts_dir()
    assert str(folder) in str(caught.value)
    assert isinstance(caught.value, StartError), "the command line turns it into one line and exit code 2"


def test_an_unknown_name_lists_the_known_ones(folder: Path) -> None:
    assert folder.is_dir()
    with pytest.raises(content.ContentMissing, match=r"'spec/acme' .*there is: invoiceninja-v5"):
        content.spec_dir("acme")


@pytest.mark.parametrize("name", ["../../../outside", "/etc/hosts"])
def test_a_name_cannot_leave_the_content_folder(folder: Path, name: str) -> None:
    (folder.parent.parent / "outside").write_text("not content", "utf-8")
    with pytest.raises(content.ContentMissing):
        content.asset(name)
