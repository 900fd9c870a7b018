"""Signs of the inside of a server in what it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.contract.wire.reply import Reply

PATHS = r"\\?/(?:var|usr|home|opt|srv|app|root|tmp|vendor)(?:\\?/[\w.-]+)+\.\w+"
SIGNS = {
    "a stack trace": (
        r"Traceback \(most recent|Stack trace:|\"trace\"\s*:\s*\[",
        r"(?:^|\\n|\n)\s*#\d+ \S",
        r"\bat [\w.$\\/]+\([\w.]+:\d+\)",
    ),
    "a file of the server": (PATHS, r"[A-Z]:\\\\[\w\\.-]+", r"[\w\\/-]+\.(?:php|py)\b(?:[: (]|\(\d)"),
    "SQL": (r"SQLSTATE\[|ORA-\d{5}", r"(?i:\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b .+\bSET\b)"),
    "the name of an exception": (
        r"\"exception\"\s*:",
        r"\b(?:[A-Z]\w*Exception|[A-Z]\w+Error):",
        r"(?:Illuminate|Symfony|Doctrine|PDO)\\",
    ),
    "a class of the server": (r"\b(?!App\\\\Models\\\\)(?:App|Modules)\\\\[A-Z]\w+",),
}
"""What it is a sign of -> patterns in the text of an error. Models are named by the service itself (R-WIRE-47)."""
FOUND = {what: re.compile("|".join(patterns)) for what, patterns in SIGNS.items()}
DEBUG = ("x-debug-exception", "x-debug-token", "x-debug-token-link", "x-debug-exception-file", "phpdebugbar-id")


def leak(reply: Reply) -> str:
    """What an answer shows that it should not: a sign in the text of an error, or a header for debugging."""
    header = next((name for name in DEBUG if name in reply.headers), "")
    if header:
        return f"the header {header} shows the inside of the server"
    if reply.status < 400:
        return ""
    text = reply.body.decode("utf-8", "replace")
    for what, pattern in FOUND.items():
        if found := pattern.search(text):
            return f"the {reply.status} shows {what}: {found[0][:80]!r}"
    return ""
