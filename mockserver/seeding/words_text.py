"""Words for texts that are made from other fields.

text: "... {FIELD} ... {row}"    text with fields of the object or of those around it, and the number of the row
email: [FIELDS], at: FIELD       an address below example.com
web: FIELD                       a site below example.com
token: NAME                      the text of a token: the default one's, a dash and the name
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from mockserver.seeding.rows import token_text
from mockserver.seeding.trouble import trouble
from mockserver.seeding.vocabulary import known_name, read_value, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.seeding.site import Reader, Site, Spot, Value

DOMAIN = "example.com"
LONGEST = 24
HOLE = re.compile(r"\{([a-z_0-9]*)\}")
NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(text: object) -> str:
    """Lower-case ASCII letters and digits of a text, at most LONGEST; empty for a script without any."""
    plain = normalize("NFKD", str(text).replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return NOT_PLAIN.sub("", plain)[:LONGEST]


@word("text")
def text(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The text with each {FIELD} filled in."""
    pattern, inside = str(node["text"]), spot.inside("text")
    pieces = HOLE.split(pattern)
    names = [name if name == "row" else known_name(name, inside) for name in pieces[1::2]]
    if any(letter in piece for piece in pieces[::2] for letter in "{}"):
        raise trouble(inside.where, f"`{pattern}`", "{FIELD} in closed braces", "write one name in each pair")

    def made(site: Site) -> str:
        filled = [str(site.row if name == "row" else site.get(name)) for name in names]
        return "".join(piece for pair in zip(pieces[::2], [*filled, ""], strict=True) for piece in pair)

    return made


@word("email", "at")
def email(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """An address of the fields, such as ines.moreau@brightharbour.example.com."""
    listed, inside = node["email"], spot.inside("email")
    if not isinstance(listed, list) or not listed:
        raise trouble(inside.where, f"`{listed}`", "a list of fields", "write [first_name, last_name]")
    names = [known_name(name, inside) for name in listed]
    host = known_name(node["at"], inside.inside("at")) if "at" in node else ""

    def made(site: Site) -> str:
        person = (
            ".".join(part for name in names if (part := slug(site.get(name)))) or f"contact{site.row}-{site.item + 1}"
        )
        below = slug(site.get(host)) if host else ""
        return f"{person}@{below}.{DOMAIN}" if below else f"{person}@{DOMAIN}"

    return made


@word("web")
def web(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """A site named after the field."""
    name = known_name(node["web"], spot.inside("web"))
    return lambda site: f"https://{slug(site.get(name)) or f'site{site.row}'}.{DOMAIN}"


@word("token")
def token(reader: Reader, node: Mapping[str, Any], spot: Spot) -> Value:
    """The text that calls with `as: NAME` are made with."""
    make = read_value(reader, node["token"], spot.inside("token"))
    return lambda site: token_text(site.world, str(make(site)))
