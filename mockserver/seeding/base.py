"""The world before the first call: an account, its company, the user and the tokens.

No API call makes these, so they are written straight into the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver import ids
from mockserver.behaviours.accounts.defaults import furnish_company, stock_designs
from mockserver.draft import Draft
from mockserver.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.clock import Clock
    from mockserver.document.model import Document
    from mockserver.world import Identity

KEY_LENGTH = 32
TOKEN_LENGTH = 64
SETTINGS = {
    "name": "Untitled Company",
    "currency_id": "1",
    "country_id": "840",
    "language_id": "1",
    "timezone_id": "33",
}
"""Settings of the company besides the document's defaults: US dollars, the United States, English, London's time."""


def base_world(
    document: Document,
    *,
    seed: int,
    identity: Identity,
    base_url: str,
    clock: Clock,
    settings: Mapping[str, Any] | None = None,
    user: Mapping[str, Any] | None = None,
) -> World:
    """A world with one company and its owner, and nothing else; made at the time of the clock.

    `settings` go over the company's defaults, `user` holds fields of the owner.
    """
    world = World(document, seed=seed, clock=clock, identity=identity, base_url=base_url)
    draft = Draft(world)
    stock_designs(draft)
    draft.company_row = draft.next_row("company")
    company_id = ids.encode(draft.company_row)
    account = _put(
        draft,
        "account",
        key=draft.text("account", "key", KEY_LENGTH),
        default_company_id=company_id,
    )
    account_id = account["id"]
    company_key = draft.text("company", "company_key", KEY_LENGTH)
    whole = {**document.setting_defaults, **SETTINGS, **(settings or {})}
    _put(draft, "company", company_key=company_key, account_id=account_id, settings=whole)
    owner = _owner(draft, account_id, identity, user or {})
    shared = {"account_id": account_id, "company_id": company_id, "user_id": owner["id"]}
    _put(draft, "company_token", **shared, name="Default", token=identity.token)
    text = draft.text("company_token", "token", TOKEN_LENGTH)
    login = _put(draft, "company_token", **shared, name="Login", token=text, is_system=True)
    _put(draft, "company_user", **shared, token_id=login["id"], is_owner=True, is_admin=True)
    furnish_company(draft, draft.company_row, owner["id"])
    world.state = draft.state
    return world


def _owner(draft: Draft, account_id: str, identity: Identity, fields: Mapping[str, Any]) -> dict[str, Any]:
    return _put(
        draft,
        "user",
        **{
            "account_id": account_id,
            "email_verified_at": draft.now,
            "last_confirmed_email_address": identity.email,
            "referral_code": draft.text("user", "referral_code", KEY_LENGTH),
            **fields,
            "email": identity.email,
            "password": identity.password,
        },
    )


def _put(draft: Draft, name: str, /, **fields: Any) -> dict[str, Any]:
    return draft.put(name, {**draft.blank(name), **fields})
