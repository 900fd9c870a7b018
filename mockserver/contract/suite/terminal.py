"""Findings and the summary of a run as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.contract.suite.deviations import line_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockserver.contract.calls.findings import Finding
    from mockserver.contract.suite.summary import Run

NAMED = 12
"""Names that a line lists before it says how many more there are."""


def text_of(finding: Finding) -> str:
    """One finding: the rule, what is wrong and where, calls that show it, the answer, the entry to paste."""
    about = f"{finding.operation} ({finding.label})" if finding.label else finding.subject
    return "\n".join(
        [
            f"{finding.rule}: {about}".rstrip(": "),
            *section("rule", finding.words),
            *section("wrong", finding.what),
            *section("document", f"#{finding.place}" if finding.place else ""),
            *section("calls", "\n".join(finding.steps)),
            *section("answer", finding.answer),
            *section("known?", line_for(finding)),
        ]
    )


def section(name: str, text: str) -> Iterator[str]:
    """Lines under a word in the margin."""
    for place, line in enumerate(text.splitlines()):
        yield f"  {name if place == 0 else '':<9} {line}".rstrip()


def listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    every = list(names)
    more = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + more


def summary(run: Run) -> Iterator[str]:
    """What a run has proved, what it has not, and what it found."""
    yield from proof(run)
    known = [finding for finding in run.findings if finding.deviation]
    if known:
        yield f"{len(known)} known deviations came up: {listed(f'{each.rule} {each.operation}' for each in known)}"
    for deviation in run.healed:
        yield f"healed, take it out of the list of deviations: {deviation}"
    if run.unproven:
        yield "FAILED: the operations and contracts above were left untried, so the run proves nothing about them"
    for first, *others in run.causes:
        if others:
            yield f"one cause: {listed(each.rule for each in (first, *others))} say the same of {first.key[1]}"
    yield f"{len(run.new)} finding{'s' * (len(run.new) != 1)}"


def proof(run: Run) -> Iterator[str]:
    """How much was tried, and what was left out."""
    ran = sum(sum(outcome.counts.values()) - outcome.counts.get("skipped", 0) for outcome in run.outcomes.values())
    rate = run.requests / run.seconds if run.seconds else 0
    work = f"{run.requests} requests in {run.seconds:.1f} s ({rate:.0f}/s)"
    yield f"{ran} checks of {len(run.outcomes)} contracts, {work}, seed {run.options.seed}"
    accepted = {name for name, kind, status in run.tally.counts if kind == "status" and status.startswith("2")}
    yield f"{len(accepted)} of {len(run.spec.operations)} operations were answered by a success"
    if run.never_accepted and run.whole:
        yield f"never accepted: {listed(each.id for each in run.never_accepted)}"
    if run.never_run and run.whole:
        yield f"never run: {listed(run.never_run)}"
    reasons: dict[str, int] = {}
    for outcome in run.outcomes.values():
        for reason, count in outcome.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + count
    for reason, count in sorted(reasons.items()):
        yield f"left out {count} times: {reason}"
    if run.outside:
        yield f"left out {len(run.outside)} contracts: they need the facts (x-mock) of a document of Invoice Ninja"
