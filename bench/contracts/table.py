"""The table: what each tool catches by layer, what it complains about for nothing, and what it costs."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

from bench.contracts.schemathesis import resources
from tests.planted.benign import VARIANTS
from tests.planted.catalog import FAULTS
from tests.planted.fault import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.contracts.state import Result, State
    from mockserver.app import Mock
    from tests.planted.fault import Fault

TOOLS = ("quick", "default", "schemathesis")
HEADS = {"quick": "our `--quick`", "default": "our default profile", "schemathesis": "Schemathesis"}
SURE = 0.8
"""Share of the seeds in which a fault must be seen."""


def caught(state: State, tool: str, fault: Fault, seed: int, healthy: Mock) -> bool | None:
    """Whether a tool sees the fault; what it says of a sound server too does not count. None without a result."""
    found = state.get(tool, fault.name, seed)
    if found is None:
        return None
    if tool != "schemathesis":
        return bool(found.failed)
    sound = state.get(tool, f"healthy {' '.join(resources(fault, healthy))}".strip(), seed)
    return bool(set(found.failed) - set(sound.failed if sound is not None else ()))


def verdict(state: State, tool: str, fault: Fault, seeds: Sequence[int], healthy: Mock) -> bool | None:
    """Whether nearly all seeds see it; None when none was tried."""
    told = [seen for seed in seeds if (seen := caught(state, tool, fault, seed, healthy)) is not None]
    return None if not told else sum(told) >= SURE * len(told)


def share(state: State, tool: str, faults: Sequence[Fault], seeds: Sequence[int], healthy: Mock) -> tuple[int, int]:
    """(caught, tried) of some faults."""
    told = [seen for each in faults if (seen := verdict(state, tool, each, seeds, healthy)) is not None]
    return sum(told), len(told)


def shown(part: tuple[int, int]) -> str:
    return f"{part[0]} of {part[1]}" if part[1] else ""


def alarms(state: State, tool: str, seeds: Sequence[int]) -> tuple[int, int]:
    """(complaints, runs) on sound servers."""
    names = {each.name for each in VARIANTS}
    found = [
        result
        for name, result in state.of(tool, seeds)
        if name in names or name == "healthy" or name.startswith("healthy ")
    ]
    return sum(len(result.failed) for result in found), len(found)


def rate(state: State, tool: str, seeds: Sequence[int]) -> str:
    """Calls for each second of CPU, on sound servers."""
    found = [result for name, result in state.of(tool, seeds) if name.startswith("healthy")]
    used = sum(result.cpu for result in found)
    return f"{sum(result.requests for result in found) / used:,.0f}" if used else ""


def spent(state: State, tool: str, seeds: Sequence[int]) -> str:
    """Calls of a whole run on the sound server."""
    found: list[Result] = [result for name, result in state.of(tool, seeds) if name.startswith("healthy")]
    return f"{mean(result.requests for result in found):,.0f}" if found else ""


def table(state: State, seeds: Sequence[int], healthy: Mock) -> str:
    """The whole as Markdown; what was not tried is left empty."""
    tools = [tool for tool in TOOLS if any(state.of(tool, seeds))]
    lines = [f"| | {' | '.join(HEADS[tool] for tool in tools)} |", f"|---|{'---:|' * len(tools)}"]
    parts = {
        tool: {
            layer: share(state, tool, [each for each in FAULTS if each.layer == layer], seeds, healthy)
            for layer in LAYERS
        }
        for tool in tools
    }
    lines += [
        f"| {layer} faults caught | {' | '.join(shown(parts[tool][layer]) for tool in tools)} |" for layer in LAYERS
    ]
    special = [each for each in FAULTS if each.trigger]
    cells = [shown(share(state, tool, special, seeds, healthy)) for tool in tools]
    lines.append(f"| of these, faults in special places | {' | '.join(cells)} |")
    means = [[got / of for got, of in parts[tool].values() if of] for tool in tools]
    lines.append(
        f"| **mean of the layers** | {' | '.join(f'**{mean(each):.0%}**' if each else '' for each in means)} |"
    )
    cells = ["{} in {} runs".format(*alarms(state, tool, seeds)) for tool in tools]
    lines.append(f"| complaints about sound servers | {' | '.join(cells)} |")
    lines.append(f"| calls of a run on a sound server | {' | '.join(spent(state, tool, seeds) for tool in tools)} |")
    lines.append(f"| calls a CPU second | {' | '.join(rate(state, tool, seeds) for tool in tools)} |")
    return "\n".join([*lines, "", *missed(state, tools, seeds, healthy)])


def missed(state: State, tools: Sequence[str], seeds: Sequence[int], healthy: Mock) -> list[str]:
    """What our profiles do not catch, by name."""
    found = []
    for tool in (each for each in tools if each != "schemathesis"):
        names = [
            f"{each.name} ({each.contract})" for each in FAULTS if verdict(state, tool, each, seeds, healthy) is False
        ]
        found.append(f"Not caught by {HEADS[tool]}: {'; '.join(names) or 'none'}.")
    return found
