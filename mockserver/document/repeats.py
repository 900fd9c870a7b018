"""Operations and schemas of a paths file that are written once and filled for each of several cases.

`repeat` holds a template (`paths`, `components`), the cases (`each`: words by name), `defaults` for words that a
case leaves out, and `tables`: a word that is named like a table lists the entries to take from it. An entry that is
itself a list stands for those that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    Words = dict[str, Any]

PARTS = ("paths", "components")


def expanded(content: dict[str, Any], where: str) -> dict[str, Any]:
    """The file with the template filled for each case: paths before its own ones, components after them."""
    if "repeat" not in content:
        return content
    repeat = content["repeat"]
    if not isinstance(repeat, dict) or not isinstance(repeat.get("each"), list):
        raise DocumentError(f"{where}: repeat", "no list of cases", "`each`", "list the cases under repeat.each")
    paths: dict[str, Any] = {}
    components: dict[str, dict[str, Any]] = {kind: dict(part) for kind, part in content.get("components", {}).items()}
    for number, case in enumerate(repeat["each"]):
        place = f"{where}: repeat.each.{number}"
        filled = render({part: repeat.get(part, {}) for part in PARTS}, words(repeat, case, place), place)
        paths.update(filled["paths"])
        for kind, part in filled["components"].items():
            components.setdefault(kind, {}).update(part)
    own = {key: value for key, value in content.items() if key != "repeat"}
    return {**own, "paths": {**paths, **content.get("paths", {})}, "components": components}


def words(repeat: dict[str, Any], case: Words, where: str) -> Words:
    """The words of a case, with what they take from tables; entries of tables may hold words themselves."""
    found: Words = {**repeat.get("defaults", {}), **case}
    for name, table in repeat.get("tables", {}).items():
        chosen = {entry: table[entry] for entry in names(found.get(name) or [], table, f"{where}.{name}")}
        found[name] = render(chosen, found, f"{where}.{name}")
    return found


def names(listed: list[str], table: dict[str, Any], where: str) -> Iterator[str]:
    """The entries that a list names, in its order."""
    for name in listed:
        if name not in table:
            raise DocumentError(where, f"`{name}`", "an entry of the table", did_you_mean(name, table))
        if isinstance(table[name], list):
            yield from names(table[name], table, where)
        else:
            yield name
