"""Bodies of multipart/form-data, with a boundary that is always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOUNDARY = "contract-boundary-2c81f0"


def multipart(fields: Mapping[str, Any], files: Sequence[tuple[str, str, bytes]]) -> bytes:
    """A multipart/form-data body."""
    parts = [part(f'name="{name}"', str(value).encode()) for name, value in fields.items()]
    for name, file, content in files:
        parts.append(part(f'name="{name}"; filename="{file}"\r\nContent-Type: application/octet-stream', content))
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def part(head: str, content: bytes) -> bytes:
    """One part of a multipart body."""
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
