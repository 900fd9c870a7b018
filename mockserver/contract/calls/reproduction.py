"""Calls as lines of a shell that show a fault again: those that matter, with ids that the lines find out themselves."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mockserver.contract.wire.reply import header_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.contract.wire.reply import Reply

HASHED = re.compile(rb"[0-9A-Za-z]{10,}")
"""What may be an id: a run of letters and digits, as services hand them out."""
READS = frozenset({"GET", "HEAD", "OPTIONS"})
NONE: Mapping[str, str] = {}
MOST = 30
"""Calls that a reproduction has at most: the last ones count."""


def reproduction(history: Sequence[Reply], secrets: Mapping[str, str] = NONE) -> list[str]:
    """Lines that lead to the last call of a history; none when there is none.

    The first lines set the address and the headers that all calls share. An id that a call made becomes a shell
    variable, read from its answer with jq. Secrets are names of variables too: in headers that are made to hold
    them, and wherever one of the given words stands (word -> variable).
    """
    if not history:
        return []
    kept = relevant(history)[-MOST:]
    used = b"\n".join(words(reply) for reply in kept)
    shared = set.intersection(*({*reply.request[2].items()} for reply in kept))
    parts = urlsplit(kept[0].request[1])
    base = f"{parts.scheme}://{parts.netloc}"
    lines = [f"URL={shlex.quote(base)}"]
    if shared:
        lines.append(named(f"H=({' '.join(header_words(dict(sorted(shared))))})", secrets))
    names = dict(secrets)
    for reply in kept:
        line = named(reply.curl({*dict(shared)}), names)
        line = line.replace(base, "$URL", 1) if f"'{base}" not in line else line.replace(f"'{base}", '"$URL"\'', 1)
        if shared:
            line = line.replace("curl ", 'curl "${H[@]}" ', 1)
        made = made_id(reply)
        if made and made not in names and made.encode() in used:
            names[made] = f"ID{len(names) - len(secrets) + 1}"
            line = f"{names[made]}=$({line.replace('curl ', 'curl -s ', 1)} | jq -r .data.id)"
        lines.append(line)
    return lines


def relevant(history: Sequence[Reply]) -> list[Reply]:
    """The calls that a reproduction needs, in their order.

    Besides the last call those writes count that made or named a record which a kept call names or made, and those to
    the collection of the last call, unless they only prepared the ground.
    """
    last = history[-1]
    writes = [reply for reply in list(history)[:-1] if reply.request[0] not in READS and reply.status < 400]
    kept = {id(last)}
    ids = set(HASHED.findall(words(last)))
    found = True
    while found:
        found = False
        for reply in writes:
            made = made_id(reply).encode()
            own = set(HASHED.findall(words(reply)))
            beside = collection(reply) == collection(last) or bool(own & ids)
            if id(reply) not in kept and (made in ids or (beside and not reply.prepared)):
                kept.add(id(reply))
                ids |= own | ({made} if made else set())
                found = True
    return [reply for reply in history if id(reply) in kept]


def words(reply: Reply) -> bytes:
    """What a request says: its path, query and content."""
    parts = urlsplit(reply.request[1])
    return f"{parts.path}?{parts.query}".encode() + reply.request[3]


def collection(reply: Reply) -> str:
    """The path up to the name of the collection, such as /api/v1/clients."""
    return "/".join(urlsplit(reply.request[1]).path.split("/")[:4])


def made_id(reply: Reply) -> str:
    """Id of the record that a POST answered; empty for any other call."""
    if reply.request[0] != "POST" or not reply.ok or reply.media != "application/json":
        return ""
    try:
        data = reply.data
    except (ValueError, KeyError, TypeError):
        return ""
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""


def named(line: str, names: Mapping[str, str]) -> str:
    """A line with shell variables for the words that have one."""
    for word, name in names.items():
        pieces = line.split("'")  # an even place is outside of quotes, as long as no quote stands inside of others
        line = "'".join(
            piece.replace(word, f"${name}" if place % 2 == 0 else f"'\"${name}\"'")
            for place, piece in enumerate(pieces)
        )
    return line
