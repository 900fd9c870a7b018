"""What a run found: one finding for each contract and operation that it fails on, with all that a person needs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class Broken(AssertionError):
    """A contract that was not kept, told precisely: the operation, what came and what was wanted, and where it stands.

    Contracts may fail by a plain `assert` too; then the last call is taken to be the one to blame.
    """

    def __init__(self, what: str, *, operation: str = "", place: str = "") -> None:
        super().__init__(what)
        self.operation = operation
        self.place = place
