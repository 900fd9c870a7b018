"""What a person reads in a PDF."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def pages_of(content: bytes) -> list[str]:
    """Text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def text_of(content: bytes) -> str:
    """Text of all pages."""
    return "\n".join(pages_of(content))


def lines_of(content: bytes) -> list[str]:
    """Lines of all pages, as they stand beside each other."""
    return text_of(content).split("\n")


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of the first page in points."""
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    return round(box.width), round(box.height)
