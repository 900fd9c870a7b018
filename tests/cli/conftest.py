"""`mockserver` as a user starts it: a process of its own, its output read line by line."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-m", "mockserver"]


@dataclass
class Served:
    """A running `mockserver serve`."""

    process: subprocess.Popen[str]
    banner: str
    errors: Path

    @property
    def url(self) -> str:
        found = re.search(r"URL +(http://\S+)/api/v1\n", self.banner)
        assert found is not None, self.banner
        return found[1]

    def end(self) -> tuple[int, str, str]:
        """Exit code, what came after the banner, and stderr; the process must end by itself soon."""
        rest, _ = self.process.communicate(timeout=20)
        return self.process.returncode, rest, self.errors.read_text("utf-8")


def read_banner(stream: IO[str]) -> str:
    lines = []
    for line in stream:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    return "".join(lines)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start `mockserver serve --port 0` with further options, and wait for its banner."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> Served:
        errors = tmp_path / f"stderr{len(running)}.txt"
        with errors.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [*COMMAND, "serve", "--port", "0", *options],
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                encoding="utf-8",
            )
        running.append(process)
        assert process.stdout is not None
        return Served(process, read_banner(process.stdout), errors)

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command of `mockserver` to its end."""

    def call(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], check=False, capture_output=True, text=True, encoding="utf-8", timeout=60, cwd=cwd
        )

    return call
