"""QR codes as SVG pictures."""

from __future__ import annotations

from io import BytesIO

import segno

WIDTH = 150
"""Pixels of a side."""


def qr_svg(text: str) -> bytes:
    """The text as a square picture without a margin. Raises ValueError when it is empty or too long for a code."""
    if not text:
        raise ValueError("got an empty text, wanted one with letters")
    try:
        code = segno.make_qr(text, error="l", boost_error=False)
    except segno.DataOverflowError as error:
        raise ValueError(str(error)) from error
    out = BytesIO()
    code.save(out, kind="svg", border=0, omitsize=True, light="#fff")
    return out.getvalue().replace(b"<svg ", b'<svg width="%d" height="%d" ' % (WIDTH, WIDTH), 1)
