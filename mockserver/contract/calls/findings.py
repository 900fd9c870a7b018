"""What a run found: one finding for each contract and operation that it fails on, with all that a person needs."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.wire.reply import Reply


@dataclass
class Finding:
    """A contract that a server does not keep."""

    rule: str
    """Folder and file of the contract, such as `relations/sorting`."""
    words: str
    """What must hold, in a sentence."""
    operation: str
    """Operation id; empty when no single one is to blame."""
    label: str
    """Its method and path."""
    subject: str
    """What the contract was run for: an operation, a noun, or nothing."""
    what: str
    """What is wrong: what came, what was wanted."""
    place: str
    """JSON pointer into the document, to what was not kept."""
    steps: list[str] = field(default_factory=list)
    """The shortest sequence of calls that shows it, as curl lines; secrets are names of shell variables."""
    answer: str = ""
    """The last answer: status, and the body's beginning."""
    seen: int = 1
    """How often it came up in the run."""
    deviation: str = ""
    """Reason in deviations.toml when it is a known one; empty when it is new."""
    layer: str = ""

    def told(self) -> dict[str, Any]:
        """The finding in plain JSON."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Finding:
        return cls(**told)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two findings the same."""
        return self.rule, self.operation or self.subject

    @property
    def cause(self) -> tuple[str, str]:
        """What findings of contracts that stumble over one fault have in common; numbers don't count."""
        return self.operation or self.subject, re.sub(r"\d+", "#", self.what)


class Broken(AssertionError):
    """A contract that was not kept, told precisely: the operation, what came and what was wanted, and where it stands.

    `steps` are the calls that show it, as curl lines, and `answer` is what came; without them the last calls are told.
    Contracts may fail by a plain `assert` too; then the last call is taken to be the one to blame.
    """

    def __init__(self, what: str, *, operation: str = "", place: str = "", calls: Sequence[Reply] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.operation = operation
        self.place = place
        self.calls = list(calls)


class Faults:
    """Gathers what is wrong with several operations, one finding each, so that one fault hides no other."""

    def __init__(self) -> None:
        self._found: dict[str, Broken] = {}
        self._more: dict[str, int] = {}

    def add(self, operation: Operation, what: str, reply: Reply | None = None) -> None:
        """Note what is wrong with an operation; the first fault of each is told."""
        if operation.id in self._found:
            self._more[operation.id] += 1
            return
        self._found[operation.id] = Broken(what, operation=operation.id, calls=[] if reply is None else [reply])
        self._more[operation.id] = 0

    def tell(self) -> None:
        """Raise what was noted, all together; nothing when all is well."""
        for name, more in self._more.items():
            if more:
                self._found[name].what += f"\n({more} more of this operation)"
        if len(self._found) == 1:
            raise next(iter(self._found.values()))
        if self._found:
            raise ExceptionGroup(f"{len(self._found)} operations are at fault", list(self._found.values()))
