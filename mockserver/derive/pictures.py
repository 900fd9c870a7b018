"""Width and height of uploaded pictures, read from their first bytes."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"


def picture_size(content: bytes) -> tuple[int, int]:
    """(width, height) in pixels of a PNG, GIF or JPEG; (0, 0) for anything else."""
    if content.startswith(PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    return _jpeg(content) if content.startswith(b"\xff\xd8") else (0, 0)


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + max(length, 2)
    return 0, 0
