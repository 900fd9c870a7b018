"""What the tests of generated clients share: the document without facts, the npm tools, a place to generate into."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.content import spec_dir
from mockserver.document.bundle import bundle
from mockserver.document.publish import stripped

if TYPE_CHECKING:
    from collections.abc import Sequence

CLIENTS = Path(__file__).parent / "clients"


def run(command: Sequence[str], folder: Path, **env: str) -> str:
    """Output of a program that has to end well; a failure shows what it said."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=600, env={**os.environ, **env}
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return done.stdout + done.stderr


def program(name: str) -> str:
    """A program that the environment installed beside its Python."""
    return str(Path(sys.executable).with_name(name))


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """What a user of the document gets: no facts."""
    return stripped(bundle(spec_dir() / "source"))


@pytest.fixture(scope="session")
def document_file(document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="session")
def node_tools() -> Path:
    """Folder with the pinned npm packages."""
    folder = os.environ.get("MOCKSERVER_NODE_TOOLS", "")
    assert folder, "got no MOCKSERVER_NODE_TOOLS, wanted the folder with the Node programs; run `tox -e spec`"
    return Path(folder)


@pytest.fixture
def typescript(node_tools: Path, tmp_path: Path) -> Path:
    """An empty TypeScript project that sees the tools."""
    shutil.copy(CLIENTS / "tsconfig.json", tmp_path)
    (tmp_path / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(node_tools / "node_modules")
    return tmp_path


def tool(name: str, folder: Path, *arguments: str) -> str:
    """Run a program of the npm packages."""
    return run([str(folder / "node_modules" / ".bin" / name), *arguments], folder)


def compiled_and_run(client: str, folder: Path, url: str, token: str) -> None:
    """Type check our client of the generated code with `--strict`, then run it against a server."""
    shutil.copy(CLIENTS / client, folder)
    tool("tsc", folder, "--project", ".", "--noEmit")
    assert tool("tsx", folder, client, url, token).endswith("all well\n")
