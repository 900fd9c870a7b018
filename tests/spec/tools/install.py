"""Installs the Node programs that the tests of the document use: `python install.py FOLDER` runs `npm ci` there.

Exit code 1 and one line when Node is missing or too old.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WANTED = (20, 19)
FILES = ("package.json", "package-lock.json")


def main(folder: str) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    wanted = f"Node.js {WANTED[0]}.{WANTED[1]} or newer with npm"
    if node is None or npm is None:
        raise SystemExit(f"tools: got no `{'npm' if node else 'node'}` on the PATH, wanted {wanted}; install it.")
    told = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    if tuple(int(part) for part in told.lstrip("v").split(".")[:2]) < WANTED:
        raise SystemExit(f"tools: got Node.js {told}, wanted {wanted}; install it.")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / name, target / name)
    # nothing that is installed may run code while it is installed
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], check=True, cwd=target
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
