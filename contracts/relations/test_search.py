"""A search finds what was written in each field that is searched, in capitals or not, and nothing that lacks it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import Stage, staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "show", "list", "update", facts=("search",))]
LETTERS = "bdfghjkmpq"
_numbers = itertools.count(1)


def needle() -> str:
    """A word of letters that nobody has used."""
    return "Zx" + "".join(LETTERS[int(digit)] for digit in f"{next(_numbers):05d}") + "Wv"


def body_with(stage: Stage, path: str, word: str) -> dict[str, Any] | None:
    """What to send so that the word stands at the path; None for what is no text of the record's own."""
    noun = stage.noun
    holder, _, member = path.replace("[]", "").rpartition(".")
    offered = stage.values.offered(noun, "create")
    if not holder:
        facts = offered.get(path)
        if facts is None or facts["kind"] not in ("text", "html", "url"):
            return None
        if any(isinstance(rule, dict) and "in" in rule for rule in noun.rules("create").get(path, ())):
            return None
        return {path: f"https://example.com/{word}" if facts["kind"] == "url" else f"a {word} b"}
    if holder not in offered or offered[holder]["kind"] != "list":
        return None
    kind = stage.values.simple_members(offered[holder]["of"]).get(member, {}).get("kind")
    if kind not in ("text", "email"):
        return None
    return {holder: [{}, {member: f"{word}@example.com" if kind == "email" else f"{stage.client.tag} {word}"}]}


def test_a_search_finds_what_was_written(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        words = {path: needle() for path in noun.facts["search"]["fields"]}
        made = {
            path: stage.make(**body)["id"]
            for path, word in words.items()
            if (body := body_with(stage, path, word)) is not None
        }
        for path, hashed in made.items():
            word = words[path]
            for text in (word, word.upper(), word.lower()[1:-1]):
                found = stage.rows(filter=text)
                if hashed not in found:
                    raise Broken(
                        f"filter={text} does not find the record with {word!r} in {path}",
                        operation=stage.operation("list").id,
                    )
                if len(found) > 1:
                    raise Broken(
                        f"filter={text} finds {len(found)} records, one has it", operation=stage.operation("list").id
                    )
        if stage.rows(filter=needle()):
            raise Broken("a word that nobody has written is found", operation=stage.operation("list").id)
