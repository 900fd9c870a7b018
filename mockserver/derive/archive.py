"""Zip files: written member by member at a fixed time, read within limits and never onto a disk."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mockserver.derive.dates import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIGNATURE = (b"PK\x03\x04", b"PK\x05\x06")
MAX_MEMBERS = 20_000
MAX_UNPACKED = 256 * 1024 * 1024
ENCRYPTED = 0x1
METHODS = (ZIP_STORED, ZIP_DEFLATED)
CHUNK = 1 << 20


class UnreadableArchive(Exception):
    """Bytes that can't be read as a zip file, or must not be: what is wrong, in a few words."""


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin as a zip file does."""
    return content.startswith(SIGNATURE)


def packed(members: Iterable[tuple[str, Iterable[bytes]]], now: int) -> bytes:
    """A zip file of (name, parts of the content); the same members at the same second give the same bytes."""
    target = BytesIO()
    moment = at(max(now, 315532800))  # a zip file knows no time before 1980
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with ZipFile(target, "w") as archive:
        for name, parts in members:
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as member:
                for part in parts:
                    member.write(part)
    return target.getvalue()


def unpacked(content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The members that are wanted, by name.

    Raises UnreadableArchive for what is no zip file, is encrypted or broken, has names that lead out of it, or holds
    more than MAX_MEMBERS members or MAX_UNPACKED bytes, whatever sizes it claims.
    """
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > MAX_MEMBERS:
                raise UnreadableArchive(f"it has more than {MAX_MEMBERS} members")
            for info in members:
                check(info)
                if wanted(info.filename):
                    found[info.filename] = _member(archive, info, left)
                    left -= len(found[info.filename])
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableArchive(f"it is no complete zip file ({error})") from None
    return found


def check(info: ZipInfo) -> None:
    """Raise UnreadableArchive for a member that leads out of the archive or is encrypted."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename:
        raise UnreadableArchive(f"the name {info.filename[:80]!r} leads out of it")
    if info.flag_bits & ENCRYPTED:
        raise UnreadableArchive("it is encrypted")
    if info.compress_type not in METHODS:
        raise UnreadableArchive("it is packed in another way than `deflate`")


def _member(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    parts: list[bytes] = []
    with archive.open(info) as member:
        while part := member.read(CHUNK):
            most -= len(part)
            if most < 0:
                raise UnreadableArchive(f"it unpacks to more than {MAX_UNPACKED} bytes")
            parts.append(part)
    return b"".join(parts)
