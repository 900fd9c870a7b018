"""Words, amounts and dates of printed documents, as the settings of company and client want them (R-CALC-18)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockserver.derive.printed import printed_date, printed_money, printed_number

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = {
    "aging": "Ageing",
    "amount": "Amount",
    "amount_due": "Amount due",
    "balance": "Balance",
    "balance_due": "Balance due",
    "bill_to": "Bill to",
    "closing_balance": "Closing balance",
    "credit": "Credit",
    "credit_date": "Credit date",
    "credit_number": "Credit number",
    "credit_remaining": "Credit remaining",
    "date": "Date",
    "deliver_to": "Deliver to",
    "delivery_note": "Delivery note",
    "description": "Description",
    "discount": "Discount",
    "due_date": "Due date",
    "gross_line_total": "Gross total",
    "hours": "Hours",
    "invoice": "Invoice",
    "invoice_date": "Invoice date",
    "invoice_number": "Invoice number",
    "invoiced": "Invoiced",
    "item": "Item",
    "line_total": "Total",
    "method": "Method",
    "notes": "Notes",
    "number": "Number",
    "opening_balance": "Opening balance",
    "outstanding": "Outstanding",
    "page": "Page :page of :total",
    "paid": "Paid",
    "paid_to_date": "Paid to date",
    "partial_due": "Deposit due",
    "partial_due_date": "Deposit due on",
    "payment": "Payment",
    "payment_date": "Payment date",
    "payment_number": "Payment number",
    "payment_receipt": "Payment receipt",
    "payment_refund": "Refund receipt",
    "po_number": "Order number",
    "project": "Project",
    "purchase_order": "Purchase order",
    "purchase_order_date": "Purchase order date",
    "purchase_order_number": "Purchase order number",
    "quantity": "Quantity",
    "quote": "Quote",
    "quote_date": "Quote date",
    "quote_number": "Quote number",
    "rate": "Rate",
    "recurring_invoice": "Recurring invoice",
    "refunded": "Refunded",
    "service": "Service",
    "ship_to": "Ship to",
    "statement": "Statement",
    "statement_date": "Statement date",
    "subtotal": "Subtotal",
    "surcharge": "Surcharge",
    "task": "Task",
    "tax": "Tax",
    "taxes": "Taxes",
    "taxes_included": "Taxes included",
    "terms": "Terms",
    "total": "Total",
    "transaction_reference": "Reference",
    "type": "Type",
    "unit_cost": "Unit cost",
    "valid_until": "Valid until",
    "vat_number": "VAT number",
    "id_number": "ID number",
    "vendor": "Vendor",
}
"""The words that a document prints, by the keys that a company may replace in its setting `translations`."""

DEFAULT_DATES = "d/M/Y"


@dataclass(frozen=True, slots=True)
class Printer:
    """Writes values for one reader: `currency` is a row of the static list, `dates` a pattern in letters of PHP."""

    currency: Mapping[str, Any]
    dates: str = DEFAULT_DATES
    translations: Mapping[str, Any] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """The company's word for a key, else ours; a key without one is its own word."""
        own = self.translations.get(key)
        return str(own) if own else WORDS.get(key) or key.replace("_", " ").capitalize()

    def money(self, value: object) -> str:
        return printed_money(value, self.currency)

    def date(self, day: object) -> str:
        """`YYYY-MM-DD`, or the date of a longer text, in the company's pattern; "" stays empty."""
        return printed_date(str(day or "")[:10], self.dates)

    def number(self, value: object) -> str:
        """A quantity or rate with the separators of the currency, without zeros at its end."""
        whole, _, rest = printed_number(value).partition(".")
        grouped = f"{int(whole):,}".replace(",", str(self.currency.get("thousand_separator", ",")))
        sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
        return f"{sign}{grouped}{self.currency.get('decimal_separator', '.')}{rest}" if rest else grouped


def currency_for(currency: Mapping[str, Any], country: Mapping[str, Any], *, code: bool = False) -> Mapping[str, Any]:
    """A currency as written in a country: what the country sets wins; `code` prints the code instead of the sign."""
    keys = ("thousand_separator", "decimal_separator", "swap_currency_symbol")
    own = {key: country[key] for key in keys if country.get(key)}
    return {**currency, **own, **({"symbol": ""} if code else {})}
