"""Statements of account, as a PDF or by e-mail (R-EP-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File
from mockserver.behaviours.bills.billing import currency
from mockserver.behaviours.core.access import caller_of, require
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.mail.mailing import mail_client
from mockserver.behaviours.papers.invoice_files import PDF, pdf_of
from mockserver.behaviours.papers.paper_settings import logo_of, look_of, printer_for, settings_for, with_countries
from mockserver.behaviours.papers.printing import Printed, in_layout, own_layout
from mockserver.behaviours.records.crud import message
from mockserver.derive.money import to_decimal
from mockserver.derive.statement_paper import Statement, statement_paper, statement_values
from mockserver.derive.status import PAID, PARTIAL, SENT
from mockserver.derive.text import is_true
from mockserver.store.mail import Attached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

BILLED = (SENT, PARTIAL, PAID)
SHOWN: Mapping[str, tuple[str, ...]] = {"paid": (PAID,), "unpaid": (SENT, PARTIAL)}
"""States of invoices that a word of the request wants; any other word wants all."""
VOID_PAYMENTS = frozenset(("2", "3"))
"""Cancelled and failed ones."""
OPEN_CREDITS = frozenset(("2", "3", "4"))


@operation("client_statement")
def statement(draft: Draft, request: Request) -> Answer:
    """The statement of a client the caller may view; with `send_email` it goes out instead and the answer says so."""
    entity = draft.entity("client")
    record = draft.record("client", str(request.body.get("client_id") or ""))
    if record is not None and record.company == caller_of(draft).company:
        require(draft, entity, record, "view")
    check_form(draft, request)
    assert record is not None
    design = template_of(draft, request)
    body = request.body
    days = (str(body["start_date"]), str(body["end_date"]))
    if request.flag("send_email"):
        mail_statement(draft, record.data, days, body, design=design)
        return message("Email queued")
    return File(pdf_of(draft, asked_statement(draft, record.data, days, body, design)), PDF, NAME)


def asked_statement(draft: Draft, client: Data, days: tuple[str, str], asked: Data, design: Data | None) -> Printed:
    """The statement with the tables and the state of invoices that are asked for."""
    tables = {name: is_true(asked.get(name)) for name in TABLES}
    return printed_statement(draft, client, days, tables, status=str(asked.get("status") or "all"), design=design)


def mail_statement(
    draft: Draft, client: Data, days: tuple[str, str], asked: Data, *, design: Data | None = None
) -> None:
    """Put the statement into the outbox, for each contact that takes e-mail."""
    printer = printer_for(draft, settings_for(draft, client), client, currency(draft, client))
    dates = {"$start_date": printer.date(days[0]), "$end_date": printer.date(days[1])}
    file = Attached(NAME, PDF, pdf_of(draft, asked_statement(draft, client, days, asked, design)))
    mail_client(draft, client, "email_template_statement", dates, (file,))
    draft.emit("statement_sent", "client", client["id"])


NAME = "statement.pdf"
TABLES = ("show_payments_table", "show_credits_table", "show_aging_table")


def template_of(draft: Draft, request: Request) -> Data | None:
    """The design that the request names; None when it names none. Raises Refused for one that is not there."""
    wanted = str(request.body.get("template") or "")
    design = draft.get("design", wanted) if wanted else None
    if wanted and design is None:
        raise invalid({"template": ["The selected template is invalid."]})
    return design


def printed_statement(
    draft: Draft,
    client: Data,
    period: tuple[str, str],
    tables: Mapping[str, bool],
    *,
    status: str = "all",
    design: Data | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Printed:
    """The statement of a client over the days of a period."""
    start, end = period
    merged = settings_for(draft, client, settings)
    own = str(merged.get("statement_design_id") or "")
    design = design or (draft.get("design", own) if own else None)
    contact = next(iter(draft.find("client_contact", client["id"], "client_id")), None)
    printer = printer_for(draft, merged, client, currency(draft, client))
    invoices = [each for each in live(draft, "invoice", client) if each["status_id"] in BILLED and each["date"] <= end]
    payments = [each for each in live(draft, "payment", client) if each["status_id"] not in VOID_PAYMENTS]
    inside = [each for each in invoices if each["date"] >= start]
    wanted = SHOWN.get(status, BILLED)
    made = Statement(
        with_countries(draft, client),
        contact,
        merged,
        printer,
        start,
        end,
        draft.today,
        bills=[(each["date"], to_decimal(each["amount"])) for each in invoices],
        shares=[share for each in payments if each["date"] <= end for share in shares(draft, each, invoices)],
        invoices=[each for each in inside if each["status_id"] in wanted],
        payments=[payment_row(draft, each) for each in payments if start <= each["date"] <= end]
        if tables["show_payments_table"]
        else None,
        credits=[
            each
            for each in live(draft, "credit", client)
            if each["status_id"] in OPEN_CREDITS and start <= each["date"] <= end
        ]
        if tables["show_credits_table"]
        else None,
        open=[each for each in inside if each["balance"] > 0] if tables["show_aging_table"] else None,
        logo=logo_of(draft),
        look=look_of(merged, design),
    )
    paper = statement_paper(made)
    layout = own_layout(design)
    if not layout:
        return Printed(paper)
    return in_layout(paper, layout, statement_values(made))


def live(draft: Draft, name: str, client: Data) -> list[Data]:
    """The client's records that are not deleted, oldest first."""
    found = [each for each in draft.find(name, client["id"], "client_id") if not each["is_deleted"]]
    return sorted(found, key=lambda each: (each["date"], each["created_at"]))


def shares(draft: Draft, payment: Data, invoices: list[Data]) -> Iterator[tuple[str, Decimal]]:
    """(day, amount) of what a payment took off these invoices."""
    known = {each["id"] for each in invoices}
    for share in draft.find("paymentable", payment["id"], "payment_id"):
        if share["invoice_id"] in known and not share["archived_at"]:
            yield payment["date"], to_decimal(share["amount"]) - to_decimal(share["refunded"])


def payment_row(draft: Draft, payment: Data) -> dict[str, Any]:
    """What the table of payments shows of one: the invoices it was for, and what of it was not paid back."""
    linked = [
        draft.get("invoice", each["invoice_id"]) for each in draft.find("paymentable", payment["id"], "payment_id")
    ]
    return {
        "number": payment["number"],
        "date": payment["date"],
        "method": str(draft.document.statics.row("payment_types", payment["type_id"]).get("name", "")),
        "invoices": ", ".join(str(each["number"]) for each in linked if each is not None),
        "amount": to_decimal(payment["amount"]) - to_decimal(payment["refunded"]),
    }
