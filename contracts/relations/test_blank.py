"""A blank form holds the defaults that the facts tell, and saved it gives a record that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mockserver.contract.calls.findings import Broken
from mockserver.contract.scenes.stage import staged

if TYPE_CHECKING:
    from mockserver.contract.reading.nouns import Noun
    from mockserver.contract.target.server import Target

pytestmark = [pytest.mark.needs("writes"), pytest.mark.nouns("create", "blank", "show", "list", "update")]
TOLD = frozenset({"text", "html", "email", "url", "date", "bool", "enum", "money", "number", "rate", "integer"})
WORDS = ("today",)
"""Defaults that stand for something else."""


def test_a_blank_form_holds_the_defaults_and_can_be_saved(target: Target, noun: Noun) -> None:
    with staged(target, noun) as stage:
        name_of = stage.operation("blank").id
        blank = stage.call("blank").data
        if blank.get("id"):
            raise Broken(f"the blank form has the id {blank['id']}, wanted none", operation=name_of)
        fields = {name: field for name, field in noun.fields.items() if name in blank and not field.get("computed")}
        filled = noun.told("store.on_blank") is not None  # the service puts more into the form than the defaults
        for name, field in fields.items():
            default = field.get("default")
            if filled or field["kind"] not in TOLD or not field.get("write") or default in WORDS:
                continue
            if blank[name] != default:
                what = f"{name} of the blank form is {blank[name]!r:.200}, wanted the default {default!r}"
                raise Broken(what, operation=name_of)
        form = {name: value for name, value in blank.items() if name in stage.values.offered(noun, "create")}
        sent = {**form, **stage.minimal()}
        record = stage.make(**sent)
        for name, value in sent.items():
            if value and name in fields and fields[name]["kind"] in TOLD and record[name] != value:
                what = f"{name} of the blank form is {value!r:.200}; saved, the record shows {record[name]!r:.200}"
                raise Broken(what, operation=stage.operation("create").id)
