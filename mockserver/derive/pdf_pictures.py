"""Logos and attached pictures on paper; one that can't be read is left out."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from mockserver.derive.pdf_page import FOOT, MARGIN
from mockserver.derive.pictures import picture_size

if TYPE_CHECKING:
    from mockserver.derive.paper import Paper
    from mockserver.derive.pdf_page import Page

LOGO_HEIGHT, LOGO_WIDTH = 20, 60
"""Millimetres: no logo is printed larger, unless the settings say how wide."""
PIXEL = 25.4 / 96
MOST_PIXELS = 25_000_000
"""A picture of more is not unpacked: a small file may claim any size."""
BROKEN_PICTURE = (OSError, ValueError, SyntaxError, IndexError, KeyError, struct.error, zlib.error)


def write_logo(page: Page, paper: Paper) -> float:
    """Print the logo where the page stands; gives the height below it. A picture that can't be read is left out."""
    top = page.get_y()
    width, height = _size_of(paper.logo)
    if not width:
        return top
    wanted = _width_of(page, paper.look.logo_width) or min(LOGO_WIDTH, LOGO_HEIGHT * width / height, width * PIXEL)
    tall = min(wanted * height / width, 3 * LOGO_HEIGHT)
    placed = _placed(page, paper.logo, tall * width / height, tall)
    return top + tall + 3 if placed else top


def write_picture(page: Page, content: bytes) -> None:
    """An attached picture on a new page, as large as fits and as it was made at most."""
    width, height = _size_of(content)
    if width:
        page.add_page()
        scale = min(PIXEL, page.epw / width, (page.eph - FOOT) / height)
        _placed(page, content, width * scale, height * scale)


def _size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) for what can't be printed."""
    width, height = picture_size(content)
    return (width, height) if 0 < width * height <= MOST_PIXELS else (0, 0)


def _placed(page: Page, content: bytes, width: float, height: float) -> bool:
    """Whether a picture could be read; it goes to the left margin, where the page stands."""
    try:
        page.image(BytesIO(content), x=MARGIN, y=page.get_y(), w=width, h=height)
    except BROKEN_PICTURE:
        return False
    return True


def _width_of(page: Page, text: str) -> float:
    """Millimetres of a width such as `65%` or `240px`, 0 for anything else; never more than half the page."""
    half = page.epw / 2
    digits = text.rstrip("px%")
    if not digits.isdecimal() or len(digits) > 4:
        return 0
    return min(half, half * int(digits) / 100 if text.endswith("%") else int(digits) * PIXEL)
