"""Which fonts a text needs: the ones that every reader of PDFs has, or those of fixtures/fonts, embedded."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from fpdf.fonts import TTFFont

from mockserver.content import font
from mockserver.derive.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fpdf import FPDF

CORE, WIDE = "helvetica", "notosans"
CHARSET = "windows-1252"
REGULAR, BOLD = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"
SCRIPTS = {
    "FiraGO-Regular.ttf": ("[\u0590-\u07ff\u08a0-\u097f\u0e00-\u0e7f\u10a0-\u10ff\ufb1d-\ufdff\ufe70-\ufefc]"),
    "DroidSansFallback.ttf": "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]",
    "NotoSansArmenian-Regular.ttf": "[\u0530-\u058f\ufb13-\ufb17]",
    "NotoSansBengali-Regular.ttf": "[\u0980-\u09ff]",
    "NotoSansTamil-Regular.ttf": "[\u0b80-\u0bff]",
}
"""The fonts for what Noto Sans lacks, each with the letters to take it for."""
SHAPED = re.compile("[\u0300-\u036f\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Scripts whose letters join, stack or run from right to left."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
UNKNOWN = "?"


class Typeface:
    """The fonts of one PDF, chosen by all the text that it will hold."""

    def __init__(self, pdf: FPDF, texts: Iterable[str]) -> None:
        whole = "".join(sorted(set().union(*map(printable, texts))))
        self._pdf = pdf
        self._known: frozenset[int] = frozenset()
        self.family = CORE
        if encodable(whole):
            pdf.core_fonts_encoding = CHARSET
            return
        self.family = WIDE
        pdf.add_font(WIDE, "", font(REGULAR))
        pdf.add_font(WIDE, "B", font(BOLD))
        needed = [name for name, letters in SCRIPTS.items() if re.search(letters, whole)]
        for name in needed:
            pdf.add_font(name, "", font(name))
        pdf.set_fallback_fonts(needed, exact_match=False)
        pdf.set_text_shaping(use_shaping_engine=SHAPED.search(whole) is not None)
        self._known = frozenset().union(*(each.cmap for each in pdf.fonts.values() if isinstance(each, TTFFont)))

    def close(self) -> None:
        """Close the files of the embedded fonts, which the library reads from until the PDF is written."""
        for each in self._pdf.fonts.values():
            if isinstance(each, TTFFont):
                each.ttfont.close()

    def text(self, value: object) -> str:
        """The text without markup and without letters that no font has: `?` stands for those that would be seen."""
        shown = printable(value)
        if self.family == CORE:
            return shown
        return "".join(map(self._letter, shown))

    def _letter(self, letter: str) -> str:
        if ord(letter) in self._known or letter in "\n ":
            return letter
        return "" if unicodedata.category(letter) in ("Cf", "Mn") else UNKNOWN


def encodable(text: str) -> bool:
    """Whether the fonts that need no embedding have every letter."""
    try:
        text.encode(CHARSET)
    except UnicodeEncodeError:
        return False
    return True
