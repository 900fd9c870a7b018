"""Zip files within limits."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from mockserver.derive import archive
from mockserver.derive.archive import UnreadableArchive, is_zip, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = 1768467600


def made(fill: Callable[[ZipFile], None], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as file:
        fill(file)
    return target.getvalue()


def filled(**members: bytes) -> bytes:
    """A zip file of members that compress well."""

    def fill(file: ZipFile) -> None:
        for name, content in members.items():
            file.writestr(name, content)

    return made(fill)


def everything(_: str) -> bool:
    return True


def test_what_was_packed_comes_out() -> None:
    content = packed([("a.json", [b"{", b"}"]), ("d/b.txt", []), ("ü.txt", [b"x"])], NOW)
    assert is_zip(content)
    assert unpacked(content, everything) == {"a.json": b"{}", "d/b.txt": b"", "ü.txt": b"x"}
    assert unpacked(content, lambda name: name == "a.json") == {"a.json": b"{}"}


def test_the_same_members_give_the_same_bytes() -> None:
    assert (
        packed([("a", [b"x" * 99])], NOW) == packed([("a", [b"x" * 99])], NOW) != packed([("a", [b"x" * 99])], NOW + 2)
    )


def test_a_clock_before_the_first_zip_file() -> None:
    assert unpacked(packed([("a", [b"x"])], 0), everything) == {"a": b"x"}


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b", "C:\\x", "\\\\host\\x"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(UnreadableArchive, match="leads out"):
        unpacked(made(lambda file: file.writestr(ZipInfo(name), "x")), everything)


def test_a_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    bomb = made(lambda file: file.writestr("a", b"\x00" * 1_000_001))
    assert len(bomb) < 2000
    with pytest.raises(UnreadableArchive, match="more than 1000000 bytes"):
        unpacked(bomb, everything)
    halves = filled(a=b"\x00" * 600_000, b=b"\x00" * 600_000)
    with pytest.raises(UnreadableArchive, match="more than 1000000 bytes"):
        unpacked(halves, everything)
    assert unpacked(halves, lambda name: name == "a") == {"a": b"\x00" * 600_000}


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableArchive, match="more than 2 members"):
        unpacked(filled(a=b"", b=b"", c=b""), everything)


def test_other_methods_are_refused() -> None:
    with pytest.raises(UnreadableArchive, match="another way"):
        unpacked(made(lambda file: file.writestr("a", "x" * 50), ZIP_BZIP2), everything)


def test_encrypted_members_are_refused() -> None:
    content = bytearray(made(lambda file: file.writestr("a", "x")))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableArchive, match="encrypted"):
        unpacked(bytes(content), everything)


@pytest.mark.parametrize("keep", [4, 20, 60, 100])
def test_broken_files_are_refused(keep: int) -> None:
    whole = packed([("a", [b"x" * 5000]), ("b", [b"y"])], NOW)
    with pytest.raises(UnreadableArchive, match="no complete zip file"):
        unpacked(whole[:keep], everything)


def test_a_member_that_was_changed_is_refused() -> None:
    content = bytearray(made(lambda file: file.writestr("a", bytes(range(256)) * 20)))
    content[60] ^= 0xFF
    with pytest.raises(UnreadableArchive, match="no complete zip file"):
        unpacked(bytes(content), everything)
