"""Other callers of the same server: another company, and people of the same company with few rights."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from mockserver.contract.calls.client import Client
from mockserver.contract.calls.left_out import NotHere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.target.server import Target

WORD = "correct-horse-7"
"""Password of people that contracts make."""
_numbers = itertools.count(1)


def second(target: Target, client: Client) -> Client:
    """A client that calls in the name of another company, which sees nothing of the first one (R-AUTH-5).

    On our mock the company is founded in the world of the client. Elsewhere it is that of `--second-token`; the test is
    skipped when there is none. What it makes is taken away together with what the client made.
    """
    if not target.ours:
        if not target.options.second_token:
            raise NotHere("nobody else to call this server as", "--second-token names the token of another company")
        return as_caller(target, client, target.options.second_token)
    links = client.call(named(target, "company_create"), body={"name": "Second"}, want=200, judged=False).data
    return as_caller(target, client, links[0]["token"]["token"])


def person(target: Target, client: Client, rights: Iterable[str] = ()) -> tuple[str, Client]:
    """The id of a new user of the company who has just these rights, and a client that calls in their name.

    Makes a user, who gets an e-mail, and logs in: for servers whose people are ours to make.
    """
    email = f"{client.tag}-{next(_numbers)}@example.com"
    who = {"first_name": "Cleo", "last_name": "Clerk", "email": email}
    link = {"permissions": ",".join(rights)}
    made = client.call(named(target, "user_create"), body={**who, "company_user": link}, want=200, judged=False).data[
        "id"
    ]
    client.call(named(target, "user_update"), path={"id": made}, body={**who, "password": WORD}, want=200, judged=False)
    links = client.call(named(target, "login"), body={"email": email, "password": WORD}, want=200, judged=False).data
    return made, as_caller(target, client, links[0]["token"]["token"], password=WORD)


def as_caller(target: Target, client: Client, token: str, **headers: str) -> Client:
    """A client of the same world with another token. Its calls stand in the same history, and end with the world."""
    sent = {**client.headers, "X-API-TOKEN": token, **{f"X-API-{name.upper()}": text for name, text in headers.items()}}
    other = Client(target.url, sent, judge=client.judge, tally=client.tally)
    other.history, other.tag, other.stamp = client.history, client.tag, client.stamp
    other.allow, other.pace, other.ledger, other.lookups = client.allow, client.pace, client.ledger, client.lookups
    client.companions.append(other)
    return other


def named(target: Target, behaviour: str) -> Operation:
    """The operation with this behaviour. Raises LookupError when the document has none."""
    found: Any = next((each for each in target.spec.operations.values() if each.behaviour == behaviour), None)
    if found is None:
        raise LookupError(f"no operation of the document has the behaviour {behaviour}")
    operation: Operation = found
    return operation
