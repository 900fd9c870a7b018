"""Names in facts join something, or the bundle stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mockserver.document.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.document.conftest import Source

FACTS = "entities/widget.yaml: facts"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda w: w["facts"]["search"]["fields"].append("nmae"),
            f"{FACTS}.search.fields: got `nmae`, wanted a field;",
        ),
        (lambda w: w["facts"]["search"]["fields"].append("parent.nmae"), f"{FACTS}.search.fields: got `nmae`"),
        (
            lambda w: w["facts"]["search"]["fields"].append("owner.name"),
            f"{FACTS}.search.fields: got `owner`, wanted an",
        ),
        (lambda w: w["facts"]["search"]["fields"].append("bits[].name"), f"{FACTS}.search.fields: got `bits`"),
        (lambda w: w["facts"]["filters"]["name"].update(field="nome"), f"{FACTS}.filters.name.field: got `nome`"),
        (
            lambda w: w["facts"]["filters"]["name"].update(where={"all": [{"prize": [1]}]}),
            "filters.name.where: got `prize`",
        ),
        (
            lambda w: w["facts"]["filters"]["name"].update(words={"dear": {"not": {"prize": [1]}}}),
            "name.dear: got `prize`",
        ),
        (lambda w: w["facts"]["base_filters"].append("client_id"), f"{FACTS}.base_filters: client_id: got `client_id`"),
        (lambda w: w["facts"]["sorts"].update(only=["size"]), f"{FACTS}.sorts.only: got `size`"),
        (lambda w: w["facts"]["sorts"]["special"].update(x={"digits": "nr"}), f"{FACTS}.sorts.special.x: got `nr`"),
        (lambda w: w["facts"].update(unique=["nr"]), f"{FACTS}.unique: got `nr`"),
        (lambda w: w["facts"].update(narrow={"short": ["nr"]}), f"{FACTS}.narrow.short: got `nr`"),
        (lambda w: w["facts"].update(number={"pattern": "a", "counter": "b"}), f"{FACTS}.number.pattern: got `a`"),
        (lambda w: w["includes"]["children"].update(entity="wodget"), "includes.children.entity: got `wodget`"),
        (lambda w: w["includes"]["children"].update(by="widget_id"), "includes.children.by: got `widget_id`"),
        (lambda w: w["includes"]["children"].update(by="parent"), "includes.children.by: got `parent_type`"),
        (lambda w: w["includes"]["children"].update(where={"live": [True]}), "includes.children.where: got `live`"),
        (lambda w: w["includes"]["parent"].update({"from": "owner_id"}), "includes.parent.from: got `owner_id`"),
        (lambda w: w["requests"]["create"].update(required=["nome"]), "requests.create.required: got `nome`"),
    ],
)
def test_a_name_that_joins_nothing_is_refused(
    source: Source, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    source.widget(change)
    with pytest.raises(DocumentError) as caught:
        source.bundle()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w["facts"]["search"]["fields"].append("secret"),
        lambda w: w["facts"]["search"]["fields"].append("children.parent.name"),
        lambda w: w["facts"]["search"]["fields"].append("parts[].label"),
        lambda w: w["facts"]["filters"]["name"].update(where={"any": [{"price": {"gt": 1}}, {"not_deleted": True}]}),
        lambda w: w["includes"]["children"].update(by="company"),
    ],
)
def test_names_that_join(source: Source, change: Callable[[dict[str, Any]], object]) -> None:
    source.widget(change)
    assert source.bundle()["paths"]
