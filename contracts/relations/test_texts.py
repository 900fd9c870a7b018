"""Text comes back letter by letter: any script, emoji, quotes, long ones; only blanks at its ends go (R-WIRE-49)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.scenes.extremes import reads_back
from mockserver.contract.scenes.stage import staged, turns

if TYPE_CHECKING:
    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
MOST = 150
TEXTS = (
    "\N{GRINNING FACE}\N{ROCKET} astral \U0001f3f3\ufe0f\u200d\U0001f308",
    "שלום עולם مرحبا بالعالم",
    "e\u0301 n\u0303 o\u0308 combined",
    "漢字かな交じり文 한국어",
    "Łódź, İstanbul, Straße, ẞ, ﬁ",
    'O\'Brien "quoted" back\\slash and/slash',
    "null",
    "1e5",
    "100 % of $1 & more; a=b?c#d",
    "  blanks around \t ",
    "x" * MOST,
    "Ж漢😀" * 40,
)


def test_text_comes_back_letter_by_letter(target: Target, noun: Noun, options: Options) -> None:
    numbers = itertools.count(1)

    def text(number: int) -> str:
        """A text of the table; with a number behind it where it must be unique."""
        chosen = TEXTS[number * 5 % len(TEXTS)]
        return f"{chosen} {next(numbers)}"[-MOST:] if noun.facts.get("unique") else chosen

    with staged(target, noun) as stage:
        for turn in turns(options, 3):
            reads_back(stage, {"text": text, "html": text}, turn, wanted=str.strip)
