"""Fetching everything again, or what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.clock import EPOCH
from mockserver.draft import Draft
from tests.api.shop import rows

if TYPE_CHECKING:
    from mockserver.inprocess import Response
    from tests.api.shop import Shop


GOOD = {"email": "user@example.com", "password": "password"}


def login(shop: Shop, **body: str | None) -> Response:
    return shop.but(X_API_TOKEN=None).post("login", {**GOOD, **body})


def test_a_refresh_answers_the_same_and_ignores_includes(shop: Shop) -> None:
    """R-AUTH-26, R-WIRE-39."""
    shop.client()
    whole = rows(login(shop))
    assert rows(shop.post("refresh")) == whole
    assert rows(shop.post("refresh?include=nope")) == whole


def test_all_collections_come_with_a_company(shop: Shop) -> None:
    """R-WIRE-39; tokens come shortened, the ledger does not come at all."""
    company = rows(login(shop))[0]["company"]
    wanted = {
        "clients",
        "quotes",
        "expenses",
        "vendors",
        "tasks",
        "projects",
        "task_statuses",
        "payment_terms",
        "webhooks",
    }
    assert wanted | {"locations", "tokens_hashed"} <= set(company)
    assert {"tokens", "ledger"}.isdisjoint(company)


def test_a_refresh_can_be_narrowed_to_what_changed(shop: Shop) -> None:
    """R-WIRE-40."""
    old = shop.client()
    shop.later(days=1)
    new = shop.client()
    ids = {}
    for name, moment in {"all": 0, "changed": EPOCH + 1, "edge": EPOCH}.items():
        company = rows(shop.post(f"refresh?updated_at={moment}"))[0]["company"]
        ids[name] = [each["id"] for each in company["clients"]]
    both = [old["id"], new["id"]]
    assert ids == {"all": both, "changed": [new["id"]], "edge": both}


def test_a_refresh_can_be_narrowed_to_the_company_of_the_token(shop: Shop) -> None:
    """R-WIRE-40."""
    second = shop.found("Second")
    assert len(rows(second.post("refresh"))) == 2
    link = rows(second.post("refresh?current_company=true"))
    assert [each["company"]["settings"]["name"] for each in link] == ["Second"]


def test_a_large_company_comes_small(shop: Shop) -> None:
    """R-WIRE-39: no records unless a moment is given."""
    shop.client()
    draft = Draft(shop.mock.world)
    draft.patch("company", shop.company()["id"], {"is_large": True})
    shop.mock.world.state = draft.state
    assert "clients" not in rows(login(shop))[0]["company"]
    assert len(rows(shop.post(f"refresh?updated_at={EPOCH}"))[0]["company"]["clients"]) == 1
