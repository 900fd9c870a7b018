"""API tokens: made whole once, shown cut afterwards (R-EP-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import validate
from mockserver.behaviours.records.crud import entity_of

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

LENGTH = 64


def new_token(draft: Draft, name: str, user_id: str, company_id: str, *, system: bool) -> Data:
    """Store a token of a user for a company; the record belongs to that company."""
    company = draft.record("company", company_id)
    assert company is not None
    data = draft.blank("company_token")
    data |= {
        "user_id": user_id,
        "company_id": company_id,
        "account_id": company.data["account_id"],
        "token": draft.text("company_token", "token", LENGTH),
        "name": name,
        "is_system": system,
    }
    return draft.put("company_token", data, company=company.row)


@operation("token_create")
def create(draft: Draft, request: Request) -> Answer:
    """A token of the calling user for the company of the call."""
    validate(draft, entity_of(request), "create", request)
    caller = caller_of(draft)
    data = new_token(draft, str(request.body["name"]), caller.user_id, str(draft.company["id"]), system=False)
    draft.emit("created", "company_token", data["id"])
    return Item("company_token", data["id"])
