"""E-invoicing without a network: the payment means are kept, everything else needs a licence (R-EP-26, 5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Empty, Plain
from mockserver.behaviours.core.access import require, unauthorized
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid, validate_by
from mockserver.derive.e_invoice_gaps import client_gaps, company_gaps, invoice_gaps
from mockserver.document.load import rules_of
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

    Gaps = dict[str, list[dict[str, str]]]

CODES = [*(str(number) for number in [*range(1, 71), *range(74, 79), *range(91, 98)]), "ZZZ"]
RULES = rules_of(
    {
        "entity": ["required", {"in": ["invoice", "client", "company"]}],
        "payment_means": ["array"],
        "payment_means.*.code": ["required", {"in": CODES}],
        "payment_means.*.bic_swift": [{"min": 8}, {"max": 11}],
        "payment_means.*.iban": [{"min": 15}, {"max": 34}],
        "payment_means.*.payer_bank_account": [{"max": 255}],
        "payment_means.*.account_holder": [{"max": 255}],
        "payment_means.*.information": ["string"],
        "payment_means.*.card_type": [{"min": 4}],
        "payment_means.*.card_holder": [{"min": 4}],
    }
)


@operation("e_invoice_configure")
def configure(draft: Draft, request: Request) -> Answer:
    """Keep the payment means in the layout of Peppol; the answer is empty."""
    company = draft.company
    validate_by(draft, draft.entity("company"), RULES, request)
    means = [payment_means(each) for each in request.body.get("payment_means") or ()]
    draft.patch("company", company["id"], {"e_invoice": {"Invoice": {"PaymentMeans": means}}})
    return Empty()


def payment_means(sent: dict[str, Any]) -> dict[str, Any]:
    """One means of payment as an element of the electronic invoice; what was not sent is left out."""
    account = {
        **element("ID", sent.get("iban")),
        **({"Name": sent["account_holder"]} if sent.get("account_holder") else {}),
        **({"FinancialInstitutionBranch": branch} if (branch := element("ID", sent.get("bic_swift"))) else {}),
    }
    card = {
        **element("NetworkID", sent.get("card_type")),
        **({"HolderName": sent["card_holder"]} if sent.get("card_holder") else {}),
    }
    payer = element("ID", sent.get("payer_bank_account"))
    parts = {
        "InstructionNote": sent.get("information"),
        "CardAccount": card,
        "PayerFinancialAccount": payer,
        "PayeeFinancialAccount": account,
    }
    return {**element("PaymentMeansCode", sent["code"]), **{name: part for name, part in parts.items() if part}}


def element(name: str, value: Any) -> dict[str, Any]:
    """An element that holds a value; nothing for an empty one."""
    return {name: {"value": value}} if value else {}


@operation("e_invoice_not_connected")
def not_connected(draft: Draft, request: Request) -> Answer:
    """Only a licensed installation, and a company that takes part, may talk to the network."""
    raise unauthorized("not connected", "a licence for the e-invoice network, and a company that is registered there")


@operation("e_invoice_check")
def check(draft: Draft, request: Request) -> Answer:
    """What the record, and those that it names, lack for an electronic invoice; 422 when it is anything."""
    check_form(draft, request)
    entity = draft.document.resources[str(request.body["entity"])]
    hashed = str(request.body["entity_id"])
    record = draft.record(entity.name, hashed)
    if record is None:
        diagnosis = Diagnosis("/entity_id", "exists", hashed, f"the id of a stored {entity.model}")
        raise invalid({"entity_id": ["The selected entity id is invalid."]}, (diagnosis,))
    require(draft, entity, record, "view")
    found = GAPS[entity.name](draft, record.data)
    passes = not any(found.values())
    return Plain({"passes": passes, **found}, status=200 if passes else 422)


def of_client(draft: Draft, client: Data) -> Gaps:
    """The client alone."""
    emails = [each["email"] for each in draft.find("client_contact", client["id"], "client_id")]
    return {"client": client_gaps(client, emails)}


def of_company(draft: Draft, company: Data) -> Gaps:
    """The company alone."""
    return {"company": company_gaps(company["settings"])}


def of_invoice(draft: Draft, invoice: Data) -> Gaps:
    """The invoice, its client, and the company with the settings that hold for that client."""
    client = draft.get("client", invoice["client_id"])
    assert client is not None
    settings = draft.context_of(invoice)["settings"]
    return {"invoice": invoice_gaps(invoice), **of_client(draft, client), "company": company_gaps(settings)}


GAPS: Mapping[str, Callable[[Draft, Data], Gaps]] = {"client": of_client, "company": of_company, "invoice": of_invoice}
"""What is looked at, by the kind of record."""
