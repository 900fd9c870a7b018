"""What a run comes to, in plain JSON: the source of every report, and the judge of its outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mockserver.contract.calls.left_out import NoWorlds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.contract.calls.findings import Finding
    from mockserver.contract.calls.tally import Tally
    from mockserver.contract.options import Options
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.suite.deviations import Deviation

PASSED: Final = "passed"
FAILED: Final = "failed"
SKIPPED: Final = "skipped"


@dataclass
class Outcome:
    """What became of one contract: counts by outcome, what it was run for, and why not."""

    words: str
    counts: dict[str, int] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)
    """Operations and nouns that it was run for; empty text for a contract that is about the whole server."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why it was not run -> how often."""


@dataclass
class Run:
    """Everything that is known about a run when it ends. `whole` says that nothing was left out by choice."""

    options: Options
    spec: Spec
    tally: Tally
    findings: Sequence[Finding]
    outcomes: Mapping[str, Outcome]
    deviations: Sequence[Deviation]
    allow: frozenset[str]
    whole: bool
    seconds: float
    requests: int
    outside: frozenset[str] = frozenset()
    """Contracts that have nothing to do with the document."""

    @property
    def new(self) -> list[Finding]:
        """Findings that no deviation explains."""
        return [finding for finding in self.findings if not finding.deviation]

    @property
    def causes(self) -> list[list[Finding]]:
        """The new findings by what is wrong, so that one fault which many contracts stumble over is read once."""
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.new:
            found.setdefault(finding.cause, []).append(finding)
        return list(found.values())

    @property
    def healed(self) -> list[Deviation]:
        """Deviations whose contract was run for their operation and held."""
        return [
            each
            for each in self.deviations
            if not any(each.explains(finding) for finding in self.findings)
            and (outcome := self.outcomes.get(each.rule)) is not None
            and outcome.counts.get(PASSED)
            and (not each.operation or self._names(each.operation) & outcome.ran)
        ]

    def _names(self, name: str) -> set[str]:
        """The operation, its noun, and the whole server: a contract of any of them speaks for the operation."""
        operation = self.spec.operations.get(name)
        return {name, operation.noun, ""} if operation is not None else {name}

    @property
    def never_accepted(self) -> list[Operation]:
        """Operations that might have been called and never were answered by a success."""
        accepted = {name for name, kind, status in self.tally.counts if kind == "status" and status.startswith("2")}
        return [
            operation
            for operation in self.spec.operations.values()
            if operation.id not in accepted and operation.needs <= self.allow and not operation.closed
        ]

    @property
    def never_run(self) -> list[str]:
        """Contracts that were collected and did not run for anything, though the server would have let them."""
        return [
            rule
            for rule, outcome in self.outcomes.items()
            if outcome.counts.keys() <= {SKIPPED} and outcome.reasons.keys() != {str(NoWorlds())}
        ]

    @property
    def unproven(self) -> bool:
        """Whether a run of everything has left something untried, which makes its silence worth nothing."""
        return self.whole and bool(self.never_accepted or (self.never_run and self.allow))

    def told(self) -> dict[str, Any]:
        """The run in plain JSON; no secret is in it."""
        return {
            "document": {name: self.spec.raw["info"].get(name, "") for name in ("title", "version")},
            "server": self.options.base_url,
            "seed": self.options.seed,
            "effort": self.options.effort,
            "shard": "/".join(map(str, self.options.shard)),
            "allowed": sorted(self.allow),
            "seconds": round(self.seconds, 1),
            "requests": self.requests,
            "findings": [finding.told() for finding in self.findings],
            "healed": [str(each) for each in self.healed],
            "rules": [
                {
                    "id": rule,
                    "words": outcome.words,
                    "counts": {name: outcome.counts.get(name, 0) for name in (PASSED, FAILED, SKIPPED)},
                    "reasons": outcome.reasons,
                    "calls": sum(count for (name, _), count in self.tally.rules.items() if name == rule),
                }
                for rule, outcome in sorted(self.outcomes.items())
            ],
            "never_accepted": [operation.id for operation in self.never_accepted],
            "never_run": self.never_run,
            "outside": sorted(self.outside),
            "operations": [self._operation(operation) for operation in self.spec.operations.values()],
        }

    def _operation(self, operation: Operation) -> dict[str, Any]:
        """What of one operation was touched, and what failed."""
        seen: dict[str, dict[str, int]] = {"status": {}, "parameter": {}, "property": {}}
        for kind, name in self.tally.seen(operation.id):
            seen[kind][name] = self.tally.counts[operation.id, kind, name]
        body = self.spec.resolved(operation.body() or {})
        documented = {
            "status": list(operation.raw["responses"]),
            "parameter": [*operation.parameters("query")],
            "property": [*body.get("properties", {})],
        }
        return {
            "id": operation.id,
            "label": operation.label,
            "failed": sorted({finding.rule for finding in self.new if finding.operation == operation.id}),
            "rules": sorted({rule for rule, name in self.tally.rules if name == operation.id and rule}),
            **{
                kind: {name: seen[kind].get(name, 0) for name in dict.fromkeys((*names, *sorted(seen[kind])))}
                for kind, names in documented.items()
            },
        }
