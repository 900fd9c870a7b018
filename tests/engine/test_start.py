"""A start loads what every server needs, and no library that only some calls need."""

from __future__ import annotations

import subprocess
import sys

LATER = ("fpdf", "PIL", "fontTools", "uharfbuzz", "jinja2", "xlsxwriter", "segno", "httpx", "faker", "openapi_core")


def test_libraries_of_single_calls_are_not_loaded_at_the_start() -> None:
    code = f"import sys, mockserver.app; print(*[name for name in {LATER!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
