"""The rules about money, numbers, states and triggers that tests must prove."""

from __future__ import annotations

RULES = {"CALC": 31, "NUM": 13, "STAT": 47, "TRIG": 9, "PAY": 24}
"""Last rule of each section; they are numbered from 1 on."""

NOT_TO_BE_SEEN: dict[str, str] = {}
"""Rules that neither an answer nor a pure function can show, each with the reason."""
