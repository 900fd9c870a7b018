"""E-invoicing without a network: the payment means are kept, everything else needs a licence (R-EP-26, 5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Empty
from mockserver.behaviours.access import unauthorized
from mockserver.behaviours.registry import operation
from mockserver.behaviours.validation import validate_by
from mockserver.document.load import rules_of

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request

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
