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
from urllib.parse import urlsplit

from mockserver.contract.calls.client import Client
from mockserver.contract.calls.ledger import Ledger
from mockserver.contract.calls.tally import Tally
from mockserver.contract.judging.answers import Judge
from mockserver.contract.reading.login import Login, login
from mockserver.contract.reading.needs import NEEDS
from mockserver.contract.reading.resources import path_of
from mockserver.contract.requests.plain_pool import PlainPool
from mockserver.contract.requests.pool import Pool
from mockserver.contract.values.fields import STAMPED
from mockserver.contract.wire.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockserver.contract.options import Options
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.reading.operations import Operation
    from mockserver.contract.reading.resources import Resource
    from mockserver.contract.reading.spec import Spec
    from mockserver.contract.wire.reply import Reply

CONTROL = "/__mock__"
GONE = frozenset({400, 404, 410})
"""Statuses of a delete of what is not there any more."""
_numbers = itertools.count(1)


def processes() -> int:
    """Processes that a run is spread over by pytest-xdist."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


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
    pace: Pace = field(init=False, repr=False)
    ledger: Ledger = field(init=False, repr=False)
    history: deque[Reply] = field(default_factory=deque, init=False, repr=False)
    """The last calls of the test that runs, or that ran last."""
    lookups: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)
    """Ids of fixed rows by table, which are the same in every world."""

    _stock: Pool | None = field(default=None, init=False, repr=False)
    _stocked: str = field(default="", init=False, repr=False)
    """Name of the world that those of `stocked` are forked from."""

    def __post_init__(self) -> None:
        self.url = self.url.rstrip("/")
        self.judge = Judge(self.spec)
        self.tag = "ct" if self.ours else f"ct{token_hex(3)}"
        self.pace = Pace(self.options.max_rate / processes())
        self.ledger = Ledger(self.options.ledger, self.url)

    @classmethod
    def at(cls, url: str, spec: Spec, options: Options, tally: Tally) -> Target:
        """The server at a URL; a mock of ours is known by its control API. Raises ConnectionError."""
        client = Client(url, {})
        try:
            reply = client.send("GET", f"{CONTROL}/health")
            ours = not spec.plain and reply.ok and reply.media == "application/json" and "worlds" in reply.json()
        except OSError as error:
            raise ConnectionError(
                f"Nothing answers at {url} ({error}): start the server or give another --base-url."
            ) from None
        finally:
            client.close()
        return cls(url if urlsplit(url).path.strip("/") else url.rstrip("/") + spec.prefix, spec, options, ours, tally)

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
        """Headers of every call: the token, and the wish for JSON errors; another API gets just what it asks for."""
        if self.spec.plain:
            return {"Accept": "application/json, */*;q=0.5"}
        return {
            "X-API-TOKEN": self.options.token,
            "X-Requested-With": "XMLHttpRequest",
            "X-API-PASSWORD": self.password,
        }

    @contextmanager
    def world(self) -> Iterator[Client]:
        """A client for one test; what it made is gone afterwards, also when the test fails."""
        name, client = self._client()
        try:
            yield client
        finally:
            if self.ours:
                client.send("DELETE", f"{CONTROL}/worlds/{name}")
            for each in (*client.companions, client):
                if not self.ours:
                    self._clean(each)
                each.close()

    def _client(self) -> tuple[str, Client]:
        """A client, and the name of the world that is its own on a mock of ours."""
        name = f"contract-{os.getpid():x}-{next(_numbers)}"
        headers = {**self.headers, **({"X-Mock-World": name} if self.ours else {})}
        client = Client(self.url, headers, judge=self.judge, tally=self.tally)
        self.history = client.history
        client.tag, client.allow, client.pace = self.tag, self.allow, self.pace
        client.lookups = self.lookups
        if self.spec.plain:
            client.token, client.ids_in = self.options.token, self._made
        if not self.ours:
            client.stamp, client.ledger = self._stamped, self.ledger
        return name, client

    def pool(self, client: Client) -> Pool:
        """What a client finds on the server, and may make there."""
        return PlainPool(self.spec, client) if self.spec.plain else Pool(self.spec, client)

    @contextmanager
    def stocked(self) -> Iterator[Pool]:
        """A place that holds records of all kinds, for one test; `pool.client` calls there.

        On a mock of ours it is filled once and forked for each test, so every test finds the same. Elsewhere what is
        missing is made once, if writes are allowed, and `close` takes it away.
        """
        stock = self._filled()
        with self.world() as client:
            self.fork(client)
            client.history.clear()
            yield stock.at(client)

    def _filled(self) -> Pool:
        """What there is when tests begin, looked up once. It stays in use when some of it can't be made."""
        if self._stock is None:
            self._stocked, client = self._client()
            self._stock = self.pool(client)
            self._stock.provide(files=True)
            for noun in self.spec.nouns_with("list"):
                self._stock.rows(noun.name)
        return self._stock

    def close(self) -> None:
        """Take away what was made for all tests, and what else carries the tag of the run."""
        if self._stock is not None:
            client, self._stock = self._stock.client, None
            if self.ours:
                client.send("DELETE", f"{CONTROL}/worlds/{self._stocked}")
            else:
                self._clean(client)
            client.close()
        self.sweep()

    def fork(self, client: Client) -> None:
        """Put the world of a client, made by `stocked`, to how it was at the start. Elsewhere nothing happens."""
        if self.ours:
            world = client.headers["X-Mock-World"]
            client.send("POST", f"{CONTROL}/worlds", body={"name": world, "from": self._stocked})

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

    def _made(self, operation: Operation, reply: Reply) -> list[str]:
        """The path of what a create of another API has made."""
        resource = self.spec.resources[operation.noun]
        record = resource.record("create", reply)
        path = resource.item(path_of(reply, self.url), record) if record is not None else ""
        return [path] if path else []

    def _clean(self, client: Client) -> None:
        """Delete what was made, newest first; what is gone already does not matter."""
        self.ledger.gone(self.delete(client, client.made[::-1]))
        client.made.clear()

    def delete(self, client: Client, records: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Delete records, as (noun, id); gives those that are deleted, or that nothing can delete."""
        gone = []
        for noun, hashed in records:
            kinds: Mapping[str, Noun | Resource] = self.spec.resources if self.spec.plain else self.spec.nouns
            operation = kinds[noun].remover if noun in kinds else None
            if operation is not None:
                # what other APIs have made is known by its path
                path = hashed if operation.plain else operation.path.replace("{id}", hashed)
                carried = login(operation, client.token) if operation.plain else Login({}, {})
                reply = client.send(operation.method, path, query=carried.query, headers=carried.headers)
                if not reply.ok and reply.status not in GONE:
                    continue
            gone.append((noun, hashed))
        return gone

    def sweep(self) -> list[tuple[str, str]]:
        """Delete what carries the tag of the run and was made by something else than a create, such as a conversion.

        Gives what is left after that. Nothing is done on a server of ours, or where nothing was made.
        """
        if self.ours or not self.ledger.path.exists():
            return []
        client = Client(self.url, self.headers)
        client.pace, client.token = self.pace, self.options.token
        try:
            found = [
                (noun.name, row["id"])
                for noun in self.spec.nouns_with("list", "delete", facts=("search",))
                for row in client.call(noun.operations["list"], query={"filter": self.tag, "per_page": 500}).data
                if self.tag in str(row) and not row.get("is_deleted")
            ]
            self.ledger.gone(self.delete(client, found + self.ledger.left()))
        finally:
            client.close()
        self.ledger.close()
        return self.ledger.left()
