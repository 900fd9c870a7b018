"""The pages behind the links of contacts, where the service has its portals (ADR 0038).

    GET  /client/KIND/KEY, /vendor/KIND/KEY     the bill; the first time it counts as viewed, but not with `?silent`
    POST to the same, with action=WORD          the contact's answer to it: approve a quote, accept a purchase order
    GET  .../KEY/download                       its PDF
    GET  /client/key_login/KEY, /vendor/...     all that a contact was sent

The key is all that they ask for. They are no part of the API, so the document does not name them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mockserver.answer import Reply
from mockserver.behaviours.bills.billing import bills
from mockserver.behaviours.people.portal import SIGN_IN, Guest, answer, download, guest_of, look, show, sign_in
from mockserver.draft import Draft
from mockserver.errors import Diagnosis, Refused
from mockserver.middleware.body import read_whole
from mockserver.middleware.call import KEY, address_of, respond
from mockserver.middleware.reading import parse_query
from mockserver.passing import job_caller
from mockserver.serialize import disposition

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.draft import Caller
    from mockserver.flow import Engine
    from mockserver.middleware.call import Call, Receive, Scope, Send
    from mockserver.world import World

HTML = "text/html; charset=UTF-8"
DOWNLOAD = "download"
READ = frozenset({"GET", "HEAD"})
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'"
"""What the pages may load and do: a company's own design can hold any markup."""


class Visit(NamedTuple):
    """A call of a page: /party/kind/key, and what stands behind it; `root` stands before it."""

    method: str
    root: str
    party: str
    kind: str
    key: str
    rest: str
    silent: bool
    ip: str
    world: World

    @property
    def address(self) -> str:
        """The path of the page."""
        return f"{self.root}/{self.party}/{self.kind}/{self.key}"


class Portal:
    """Answers the calls of contacts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._places = tuple({f"/{bill.party}/" for _, bill in bills(engine.document)})

    def holds(self, path: str) -> bool:
        """Whether a path is one of those of a party."""
        return path.startswith(self._places)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = scope[KEY]
        visit = visit_of(scope, call)
        if visit.method == "POST" and call.body is None:
            call.body = await read_whole(call, receive)
        await respond(send, self._reply(visit, call), head=visit.method == "HEAD")

    def _reply(self, visit: Visit, call: Call) -> Reply:
        draft = Draft(visit.world)
        if visit.kind == SIGN_IN and visit.method in READ and not visit.rest:
            listed = sign_in(draft, visit.party, visit.key, visit.root)
            if listed is not None:
                return page(listed)
        guest = guest_of(draft, visit.party, visit.kind, visit.key)
        if guest is not None and visit.method == "POST" and not visit.rest:
            self._apply(visit, guest, lambda draft: answer(draft, guest, call.input[0].get("action")))
            return Reply(303, b"", HTML, {"Location": visit.address})
        if guest is None or visit.method not in READ or visit.rest not in ("", DOWNLOAD):
            raise lost(visit)
        if visit.rest:
            file = download(self._draft(visit, guest), guest)
            return Reply(200, file.content, file.type, {"Content-Disposition": disposition("attachment", file.name)})
        if visit.method == "GET" and not visit.silent:
            self._apply(visit, guest, lambda draft: look(draft, guest))
        return page(show(self._draft(visit, guest), guest, visit.address))

    def _apply(self, visit: Visit, guest: Guest, verb: Callable[[Draft], None]) -> None:
        self._engine.apply(visit.world, verb, caller=caller_for(visit, guest), ip=visit.ip)

    @staticmethod
    def _draft(visit: Visit, guest: Guest) -> Draft:
        return Draft(visit.world, caller_for(visit, guest))


def visit_of(scope: Scope, call: Call) -> Visit:
    """What a call asks for."""
    party, kind, key, rest = [*scope["path"].strip("/").split("/", 3), "", "", ""][:4]
    query = parse_query(scope["query_string"])
    assert call.world is not None
    return Visit(
        scope["method"],
        scope.get("root_path", ""),
        party,
        kind,
        key,
        rest,
        "silent" in query,
        address_of(scope),
        call.world,
    )


def caller_for(visit: Visit, guest: Guest) -> Caller:
    """The user whom the bill belongs to, who stands for the contact."""
    return replace(job_caller(visit.world, guest.company, guest.bill), contact=guest.contact)


def lost(visit: Visit) -> Refused:
    """The refusal of a page that is not there."""
    got = f"{visit.method} {visit.address}{'/' * bool(visit.rest)}{visit.rest}"
    wanted = (
        f"GET or POST of the `link` of an invitation, GET of the one of a contact, or /{DOWNLOAD} behind the former"
    )
    return Refused("route", "There is no such page.", diagnoses=(Diagnosis("path", "portal", got, wanted),))


def page(content: str) -> Reply:
    """A page that may load nothing and run nothing."""
    return Reply(200, content.encode(), HTML, {"Content-Security-Policy": POLICY})
