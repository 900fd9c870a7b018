"""The server under test: whose it is, what may be done to it, and a place of its own for every test.

A mock of ours gives each test a world, forgotten afterwards. Any other server is only read, unless writes are
allowed; then what a test made is deleted when it ends.
"""

from __future__ import annotations

import itertools
import os
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from mockserver.contract.client import Client, Reply
from mockserver.contract.judge import Judge
from mockserver.contract.suite.options import NEEDS, Options
from mockserver.contract.tally import Tally
from mockserver.contract.values import STAMPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.contract.spec import Operation, Spec

CONTROL = "/__mock__"
_numbers = itertools.count(1)


@dataclass
class Target:
    """A server, the login to it and what may be done there."""

    url: str
    spec: Spec = field(repr=False)
    options: Options = field(repr=False)
    ours: bool
    tally: Tally = field(default_factory=Tally, repr=False)
    judge: Judge = field(init=False, repr=False)
    tag: str = field(init=False)
    """Marks the records of this run: texts of contract data begin with it."""
    history: deque[Reply] = field(default_factory=deque, init=False, repr=False)
    """The last calls of the test that runs, or that ran last."""

    def __post_init__(self) -> None:
        self.url = self.url.rstrip("/")
        self.judge = Judge(self.spec)
        self.tag = "ct" if self.ours else f"ct{token_hex(3)}"

    @classmethod
    def at(cls, url: str, spec: Spec, options: Options, tally: Tally) -> Target:
        """The server at a URL; a mock of ours is known by its control API. Raises ConnectionError."""
        client = Client(url, {})
        try:
            reply = client.send("GET", f"{CONTROL}/health")
            ours = reply.ok and reply.media == "application/json" and "worlds" in reply.json()
        except OSError as error:
            raise ConnectionError(
                f"Nothing answers at {url} ({error}): start the server or give another --base-url."
            ) from None
        finally:
            client.close()
        return cls(url, spec, options, ours, tally)

    @property
    def password(self) -> str:
        return self.options.password

    @property
    def allow(self) -> frozenset[str]:
        """What may be done beyond reading: some of writes, deletes, sends."""
        return frozenset(NEEDS) if self.ours else self.options.allow

    @property
    def writable(self) -> bool:
        return "writes" in self.allow

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every call: the token, and the wish for JSON errors."""
        return {
            "X-API-TOKEN": self.options.token,
            "X-Requested-With": "XMLHttpRequest",
            "X-API-PASSWORD": self.password,
        }

    @contextmanager
    def world(self) -> Iterator[Client]:
        """A client for one test; what it made is gone afterwards, also when the test fails."""
        name = f"contract-{os.getpid():x}-{next(_numbers)}"
        headers = {**self.headers, **({"X-Mock-World": name} if self.ours else {})}
        client = Client(self.url, headers, judge=self.judge, tally=self.tally)
        self.history = client.history
        client.tag, client.may_write = self.tag, self.writable
        client.stamp = None if self.ours else self._stamped
        try:
            yield client
        finally:
            if self.ours:
                client.send("DELETE", f"{CONTROL}/worlds/{name}")
            else:
                self._clean(client)
            client.close()

    def renew(self, client: Client) -> None:
        """Put the world of a client back to its start, after a call that cut off the branch we sit on."""
        if self.ours:
            client.send("POST", f"{CONTROL}/reset")

    def _stamped(self, operation: Operation, body: dict[str, Any]) -> dict[str, Any]:
        """The body of a create with the tag of the run in a text that the test leaves free."""
        noun = self.spec.nouns.get(operation.noun)
        texts = noun.writable("create") if noun is not None else {}
        free = next((name for name in STAMPED if texts.get(name, {}).get("kind") == "text" and name not in body), "")
        return {**body, free: f"{self.tag} made by a contract test"} if free else body

    def _clean(self, client: Client) -> None:
        """Delete what was made, newest first; what is gone already does not matter."""
        for noun, hashed in reversed(client.made):
            operation = self.spec.nouns[noun].remover
            if operation is not None:
                client.send(operation.method, operation.path.replace("{id}", hashed))
        client.made.clear()
