"""Write a requirements file that holds every direct runtime dependency at its lower bound.

Usage: python lowest.py PYPROJECT OUTPUT
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[^,;]+)(?:,[^;]+)?(?P<marker>;.*)?")


def lowest(requirement: str) -> str:
    """'uvicorn>=0.35,<1; MARKER' -> 'uvicorn==0.35; MARKER'."""
    parts = REQUIREMENT.fullmatch(requirement)
    if parts is None:
        message = f"{requirement!r} has no lower bound: write NAME>=VERSION, then an upper bound or a marker if needed."
        raise SystemExit(message)
    return f"{parts['name']}=={parts['version'].strip()}{parts['marker'] or ''}"


def main(pyproject: str, output: str) -> None:
    project = tomllib.loads(Path(pyproject).read_text("utf-8"))["project"]
    target = Path(output)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(map(lowest, project["dependencies"])) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
