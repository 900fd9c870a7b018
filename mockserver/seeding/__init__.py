"""Worlds with something in them: scenarios are lists of API calls, values come from the seed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.clock import EPOCH, Clock
from mockserver.content import fixtures_dir
from mockserver.seeding.base import base_world
from mockserver.seeding.hints import DEFAULT_LOCALE, Hints
from mockserver.seeding.rows import fitting
from mockserver.seeding.run import DAY, Runner
from mockserver.seeding.scale import read_scale
from mockserver.seeding.scenario import read_scenario
from mockserver.seeding.site import Site
from mockserver.seeding.trouble import trouble, unknown
from mockserver.seeding.values import Values
from mockserver.world import Identity, World

if TYPE_CHECKING:
    from mockserver.flow import Engine
    from mockserver.routes import Routes

for _file in sorted(Path(__file__).parent.glob("words*.py")):  # importing them registers the words of scenarios
    import_module(f"{__name__}.{_file.stem}")

__all__ = ["base_world", "scenario_names", "seed_world"]


def scenario_names() -> list[str]:
    """Names of the scenarios that come with the package."""
    return sorted(path.stem for path in (fixtures_dir() / "scenarios").glob("*.yaml"))


def scenario_file(name: str) -> Path:
    """The file of a scenario: one of ours by name, or a path that ends in .yaml or .yml. Raises StartError."""
    if name.endswith((".yaml", ".yml")):
        if not Path(name).is_file():
            raise trouble("scenario", f"`{name}`", "a YAML file that is there", "check the path")
        return Path(name)
    names = scenario_names()
    if name not in names:
        raise unknown("scenario", name, "a name or the path of a YAML file", names)
    return fixtures_dir() / "scenarios" / f"{name}.yaml"


def seed_world(
    engine: Engine,
    routes: Routes,
    *,
    scenario: str = "freelancer",
    seed: int = 1,
    locale: str = DEFAULT_LOCALE,
    scale: float | str = 1,
    identity: Identity | None = None,
    base_url: str = "http://localhost:8080",
) -> World:
    """A world after all calls of a scenario; its clock runs from now on.

    The same arguments give the same bytes on every day. Raises StartError for a scenario, locale or scale that is
    of no use, and for a call that the world refuses.
    """
    size = read_scale(scale)
    document = engine.document
    values = Values(seed, Hints(fixtures_dir() / "hints.yaml", locale))
    plan = read_scenario(scenario_file(scenario), document, routes, values)
    clock = Clock(frozen=EPOCH + (plan.first_day - 1) * DAY)
    blank = Site(World(document, seed=seed), 1, 0)
    settings, user = plan.company(blank), plan.user(blank)
    fitting(engine, "CompanySettings", settings, f"{plan.file}: company")
    fitting(engine, "User", user, f"{plan.file}: user")
    world = base_world(
        document,
        seed=seed,
        identity=identity if identity is not None else Identity(),
        base_url=base_url,
        clock=clock,
        settings=settings,
        user=user,
    )
    Runner(engine, routes, world, plan, size).run()
    world.clock = Clock()
    return world
