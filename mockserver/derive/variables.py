"""Words that begin with `$` in designs and e-mails, and what stands for them in a document (R-EP-20, R-EP-23)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from mockserver.derive.bill_paper import amounts
from mockserver.derive.sheet import address, person
from mockserver.derive.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.derive.sheet import Sheet
    from mockserver.derive.wording import Printer

    Data = Mapping[str, Any]
    Values = dict[str, str]

VARIABLE = re.compile(r"\$[A-Za-z][A-Za-z0-9_.]*")
ADDRESS = ("address1", "address2", "city", "state", "postal_code", "country")
FIRM = ("name", "id_number", "vat_number", "website", "phone", "number", "email")
RICH = frozenset({"product", "task", "public_notes", "terms", "footer", "signature", "view_button", "entity_footer"})
"""Last words of variables that hold HTML already."""


def fill(text: str, values: Mapping[str, str], *, markup: bool = False) -> str:
    """The text with values in place of its variables; unknown ones stay as they are.

    The longest known beginning counts: `$number.` is `$number` and a full stop. With `markup` plain values are
    written so that HTML shows them as they are.
    """

    def value(found: re.Match[str]) -> str:
        name = found[0]
        while name and name not in values:
            name = name[:-1]
        if not name:
            return found[0]
        raw = name.rpartition(".")[2].lstrip("$") in RICH
        shown = values[name] if raw or not markup else html.escape(values[name], quote=False).replace("\n", "<br>")
        return shown + found[0][len(name) :]

    return VARIABLE.sub(value, text)


def party_values(name: str, data: Data, contact: Data | None, printer: Printer) -> Values:
    """Variables of a client or vendor, and of its contact."""
    found = {f"${name}.{key}": str(data.get(key) or "") for key in (*FIRM, *ADDRESS, "public_notes")}
    found |= {f"${name}.shipping_{key}": str(data.get(f"shipping_{key}") or "") for key in ADDRESS}
    found |= {f"${name}{n}": str(data.get(f"custom_value{n}") or "") for n in (1, 2, 3, 4)}
    found |= {f"${name}.custom{n}": str(data.get(f"custom_value{n}") or "") for n in (1, 2, 3, 4)}
    town = (str(data.get(key) or "") for key in ("city", "state", "postal_code"))
    mail = str((contact or {}).get("email") or "")
    whole = {
        f"${name}": found[f"${name}.name"],
        f"${name}_name": found[f"${name}.name"],
        f"${name}.email": mail or found[f"${name}.email"],
        f"${name}.city_state_postal": " ".join(filter(None, town)),
        f"${name}.postal_city_state": " ".join(filter(None, (str(data.get(key) or "") for key in POSTAL_FIRST))),
        f"${name}_address": "\n".join(address(data)),
        f"${name}.shipping_address": "\n".join(address(data, "shipping_")),
        f"${name}.balance": printer.money(data.get("balance") or 0),
        f"${name}.credit_balance": printer.money(data.get("credit_balance") or 0),
        f"${name}.currency": str(printer.currency.get("code", "")),
    }
    return found | whole | contact_values(contact)


POSTAL_FIRST = ("postal_code", "city", "state")


def contact_values(contact: Data | None) -> Values:
    """Variables of the person that a document goes to."""
    data = contact or {}
    found = {f"$contact.{key}": str(data.get(key) or "") for key in ("first_name", "last_name", "email", "phone")}
    found |= {f"$contact{n}": str(data.get(f"custom_value{n}") or "") for n in (1, 2, 3, 4)}
    names = {"$contact": found["$contact.first_name"], "$contact.full_name": person(contact)}
    short = {"$first_name": found["$contact.first_name"], "$last_name": found["$contact.last_name"]}
    return {**found, **names, **short, "$email": found["$contact.email"]}


def company_values(settings: Data) -> Values:
    """Variables of the company."""
    found = {f"$company.{key}": str(settings.get(key) or "") for key in (*FIRM, *ADDRESS)}
    found |= {f"$company{n}": str(settings.get(f"custom_value{n}") or "") for n in (1, 2, 3, 4)}
    town = " ".join(filter(None, (str(settings.get(key) or "") for key in ("city", "state", "postal_code"))))
    logo = str(settings.get("company_logo") or "")
    return {
        **found,
        "$company": found["$company.name"],
        "$company_name": found["$company.name"],
        "$company.city_state_postal": town,
        "$company.postal_city_state": " ".join(filter(None, (str(settings.get(key) or "") for key in POSTAL_FIRST))),
        "$company.address": "\n".join(address(settings)),
        "$company.logo": logo,
        "$company_logo": logo,
        "$signature": str(settings.get("email_signature") or ""),
    }


def bill_values(sheet: Sheet, link: str = "") -> Values:
    """Every variable of one document; `link` is its address in the portal."""
    bill, printer = sheet.bill, sheet.printer
    summed = {label: amount for label, amount, _ in amounts(sheet)}
    kind = "invoice" if sheet.kind == "recurring_invoice" else sheet.kind
    own = {
        "number": str(bill.get("number") or ""),
        "date": printer.date(bill.get("date")),
        "due_date": printer.date(bill.get("due_date")),
        "valid_until": printer.date(bill.get("due_date")),
        "po_number": str(bill.get("po_number") or ""),
        "amount": printer.money(bill["amount"]),
        "total": printer.money(bill["amount"]),
        "balance": printer.money(bill["balance"]),
        "balance_due": printer.money(bill["balance"]),
        "amount_due": printer.money(bill.get("partial") or bill["balance"]),
        "partial": printer.money(bill.get("partial") or 0),
        "partial_due": printer.money(bill.get("partial") or 0),
        "partial_due_date": printer.date(bill.get("partial_due_date")),
        "paid_to_date": printer.money(bill.get("paid_to_date") or 0),
        "subtotal": printer.money(summed.get(sheet.word("subtotal"), 0)),
        "discount": printer.money(bill["discount"]) if bill["is_amount_discount"] else f"{bill['discount']}%",
        "taxes": printer.money(bill["total_taxes"]),
        "total_taxes": printer.money(bill["total_taxes"]),
        "public_notes": str(bill.get("public_notes") or ""),
        "terms": str(bill.get("terms") or ""),
        "footer": str(bill.get("footer") or ""),
        **{f"custom{n}": str(bill.get(f"custom_value{n}") or "") for n in (1, 2, 3, 4)},
    }
    found = {f"${key}": value for key, value in own.items()}
    for name in dict.fromkeys((kind, sheet.kind, "entity")):
        found |= {f"${name}.{key}": value for key, value in own.items()}
    button = f'<a href="{html.escape(link)}">{sheet.word(f"view_{kind}")}</a>' if link else ""
    party = "vendor" if sheet.kind == "purchase_order" else "client"
    return {
        **label_values(sheet.printer),
        **company_values(sheet.settings),
        **party_values(party, sheet.party, sheet.contact, printer),
        **found,
        f"${kind}": own["number"],
        f"${kind}_number": own["number"],
        "$entity": sheet.word(sheet.title),
        "$entity_number": own["number"],
        "$entity_label": sheet.word(sheet.title),
        "$entity_footer": own["footer"],
        "$view_link": link,
        "$view_url": link,
        "$view_button": button,
        "$portal_button": button,
        "$payment_button": button,
    }


def label_values(printer: Printer) -> Values:
    """`$due_date_label` and so on: the words of the company."""
    return {f"${key}_label": printer.word(key) for key in WORDS}
