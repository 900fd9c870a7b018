"""The installer of the Node programs says what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

INSTALL = Path(__file__).resolve().parent / "tools" / "install.py"


def told(tmp_path: Path) -> str:
    """What the installer says when it only finds the programs of a folder."""
    done = subprocess.run(
        [sys.executable, INSTALL, tmp_path / "linters"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "linters").exists()
    return done.stderr


def program(folder: Path, name: str, answer: str) -> None:
    made = folder / name
    made.write_text(f"#!/bin/sh\necho {answer}\n", "utf-8")
    made.chmod(0o755)


def test_a_machine_without_node_is_told_so(tmp_path: Path) -> None:
    assert told(tmp_path) == ("tools: got no `node` on the PATH, wanted Node.js 20.19 or newer with npm; install it.\n")


def test_an_old_node_is_told_so(tmp_path: Path) -> None:
    program(tmp_path, "node", "v18.20.4")
    program(tmp_path, "npm", "10.0.0")
    assert told(tmp_path).startswith("tools: got Node.js v18.20.4, wanted Node.js 20.19 or newer")
