"""Secrets stay out of reports: the keys of the run, and what answers hold under names of secrets."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN = "***"
SHORT = 6
"""Shorter words are no secrets, and hiding them would hide other text too."""
NAMES = re.compile(
    r"""("(?:\w*token|\w*password|\w*secret|api_key|access_key|private_key|\w*_hash_key)"\s*:\s*")[^"]+(")""",
    re.IGNORECASE,
)


class Secrets:
    """Hides what must not be seen in texts: words by the names of the shell variables that stand for them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        known = {word: name for name, word in words.items() if len(word) >= SHORT and word != "password"}
        self.variables = dict(sorted(known.items(), key=lambda each: len(each[0]), reverse=True))
        """Variable by word, longer words first."""
        written = (
            {*known} | {b64encode(word.encode()).decode() for word in known} | {quote_plus(word) for word in known}
        )
        self._words = sorted(written, key=len, reverse=True)

    def hidden(self, text: str) -> str:
        """The text without secrets."""
        for word in self._words:
            text = text.replace(word, HIDDEN)
        return NAMES.sub(rf"\1{HIDDEN}\2", text)
