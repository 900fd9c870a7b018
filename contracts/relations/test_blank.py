"""The blank form of a kind shows the defaults that its facts tell, and its numbers and flags are those of a bare create."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.findings import Broken
from mockserver.contract.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.spec import Noun
    from mockserver.contract.target import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "blank", "show", "list", "update")]
TOLD = frozenset({"text", "html", "email", "url", "date", "datetime"})
"""Kinds whose defaults a create may still fill, from settings or from other members."""
COUNTED = frozenset({"bool", "enum", "money", "number", "rate", "integer"})
WORDS = ("today",)
"""Defaults that stand for something else."""


def test_a_blank_form_shows_the_defaults_of_a_create(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        name_of = stage.operation("blank").id
        blank, sent = stage.call("blank").data, stage.minimal()
        if blank.get("id"):
            raise Broken(f"the blank form has the id {blank['id']}, wanted none", operation=name_of)
        record = stage.make()
        for name, field in noun.fields.items():
            if not field.get("write") or field.get("computed") or name not in blank:
                continue
            if (
                field["kind"] in TOLD | COUNTED
                and field.get("default") not in WORDS
                and blank[name] != field["default"]
            ):
                what = f"{name} of the blank form is {blank[name]!r:.200}, wanted the default {field['default']!r}"
                raise Broken(what, operation=name_of)
            if field["kind"] in COUNTED and name not in sent and blank[name] != record[name]:
                what = f"{name} of the blank form is {blank[name]!r}, that of a record made without it {record[name]!r}"
                raise Broken(what, operation=name_of)
