"""Bank accounts and the movements on them: defaults, rules, and taking links off (R-EP-40, R-STAT-47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Plain
from mockserver.behaviours.core.registry import action, hook, operation
from mockserver.behaviours.payments.bank_matching import UNMATCHED, apply_rules
from mockserver.behaviours.records.crud import message
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

NOT_CONNECTED = "Not yet authenticated with Bank Integration service"


@hook("bank_integration_input")
def integration_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """A new account without a bank takes its own name for one."""
    body = request.body
    if not before and not body.get("provider_name"):
        body["provider_name"] = body.get("bank_account_name")


@hook("bank_integration_prepare")
def integration_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The account hangs on the account of the company, too."""
    data["account_id"] = draft.company["account_id"]


@hook("bank_transaction_blank")
def transaction_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form carries today's date (R-EP-2)."""
    data["date"] = draft.today


@hook("bank_transaction_prepare")
def transaction_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new movement is of today unless it says otherwise; the direction is kept in capitals."""
    data["date"] = data["date"] or draft.today
    data["currency_id"] = data["currency_id"] or "1"
    data["base_type"] = data["base_type"].upper()


@hook("bank_transaction_revise")
def transaction_revise(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The direction is kept in capitals."""
    data["currency_id"] = data["currency_id"] or "1"
    data["base_type"] = data["base_type"].upper()


@hook("bank_transaction_save")
def transaction_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The company's rules look at each saved movement that is not matched yet."""
    apply_rules(draft, data)


@hook("bank_transaction_delete")
def transaction_delete(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The links go before the movement does (5.12)."""
    unlink(draft, entity, data, request)


@action("bank_unlink")
def unlink(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Take the links off on both sides; the movement is unmatched again."""
    for name, listed in (("payment", data["payment_id"]), ("expense", data["expense_id"])):
        for hashed in filter(None, (each.strip() for each in listed.split(","))):
            linked = draft.get(name, hashed)
            if linked is not None and linked["transaction_id"] == data["id"]:
                draft.patch(name, hashed, {"transaction_id": ""})
    links = ("invoice_ids", "expense_id", "payment_id", "vendor_id", "ninja_category_id", "bank_transaction_rule_id")
    draft.patch(entity.name, data["id"], {**dict.fromkeys(links, ""), "status_id": UNMATCHED})


@operation("bank_refresh")
def refresh(draft: Draft, request: Request) -> Answer:
    """No provider is connected, so there is nothing to ask for."""
    return Plain({})


@operation("bank_fetch")
def fetch(draft: Draft, request: Request) -> Answer:
    """The job is said to run; it has no connected account to look at."""
    return message("Fetching transactions....")


@operation("bank_not_connected")
def not_connected(draft: Draft, request: Request) -> Answer:
    """The installation has no account at a provider of bank data."""
    text = request.operation.facts.get("with", {}).get("message", NOT_CONNECTED)
    diagnosis = Diagnosis("operation", "R-EP-40", request.operation.id, "a connected provider of bank data")
    raise Refused("bad_request", str(text), diagnoses=(diagnosis,))
