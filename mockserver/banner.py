"""What `mockserver serve` says when it is ready: where it is, who can sign in, and what the world holds."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from mockserver import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.app import Mock, Settings
    from mockserver.world import World

COLUMNS = 3
FURNITURE = frozenset({"designs", "payment_terms", "task_statuses", "tokens", "activities", "company_ledger"})
"""Lists that are filled in every company, and say nothing about a scenario."""
MOST_TOKENS = 12


def banner(mock: Mock, settings: Settings, *, listening_everywhere: bool = False) -> str:
    """What a person needs to know to make the first call."""
    world = mock.worlds.default
    url, identity = settings.base_url, settings.identity
    headers = f'-H {quoted(f"X-API-TOKEN: {identity.token}")} -H "X-Requested-With: XMLHttpRequest"'
    lines = [
        f"mockserver {__version__}: Invoice Ninja v5 API (unofficial mock)",
        "",
        f"  URL       {url}/api/v1",
        f"  token     {identity.token}   (header X-API-TOKEN)",
        f"  login     {identity.email} / {identity.password}",
        f"  world     {settings.scenario}, seed {settings.seed}, {settings.locale}",
        *table(contents(world)),
        *more_tokens(world),
        f"  reference {url}/__mock__/docs",
        "",
        f'  try       curl {headers} "{url}/api/v1/invoices?per_page=2"',
        "",
        *(["  Every machine of your network can reach this server.", ""] if listening_everywhere else []),
        "  Ctrl-C stops it.",
        "",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """The text as one word of a command line, in the quotes that every shell knows where that will do."""
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def contents(world: World) -> list[tuple[int, str]]:
    """(number, kind) of the records that the lists of the API show; one company and its owner go without saying."""
    operations = world.document.operations.values()
    listed = dict.fromkeys(
        each.entity.resource for each in operations if each.entity and each.behaviour.endswith("list")
    )
    counted = [(world.state.table(name).size, name) for name in listed if name not in FURNITURE]
    return [
        (count, name.replace("_", " "))
        for count, name in counted
        if count > (1 if name in ("companies", "users") else 0)
    ]


def table(counted: list[tuple[int, str]]) -> Iterator[str]:
    """Lines of a table that is read down its columns."""
    if not counted:
        yield "            nothing yet"
        return
    height = -(-len(counted) // COLUMNS)
    size = max(len(f"{count:,}") for count, _ in counted)
    length = max(len(name) for _, name in counted)
    cells = [f"{name:<{length}} {count:>{size},}" for count, name in counted]
    for row in range(height):
        yield "            " + "   ".join(cells[row::height])


def more_tokens(world: World) -> Iterator[str]:
    """A line for each further token that the scenario made known, and for whom it is."""
    state, start = world.state, f"{world.identity.token}-"
    people = {record.data["id"]: record.data["email"] for record in state.table("users")}
    names = {record.data["id"]: record.data["settings"]["name"] for record in state.table("companies")}
    known = [
        record.data
        for record in state.table("tokens")
        if record.data["token"].startswith(start) and not record.data["is_deleted"]
    ]
    width = max((len(each["token"]) for each in known), default=0)
    for number, each in enumerate(known[:MOST_TOKENS]):
        head = "tokens    " if number == 0 else "          "
        yield f"  {head}{each['token']:<{width}}   {people[each['user_id']]}, {names[each['company_id']]}"
