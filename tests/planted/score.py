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

LIMITS = {"focused": 120.0, "quick": 900.0, "default": 1800.0}
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


def jobs(
    faults: Sequence[Fault], variants: Sequence[Fault], profile: str, seeds: Sequence[int], limit: float = 0
) -> Iterator[Job]:
    """A run for each server and seed. Focused: the contract that is named for a fault, where it shows."""
    most = limit or LIMITS[profile]
    for seed in seeds:
        if profile == "focused":
            yield from healthy_parts(faults, seed, most)
            for each in variants:
                words = ("--quick", f"--seed={seed}")
                yield Job(hurried(each), CROSS_SECTION, NOUNS, words, first=False, limit=most)
            yield from (focused(each, seed, most) for each in faults)
        else:
            servers = (None, *map(hurried, variants), *faults)
            yield from (whole(each, seed, most, quick=profile == "quick") for each in servers)


def focused(fault: Fault, seed: int, limit: float = LIMITS["focused"]) -> Job:
    """The contract that is named for a fault, for the nouns and operations that it shows on."""
    return Job(
        fault, (fault.contract,), fault.places.union(fault.select.split()), words(fault.contract, seed), limit=limit
    )


def whole(fault: Fault | None, seed: int, limit: float = 0, *, quick: bool) -> Job:
    """All contracts of a profile; up to the first that fails, on a server with a fault."""
    profile = "quick" if quick else "default"
    flags = (*(("--quick",) if quick else ()), f"--seed={seed}")
    faulty = fault is not None and bool(fault.contract)
    return Job(fault, words=flags, first=faulty, limit=limit or LIMITS[profile])


def words(contract: str, seed: int) -> tuple[str, ...]:
    """Flags that a contract is run with: as part of the quick profile, which leaves random breadth out."""
    return (*(() if contract.startswith("breadth/") else ("--quick",)), f"--seed={seed}")


def healthy_parts(faults: Sequence[Fault], seed: int, limit: float) -> Iterator[Job]:
    """What is run on servers with faults, on a healthy one: each contract with all that is selected for it."""
    selected: dict[str, set[str]] = defaultdict(set)
    for fault in faults:
        selected[fault.contract] |= fault.places.union(fault.select.split())
    for contract, select in selected.items():
        yield Job(None, (contract,), frozenset(select), words(contract, seed), first=False, limit=limit)


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
            why = job.fault.missed if job.fault is not None else ""
            verdict = f"not caught: {why}" if why else f"MISSED by {named}"
        else:
            verdict = "caught" if named in outcome.failed else f"caught by {outcome.failed[0]}, not {named}"
        where = f" {'+'.join(job.contracts)}" if not named and job.contracts else ""
        return f"{outcome.seconds:6.1f} s {outcome.requests:6} calls  {job.name}{where}: {verdict}\n"

    @property
    def good(self) -> bool:
        """Whether all faults are caught that can be, no other server is blamed, and every run came to an end."""
        return all(
            not each.trouble
            and bool(each.failed) == (job.fault is not None and bool(job.fault.contract) and not job.fault.missed)
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
