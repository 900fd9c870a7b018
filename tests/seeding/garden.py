"""Seeded worlds for tests, and what a client reads of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mockserver.clock import EPOCH, Clock
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from mockserver.flow import Engine
from mockserver.local import LocalClient
from mockserver.routes import Routes
from mockserver.seeding import seed_world

if TYPE_CHECKING:
    from pathlib import Path

    from mockserver.world import World

EVERYTHING = "per_page=5000"


@cache
def engine() -> tuple[Engine, Routes]:
    document = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
    return Engine(document), Routes(document.operations.values())


def grown(scenario: str | Path = "freelancer", **settings: Any) -> World:
    """A world of a scenario, stopped at the scenario's own hour."""
    answering, routes = engine()
    world = seed_world(answering, routes, scenario=str(scenario), **settings)
    world.clock = Clock(frozen=EPOCH)
    return world


@cache
def shared(scenario: str = "freelancer", seed: int = 1) -> World:
    """As `grown`, made once: for tests that only read."""
    return grown(scenario, seed=seed)


def client(world: World) -> LocalClient:
    return LocalClient(*engine(), world)


def rows(world: World, resource: str) -> list[dict[str, Any]]:
    """Stored rows of a resource."""
    return [record.data for record in world.state.table(resource)]


def lists() -> list[str]:
    """Paths of all lists of records of the document."""
    known = ("list", "company_list", "activity_list", "system_log_list")
    return [each.path for each in engine()[0].document.operations.values() if each.behaviour in known]


def printed(world: World) -> bytes:
    """The bytes of all lists, archived and deleted records included."""
    return b"\n".join(client(world).reply("GET", f"{path}?{EVERYTHING}").body for path in lists())


def written(folder: Path, text: str) -> Path:
    """A scenario file with these contents."""
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


PRODUCTS = """
scenario: mine
calls:
  - make: products
    count: 40
    on: [-60, -30]
    post: /api/v1/products
    body: {product_key: {fake: product_key}, price: {number: [10, 20]}, custom_value1: {field: product_key}}
"""
CLIENTS = """
  - make: clients
    count: 40
    on: [-20, 0]
    post: /api/v1/clients
    body:
"""


def clients(folder: Path, body: str, before: str = "") -> list[dict[str, Any]]:
    """Forty clients whose body holds the line, after forty products."""
    return rows(grown(written(folder, f"{PRODUCTS}{before}{CLIENTS}      {body}\n")), "clients")
