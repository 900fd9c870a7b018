"""Archive, delete and restore: two flags, and nothing happens twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.kinds import KINDS, bulk, make
from tests.api.shop import record

if TYPE_CHECKING:
    from tests.api.shop import JSON, Shop


LIVE, ARCHIVED, DELETED = (False, False), (True, False), (True, True)


def flags(data: JSON) -> tuple[bool, bool]:
    return data["archived_at"] > 0, data["is_deleted"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_flags_follow_the_actions(shop: Shop, kind: str) -> None:
    """R-LIFE-1, R-LIFE-2, testClientNotArchived, testClientArchived, testClientRestored, testClientDeleted."""
    made = make(shop, kind)
    assert flags(made) == LIVE
    steps = [
        ("archive", ARCHIVED),
        ("archive", ARCHIVED),
        ("restore", LIVE),
        ("restore", LIVE),
        ("delete", DELETED),
        ("archive", DELETED),
        ("delete", DELETED),
        ("restore", LIVE),
        ("archive", ARCHIVED),
        ("delete", DELETED),
    ]
    for action, wanted in steps:
        assert (action, flags(bulk(shop, kind, action, made["id"]))) == (action, wanted)
        assert flags(shop.show(f"{kind}/{made['id']}")) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_moment_of_archiving_stays(shop: Shop, kind: str) -> None:
    """R-LIFE-2."""
    made = make(shop, kind)
    shop.later(days=1)
    first = bulk(shop, kind, "archive", made["id"])["archived_at"]
    assert first == made["created_at"] + 86400
    shop.later(days=1)
    assert bulk(shop, kind, "archive", made["id"])["archived_at"] == first
    assert bulk(shop, kind, "delete", made["id"])["archived_at"] == first


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("clients", DELETED), ("products", DELETED), ("invoices", DELETED), ("locations", DELETED), ("tokens", ARCHIVED)],
)
def test_the_verb_delete_marks_or_only_archives(shop: Shop, kind: str, wanted: tuple[bool, bool]) -> None:
    """R-LIFE-6, R-LIFE-7: it can be repeated."""
    made = make(shop, kind)
    for _ in range(2):
        assert flags(record(shop.delete(f"{kind}/{made['id']}"))) == wanted
