"""Text comes back letter by letter: any script, emoji, quotes, long ones; only blanks at its ends go (R-WIRE-49)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from mockserver.contract.extremes import reads_back
from mockserver.contract.stage import staged, turns

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun
    from mockserver.contract.suite.options import Options
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update")]
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
    "x" * 150,
    "Ж漢😀" * 40,
)
_numbers = itertools.count(1)


def test_text_comes_back_letter_by_letter(target: Target, noun: Noun, options: Options) -> None:
    unique = noun.facts.get("unique", ())
    with staged(target, noun) as stage:
        for turn in turns(options, 3):
            texts = dict.fromkeys(("text", "html"), lambda number: TEXTS[number * 5 % len(TEXTS)])
            if unique:
                mark = f" {next(_numbers)}"
                texts = dict.fromkeys(texts, lambda number, mark=mark: (TEXTS[number * 5 % len(TEXTS)] + mark)[-150:])
            reads_back(stage, texts, turn, wanted=str.strip)
