"""The built distributions: made once by `tox -e package`, or here when a test is run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with one wheel and one sdist; MOCKSERVER_DIST names a folder that is already filled."""
    ready = os.environ.get("MOCKSERVER_DIST")
    if ready:
        return Path(ready)
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(CHECKOUT)], check=True)
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Iterator[zipfile.ZipFile]:
    (path,) = dist.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="session")
def sdist(dist: Path) -> Iterator[tarfile.TarFile]:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        yield archive
