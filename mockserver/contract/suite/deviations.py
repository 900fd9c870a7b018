"""Known differences of a server: a file that names them, strictly, so that a healed one is told.

    [[deviation]]
    rule = "relations/sorting"
    operation = "listClients"
    reason = "staging sorts numbers as text"
    date = 2026-11-22

`operation` is an operation id, or the noun that the contract was run for; one that is about neither has none.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mockserver.contract.calls.findings import Finding

KEYS = {"rule": str, "operation": str, "reason": str, "date": date}
NEEDED = frozenset({"rule", "reason", "date"})


@dataclass(frozen=True)
class Deviation:
    """A difference that is known, and why it is left as it is."""

    rule: str
    operation: str
    reason: str
    date: date

    def about(self, rule: str, names: Iterable[str]) -> bool:
        """Whether it is about a contract that was run for something of these names."""
        return self.rule == rule and (self.operation in names or not self.operation)

    def explains(self, finding: Finding) -> bool:
        return self.about(finding.rule, (finding.operation, finding.subject))

    def __str__(self) -> str:
        return f"{self.rule} {self.operation or '(no operation)'} of {self.date}: {self.reason}"


def read(path: Path) -> list[Deviation]:
    """The deviations in a file. Raises ValueError, which names the entry, what is wrong with it and what was wanted."""
    import tomllib  # not for every command that only lists the options

    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"--deviations: {path} can't be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no TOML: {error}") from None
    entries = told.pop("deviation", [])
    if told or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{path}: got {', '.join(told) or 'no list of tables'}, wanted entries called [[deviation]]")
    return [checked(path, place, entry) for place, entry in enumerate(entries, 1)]


def checked(path: Path, place: int, entry: Mapping[str, Any]) -> Deviation:
    """One entry of the file."""
    where = f"{path}, deviation {place}"
    if missing := NEEDED - entry.keys():
        raise ValueError(f"{where}: {', '.join(sorted(missing))} is missing")
    for name, value in entry.items():
        if name not in KEYS:
            raise ValueError(f"{where}: got {name!r}, wanted {', '.join(KEYS)}")
        fits = isinstance(value, KEYS[name])
        if not fits or (value == "" and name in NEEDED):
            raise ValueError(f"{where}: got {value!r} for {name}, wanted a {KEYS[name].__name__}")
    return Deviation(entry["rule"], entry.get("operation", ""), entry["reason"], entry["date"])


def known(deviations: Sequence[Deviation], finding: Finding) -> Deviation | None:
    """The deviation that explains a finding."""
    return next((each for each in deviations if each.explains(finding)), None)


def line_for(finding: Finding) -> str:
    """The entry to paste for a finding."""
    about = finding.operation or finding.subject
    day = time.strftime("%Y-%m-%d")
    operation = f'operation = "{about}"\n' if about else ""
    return f'[[deviation]]\nrule = "{finding.rule}"\n{operation}reason = "why this is left as it is"\ndate = {day}'
