"""A company with one user, one client and one product line, put together by hand: no seed, no server."""

from __future__ import annotations

from functools import cache
from typing import Any

from mockserver.clock import EPOCH, Clock
from mockserver.content import fixtures_dir, spec_dir
from mockserver.document.load import load_document
from mockserver.draft import Draft
from mockserver.flow import Engine
from mockserver.local import LocalClient
from mockserver.routes import Routes
from mockserver.world import World

LINE = {
    "product_key": "W-1",
    "notes": "Anodised widget",
    "cost": 50,
    "quantity": 2,
    "tax_name1": "VAT",
    "tax_rate1": 20,
}
SETTINGS = {"name": "Acme Works", "currency_id": "1", "country_id": "840", "city": "Springfield", "date_format_id": "8"}


@cache
def engine() -> tuple[Engine, Routes]:
    document = load_document(spec_dir() / "openapi.json", fixtures_dir() / "statics")
    return Engine(document), Routes(document.operations.values())


def hire(draft: Draft, email: str, token: str, *, owner: bool = False, permissions: str = "") -> None:
    """A user of the draft's company, with a token."""
    company_id = draft.company["id"]
    user = draft.put("user", draft.blank("user") | {"email": email, "password": "password"})
    link = {"user_id": user["id"], "company_id": company_id, "permissions": permissions}
    draft.put("company_user", draft.blank("company_user") | link | {"is_owner": owner, "is_admin": owner})
    ours = {"user_id": user["id"], "company_id": company_id, "token": token}
    draft.put("company_token", draft.blank("company_token") | ours)


def found(draft: Draft, token: str, email: str) -> None:
    """A company with its owner."""
    draft.company_row = draft.next_row("company")
    draft.put("company", draft.blank("company") | {"settings": dict(SETTINGS)})
    hire(draft, email, token, owner=True)


def office() -> LocalClient:
    """A client of a world with two companies (tokens TOKEN and OTHER) and a clerk without rights (CLERK)."""
    answering, routes = engine()
    world = World(answering.document, clock=Clock(frozen=EPOCH))
    draft = Draft(world)
    found(draft, "TOKEN", "user@example.com")
    hire(draft, "clerk@example.com", "CLERK")
    found(draft, "OTHER", "other@example.com")
    world.state = draft.state
    return LocalClient(answering, routes, world)


def ok(answer: tuple[int, Any]) -> Any:
    """The record of a 200."""
    status, body = answer
    assert status == 200, body
    return body["data"]


def customer(local: LocalClient, **fields: Any) -> Any:
    contact = {"first_name": "Ines", "last_name": "Moreau", "email": "ines@example.com", "send_email": True}
    address = {"address1": "12 Quay Street", "city": "Portland", "country_id": "840", "shipping_address1": "Dock 3"}
    body = {"name": "Bright Harbour", "contacts": [contact], **address, **fields}
    return ok(local.call("POST", "/api/v1/clients", body))


def bill(local: LocalClient, client: Any, **fields: Any) -> Any:
    """An invoice over 120.00 with an invitation."""
    body = {"client_id": client["id"], "line_items": [LINE], **fields}
    return ok(local.call("POST", "/api/v1/invoices", body))
