"""Feeds of the control API: what happened in a world, its e-mails, what was told to webhooks; the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.behaviours.mail.mailing import content_of
from mockserver.draft import Draft
from mockserver.errors import Diagnosis, Refused
from mockserver.outgoing.payload import shown
from mockserver.store.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.flow import Engine
    from mockserver.outgoing.deliveries import Deliveries
    from mockserver.store.mail import Attached, Mail
    from mockserver.world import World

PAGE = 100
MOST = 1000


def events(engine: Engine, world: World, query: Mapping[str, str]) -> dict[str, Any]:
    """Events after number `after`, at most `limit`; `last` is where the next call goes on. Raises Refused."""
    after, limit = window(query)
    found = world.state.events.after(after)[:limit]
    data = [shown(engine, number, event, world.base_url) for number, event in found]
    return {"world": world.name, "data": data, "last": found[-1][0] if found else max(after, 0)}


def deliveries(told: Deliveries, world: World, query: Mapping[str, str]) -> dict[str, Any]:
    """Deliveries after number `after`, at most `limit`. Raises Refused."""
    after, limit = window(query)
    found = [entry for entry in told.of(world).journal if entry["number"] > after][:limit]
    return {"world": world.name, "data": found, "last": found[-1]["number"] if found else max(after, 0)}


def outbox(world: World, query: Mapping[str, str], root: str) -> dict[str, Any]:
    """E-mails after number `after`, at most `limit`; `root` is where the control API lies. Raises Refused."""
    after, limit = window(query)
    found = world.state.mails.after(after)[:limit]
    place = f"{world.base_url}{root}/outbox"
    data = [written(number, mail, place, world.name) for number, mail in found]
    return {"world": world.name, "data": data, "last": found[-1][0] if found else max(after, 0)}


def written(number: int, mail: Mail, place: str, world: str) -> dict[str, Any]:
    """An e-mail of the outbox."""
    return {
        "number": number,
        "at": mail.at,
        "kind": mail.kind,
        "from": named(mail.sender),
        "reply_to": named(mail.reply_to),
        "to": mail.to,
        "cc": mail.cc,
        "bcc": mail.bcc,
        "subject": mail.subject,
        "body": mail.body,
        "entity": mail.entity or None,
        "id": mail.id or None,
        "company_id": ids.encode(mail.company) if mail.company else "",
        "attachments": [
            {"name": each.name, "type": each.type, "url": f"{place}/{number}/{index}?world={world}"}
            for index, each in enumerate(mail.attachments, 1)
        ],
    }


def named(who: tuple[str, str]) -> dict[str, str] | None:
    """Name and address; None without an address."""
    return {"name": who[0], "email": who[1]} if who[1] else None


def attachment(world: World, number: str, index: str) -> tuple[Attached, bytes] | None:
    """An attachment with its bytes, made from the records as they were; None when there is none of these numbers."""
    if not (number.isascii() and number.isdigit() and index.isascii() and index.isdigit()):
        return None
    mails = dict(world.state.mails.after(max(0, int(number[:15]) - 1)))
    mail = mails.get(int(number[:15]))
    if mail is None or not 1 <= int(index[:9]) <= len(mail.attachments):
        return None
    then = world.fork(world.name)
    then.state = State(mail.tables)
    draft = Draft(then, now=mail.at)
    draft.company_row = mail.company
    file = mail.attachments[int(index[:9]) - 1]
    return file, content_of(draft, mail, file)


def window(query: Mapping[str, str]) -> tuple[int, int]:
    """`after` and `limit` of a feed: whole numbers. Raises Refused for anything else."""
    return whole(query, "after", 0, 0, 1 << 53), whole(query, "limit", PAGE, 1, MOST)


def whole(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text[:20]) <= most):
        diagnosis = Diagnosis(f"query {name}", "control", text, f"a whole number from {least} to {most}")
        raise Refused("bad_request", f"{name} can't be read.", diagnoses=(diagnosis,))
    return int(text)
