"""Texts as paper takes them: without markup and control characters."""

from __future__ import annotations

import html
import re
import unicodedata

KEPT = "\n\u00a0\u200c\u200d"
"""Letters that don't count as printable and are needed: line breaks, hard spaces, the joiners of Indic scripts."""
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def printable(value: object) -> str:
    """Text without HTML: line breaks for blocks, no tags, no control characters, accents joined with their letters."""
    text = str(value)
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u00ad", ""))
    return "".join(letter if letter.isprintable() or letter in KEPT else replaced(letter) for letter in composed)


def replaced(letter: str) -> str:
    """What stands for a letter that can't be printed: a space for those that part words, nothing for joiners."""
    category = unicodedata.category(letter)
    return "\ufffd" if category == "Cs" else "" if category == "Cf" else " "
