"""The how-to pages say what happens: each of their Python snippets is a test that passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mockserver.behaviours.core.due import DUES
from tests.docs.test_readme import run_curl

pytest_plugins = ["pytester"]

HOWTO = Path(__file__).resolve().parents[2] / "docs" / "howto"
SNIPPETS = [
    (page.name, snippet)
    for page in sorted(HOWTO.glob("*.md"))
    for snippet in re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(
    "snippet", [text for _, text in SNIPPETS], ids=[re.findall(r"def (\w+)", text)[0] for _, text in SNIPPETS]
)
def test_each_snippet_passes(pytester: pytest.Pytester, snippet: str) -> None:
    pytester.makepyfile(snippet)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_page_about_time_names_all_that_falls_due() -> None:
    section = (HOWTO / "time.md").read_text("utf-8").split("## What falls due\n", 1)[1]
    assert set(re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)) == {"what", *DUES}


def test_the_command_of_the_page_moves_the_clock(mock_server: object) -> None:
    (command,) = re.findall(r"^```bash\n(.*?)^```$", (HOWTO / "time.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    answer = run_curl(command, mock_server)
    assert answer.status_code == 200, answer.text
    assert answer.json()["frozen"] is False
