"""What is wrong with a scenario, the hints or a setting of the seed, in one line: where, got, wanted, do this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.sources import load_yaml
from mockserver.errors import StartError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def trouble(where: str, got: str, wanted: str, hint: str) -> StartError:
    """The error to raise."""
    return StartError(f"{where}: got {got}, wanted {wanted}; {hint}")


def unknown(where: str, name: object, kind: str, known: Iterable[str]) -> StartError:
    """A word that is none of those that are known here."""
    names = list(known)
    return trouble(where, f"`{name}`", kind, did_you_mean(str(name), names))


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file whose top is a mapping. Raises StartError with file and line."""
    try:
        return load_yaml(path)
    except DocumentError as error:
        raise StartError(str(error)) from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise trouble(path.name, str(error).partition("\n")[0], "YAML in UTF-8", "save it as plain text") from None
