"""Updates by the web app, which says so in the header X-REACT, lose their line feeds in long texts (5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.bodies import BODIES
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import Shop

TEXTS = ("public_notes", "private_notes", "terms", "footer")
LINES = "<p>one</p>\n<p>two</p>\r\n"
REACT = {"X-REACT": "true"}


@pytest.mark.parametrize("kind", ["invoices", "quotes", "credits", "purchase_orders", "recurring_invoices", "clients"])
def test_line_feeds_are_lost_in_an_update_of_the_web_app(shop: Shop, kind: str) -> None:
    body = BODIES[kind](shop)
    names = TEXTS[:2] if kind == "clients" else TEXTS
    texts = dict.fromkeys(names, LINES)
    made = record(shop.post(kind, {**body, **texts}, headers=REACT))
    assert {name: made[name] for name in names} == dict.fromkeys(names, LINES.strip())
    path = f"{kind}/{made['id']}"
    plain = record(shop.put(path, {**body, **texts}))
    assert {name: plain[name] for name in names} == dict.fromkeys(names, LINES.strip())
    changed = record(shop.put(path, {**body, **texts}, headers=REACT))
    assert {name: changed[name] for name in names} == dict.fromkeys(names, "<p>one</p><p>two</p>")


def test_other_kinds_keep_theirs(shop: Shop) -> None:
    vendor = record(shop.post("vendors", {"name": "V"}))
    changed = record(shop.put(f"vendors/{vendor['id']}", {"public_notes": "a\nb"}, headers=REACT))
    assert changed["public_notes"] == "a\nb"
