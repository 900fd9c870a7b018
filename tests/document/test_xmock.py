"""The closed vocabulary: unknown words stop the bundle, and the message helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document import xmock
from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.document.conftest import Source


def bent(source: Source, change: Callable[[dict[str, Any]], object]) -> str:
    source.widget(change)
    with pytest.raises(DocumentError) as caught:
        source.bundle()
    return str(caught.value)


def test_an_unknown_fact_is_told_with_a_guess(source: Source) -> None:
    message = bent(source, lambda widget: widget["facts"].update(serch={"fields": []}))
    assert message == (
        "entities/widget.yaml: facts: got the unknown key `serch`, wanted a key of the vocabulary; "
        "did you mean `search`?"
    )


def test_an_unknown_key_of_a_field_is_told_with_its_place(source: Source) -> None:
    message = bent(source, lambda widget: widget["fields"]["name"].update(wirte=True))
    assert message == (
        "entities/widget.yaml: fields.name: got the unknown key `wirte`, wanted a key of the vocabulary; "
        "did you mean `write`?"
    )


def test_a_value_outside_an_enumeration_lists_the_allowed_ones(source: Source) -> None:
    message = bent(source, lambda widget: widget["facts"].update(delete="vanish"))
    assert message == (
        "entities/widget.yaml: facts.delete: got `vanish`, wanted one of archive, mark, remove; "
        "known: archive, mark, remove"
    )


def test_a_missing_key_is_named(source: Source) -> None:
    message = bent(source, lambda widget: widget["fields"].update(size={"about": "How big."}))
    assert message == "entities/widget.yaml: fields.size: got no `is`, wanted it to be there; add `is:`"


def test_a_wrong_type_names_the_rule(source: Source) -> None:
    message = bent(source, lambda widget: widget["facts"].update(documents="yes"))
    assert message == (
        'entities/widget.yaml: facts.documents: got `"yes"`, wanted `type: boolean`; '
        "see x-mock.schema.json, $defs/vocabulary/properties/documents/type"
    )


def test_a_word_that_is_no_form_of_a_condition_is_told(source: Source) -> None:
    message = bent(source, lambda widget: widget["facts"]["filters"]["name"].update(where="always"))
    assert 'facts.filters.name.where: got `"always"`, wanted what `anyOf` allows there; see' in message


def test_the_first_break_in_the_file_is_told(source: Source) -> None:
    def twice(widget: dict[str, Any]) -> None:
        widget["facts"]["nope"] = 1
        widget["fields"]["name"]["nope"] = 1

    assert "fields.name" in bent(source, twice)


@pytest.mark.parametrize(
    ("definition", "content"),
    [
        ("operation", {"behaviour": "list", "entity": "widget"}),
        ("operation", {"behaviour": "purge", "locate": True, "password": True, "needs": "admin", "with": {"keep": 1}}),
        ("condition", {"all": [{"status_id": ["1"]}, {"not": {"due": {"before": "today"}}}, {"not_deleted": True}]}),
        ("condition", True),
    ],
)
def test_words_that_are_known(source: Source, definition: str, content: Any) -> None:
    assert xmock.problems(content, definition, "here", xmock.vocabulary(source.folder)) == []


@pytest.mark.parametrize(
    ("definition", "content"),
    [
        ("operation", {"entity": "widget"}),
        ("operation", {"behaviour": "list", "speed": 3}),
        ("operation", {"behaviour": "list", "needs": "luck"}),
        ("condition", {"balance": {"above": 3}}),
        ("condition", {}),
    ],
)
def test_words_that_are_not(source: Source, definition: str, content: Any) -> None:
    assert xmock.problems(content, definition, "here", xmock.vocabulary(source.folder))


def test_sources_without_a_vocabulary_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"got no x-mock\.schema\.json above it"):
        xmock.vocabulary(tmp_path)
