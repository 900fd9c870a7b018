"""Where content lies: the only module that knows.

spec/, fixtures/ and contracts/ are folders beside the package in a source checkout and are copied to
`_content/` inside the package when a wheel is built (hatch_build.py). Everybody else asks here for a path.
"""

from __future__ import annotations

import os
from pathlib import Path

from mockserver.errors import StartError

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_content"


class ContentMissing(StartError):
    """A folder or file that the package lives on is not there: an incomplete install or a wrong name."""


def root() -> Path:
    """Folder that holds spec/, fixtures/ and contracts/: `_content` of an installed wheel, else the checkout."""
    return _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def spec_dir(name: str = "invoiceninja-v5") -> Path:
    """Folder of one document: openapi.yaml, openapi.json and, in source/, what they are made from."""
    return _existing("spec", name)


def fixtures_dir() -> Path:
    """Folder of the data: hints, statics, scenarios, assets, fonts."""
    return _existing("fixtures")


def cache_dir() -> Path:
    """Where what can be made again is kept between runs: MOCKSERVER_CACHE_DIR, else a folder of the user's cache."""
    own = os.environ.get("MOCKSERVER_CACHE_DIR")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "mockserver"


def contracts_dir() -> Path:
    """Folder of the contract suite, for pytest to read by path."""
    return _existing("contracts")


def asset(name: str) -> Path:
    """One file of fixtures/assets, such as a logo or a sample document."""
    return _existing("fixtures", "assets", name)


def font(name: str) -> Path:
    """One file of fixtures/fonts."""
    return _existing("fixtures", "fonts", name)


def _existing(*parts: str) -> Path:
    base = root()
    path = base.joinpath(*parts)
    if path.exists() and path.resolve().is_relative_to(base.resolve()):
        return path
    parent = path.parent
    beside = sorted(entry.name for entry in parent.iterdir()) if parent.is_dir() else []
    raise ContentMissing(
        f"Content {'/'.join(parts)!r} is not in {base} (there is: {', '.join(beside) or 'nothing'}). "
        "Check the name; if the folder itself is missing, install mockserver again from a complete source tree."
    )
