"""Which faults the suite catches, and whether it keeps silent where there is none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.planted.benign import hurried
from tests.planted.fault import LAYERS
from tests.planted.worker import Job, run_all, warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.planted.fault import Fault
    from tests.planted.worker import Outcome

LIMITS = {"focused": 120.0, "quick": 400.0, "default": 1800.0}
"""Seconds that a run may take."""
CROSS_SECTION = (
    *("schema/answers", "protocol/refusals", "protocol/unknown_ids", "relations/create", "relations/list_row"),
    *("relations/paging", "relations/sorting", "relations/tenants", "relations/uploads", "relations/times"),
    *("model/sending", "model/totals", "model/counters", "model/recurring_dates"),
)
"""What is run on variants of a sound server where time is short, for the nouns below."""
NOUNS = frozenset(
    {"invoice", "vendor", "listInvoices", "createInvoice", "listVendors", "getVendor", "recurring_invoice"}
)
FLAGS = {"focused": ("--quick",), "quick": ("--quick",), "default": ()}


def jobs(
    faults: Sequence[Fault], variants: Sequence[Fault], profile: str, seeds: Sequence[int], limit: float = 0
) -> Iterator[Job]:
    """A run for each server and seed. Focused: the contract that is named for a fault, where it shows."""
    for seed in seeds:
        words, most = (*FLAGS[profile], f"--seed={seed}"), limit or LIMITS[profile]
        if profile == "focused":
            yield from healthy_parts(faults, words, most)
        else:
            yield Job(None, words=words, first=False, limit=most)
        for each in variants:
            if profile == "focused":
                yield Job(hurried(each), CROSS_SECTION, NOUNS, words, first=False, limit=most)
            else:
                yield Job(each, words=words, first=False, limit=most)
        for fault in faults:
            if profile == "focused":
                select = frozenset(fault.select.split())
                flags = tuple(word for word in words if word != "--quick" or quick(fault.contract))
                yield Job(fault, (fault.contract,), select, flags, limit=most)
            else:
                yield Job(fault, words=words, limit=most)


def quick(contract: str) -> bool:
    """Whether the quick profile has it: it leaves random breadth out."""
    return not contract.startswith("breadth/")


def healthy_parts(faults: Sequence[Fault], words: tuple[str, ...], limit: float) -> Iterator[Job]:
    """What is run on servers with faults, on a healthy one: each contract with all that is selected for it."""
    selected: dict[str, set[str]] = defaultdict(set)
    for fault in faults:
        selected[fault.contract] |= set(fault.select.split())
    for contract, select in selected.items():
        flags = tuple(word for word in words if word != "--quick" or quick(contract))
        yield Job(None, (contract,), frozenset(select), flags, first=False, limit=limit)


def score(
    faults: Sequence[Fault], variants: Sequence[Fault], profile: str, seeds: Sequence[int], processes: int, limit: float
) -> Iterator[tuple[Job, Outcome]]:
    """Run all; outcomes as they come."""
    yield from run_all(jobs(faults, variants, profile, seeds, limit), processes, warm())


@dataclass
class Score:
    """The outcomes of a profile."""

    profile: str
    results: list[tuple[Job, Outcome]] = field(default_factory=list)

    def add(self, job: Job, outcome: Outcome) -> None:
        self.results.append((job, outcome))

    def line(self, job: Job, outcome: Outcome) -> str:
        """One outcome in words."""
        named = job.fault.contract if job.fault is not None else ""
        if outcome.trouble:
            verdict = f"NO VERDICT {outcome.trouble}"
        elif not named:
            verdict = (
                f"FALSE ALARM {outcome.failed} {outcome.what}" if outcome.failed else f"silent, {outcome.passed} passed"
            )
        elif not outcome.failed:
            verdict = f"MISSED by {named}"
        else:
            verdict = "caught" if named in outcome.failed else f"caught by {outcome.failed[0]}, not {named}"
        where = f" {'+'.join(job.contracts)}" if not named and job.contracts else ""
        return f"{outcome.seconds:6.1f} s {outcome.requests:6} calls  {job.name}{where}: {verdict}\n"

    @property
    def good(self) -> bool:
        """Whether all faults are caught, no other server is complained about, and every run came to an end."""
        return all(
            not each.trouble and bool(each.failed) == (job.fault is not None and bool(job.fault.contract))
            for job, each in self.results
        )

    def shares(self) -> dict[str, tuple[int, int]]:
        """Layer -> (caught, planted). Of several seeds four in five must see it, as in a panel of five."""
        seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for job, each in self.results:
            if job.fault is not None and job.fault.contract:
                seen[job.fault.layer, job.fault.name].append(each.caught)
        found = {}
        for layer in LAYERS:
            verdicts = [sum(each) >= 0.8 * len(each) for (known, _), each in seen.items() if known == layer]
            if verdicts:
                found[layer] = (sum(verdicts), len(verdicts))
        return found

    def table(self) -> str:
        """The shares as a Markdown table, with their mean over the layers and the false alarms."""
        shares = self.shares()
        lines = ["", "| layer | caught | planted | share |", "|---|---:|---:|---:|"]
        lines += [f"| {name} | {got} | {of} | {got / of:.0%} |" for name, (got, of) in shares.items()]
        if shares:
            mean = sum(got / of for got, of in shares.values()) / len(shares)
            lines.append(f"| mean of the layers | | | {mean:.0%} |")
        sound = [(job, each) for job, each in self.results if job.fault is None or not job.fault.contract]
        alarms = sum(len(each.failed) for _, each in sound)
        lines += ["", f"False alarms: {alarms} on {len(sound)} runs of servers that are sound."]
        return "\n".join(lines) + "\n"
