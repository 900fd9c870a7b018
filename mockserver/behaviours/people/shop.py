"""What a shop does with the key of the company: products, clients and invoices in the name of the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.answer import Item, Items, Plain
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.records.crud import create
from mockserver.derive.computed import COMPUTED
from mockserver.draft import Caller
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

HEADER = "header X-API-COMPANY-KEY"


def enter(draft: Draft, request: Request) -> None:
    """Go on as the owner of the company of the key. Raises Refused: unknown key, or a shop that is switched off."""
    key = request.headers.get("x-api-company-key", "")
    company = next(iter(draft.find("company", key, "company_key")), None) if key else None
    caller = owner_of(draft, company) if company is not None else None
    if company is None or caller is None:
        raise missing("Company", HEADER, "the company_key of a company")
    if not company["enable_shop_api"]:
        diagnosis = Diagnosis(HEADER, "enable_shop_api", False, "a company that switched the shop routes on")
        raise Refused("forbidden", body={"message": "Shop is disabled", "errors": {}}, diagnoses=(diagnosis,))
    draft.caller, draft.company_row = caller, caller.company


def owner_of(draft: Draft, company: Data) -> Caller | None:
    """The owner of a company as a caller."""
    link = next((each for each in draft.find("company_user", company["id"], "company_id") if each["is_owner"]), None)
    user = draft.record("user", link["user_id"]) if link is not None else None
    record = draft.record("company", company["id"])
    if link is None or user is None or record is None:
        return None
    return Caller(user, user, record.row, link)


def missing(model: str, where: str, wanted: str) -> Refused:
    """The service's answer to a key that leads nowhere."""
    text = f"No query results for model [App\\Models\\{model}]."
    return Refused("not_found", text, diagnoses=(Diagnosis(where, "R-WIRE-47", None, wanted),))


def found(draft: Draft, request: Request, entity: str, field: str, parameter: str) -> Data:
    """The live record of the company whose field holds the path parameter. Raises Refused when there is none."""
    text = request.parameters[parameter]
    rows = (each for each in draft.find(entity, text, field) if not each["archived_at"])
    data = next((each for each in rows if draft.get(entity, each["id"]) is not None), None)
    if data is None:
        raise missing(draft.entity(entity).model, f"path {parameter}", f"the {field} of a {entity}")
    return data


@operation("shop_profile")
def profile(draft: Draft, request: Request) -> Answer:
    """Key and settings of the company."""
    enter(draft, request)
    company = draft.company
    settings = COMPUTED["settings"](company, company, draft.world.base_url)
    return Plain({"data": {"company_key": company["company_key"], "settings": settings}}, pretty=True)


@operation("shop_products")
def products(draft: Draft, request: Request) -> Answer:
    """The live products of the company."""
    enter(draft, request)
    rows = [each.row for each in draft.table("product").records(draft.company_row) if not each.data["archived_at"]]
    return Items("product", rows)


@operation("shop_product")
def product(draft: Draft, request: Request) -> Answer:
    """The first live product with the key."""
    enter(draft, request)
    return Item("product", found(draft, request, "product", "product_key", "product_key")["id"])


@operation("shop_client")
def client(draft: Draft, request: Request) -> Answer:
    """The client of the contact with the key."""
    enter(draft, request)
    return Item("client", found(draft, request, "client_contact", "contact_key", "contact_key")["client_id"])


@operation("shop_invoice")
def invoice(draft: Draft, request: Request) -> Answer:
    """The invoice of the invitation with the key."""
    enter(draft, request)
    return Item("invoice", found(draft, request, "invoice_invitation", "key", "invitation_key")["invoice_id"])


@operation("shop_create_client")
@operation("shop_create_invoice")
def create_from_shop(draft: Draft, request: Request) -> Answer:
    """The usual create, in the name of the owner."""
    enter(draft, request)
    return create(draft, request)
