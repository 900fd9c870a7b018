"""The sdist is enough to build, test and read the project without its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tarfile

WANTED = {
    ".ci",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "SECURITY.md",
    "bench",
    "conftest.py",
    "contracts",
    "docs",
    "fixtures",
    "hatch_build.py",
    "mockserver",
    "news",
    "pyproject.toml",
    "spec",
    "tests",
    "tox.ini",
}


def test_the_sdist_holds_what_a_packager_needs_and_no_working_files(sdist: tarfile.TarFile) -> None:
    tops = {name.split("/", 2)[1] for name in sdist.getnames() if "/" in name}
    assert tops - {".gitignore"} == WANTED


def test_the_sdist_holds_no_built_content(sdist: tarfile.TarFile) -> None:
    assert [name for name in sdist.getnames() if "/mockserver/_content/" in name] == []
