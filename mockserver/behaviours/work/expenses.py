"""Expenses and their templates: defaults, links to project and bank, bulk writes (R-VAL-19, R-VAL-20, R-BULK-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import action, hook, rule
from mockserver.behaviours.core.writing import stored_value
from mockserver.derive.dates import parse_date
from mockserver.derive.money import number, parse_number
from mockserver.derive.text import is_true

if TYPE_CHECKING:
    from mockserver.behaviours.core.rules import Context
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

ACTIVE, PAUSED, COMPLETED = "2", "3", "4"
UNMATCHED = "1"
MOMENTS = ("next_send_date", "last_sent_date")


@rule("related_user")
def related_user(context: Context, _: Any) -> str | None:
    """A user of the account of the company."""
    found = context.draft.record("user", context.value) if isinstance(context.value, str) else None
    good = found is not None and found.data["account_id"] == context.draft.company["account_id"]
    return None if good else "User not associated with this account"


@hook("expense_input")
def expense_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """The company's currency stands in for none, and a project brings its client; an unknown project is dropped."""
    body = request.body
    usual_currency(draft, before, body)
    if not before:
        body.pop("invoice_id", None)
    sent = body.get("project_id")
    project = draft.get("project", sent) if isinstance(sent, str) else None
    if project is not None:
        body["client_id"] = project["client_id"]
    elif sent is not None:
        body.pop("project_id")


def usual_currency(draft: Draft, before: Data, body: Data) -> None:
    """Fill an empty currency of the body; a change that does not speak of it leaves it alone."""
    if not body.get("currency_id") and (not before or "currency_id" in body):
        body["currency_id"] = str(draft.company["settings"].get("currency_id") or "1")


@hook("expense_blank")
def expense_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form has today's date and none of the values that storing adds (R-EP-2)."""
    data |= {"date": draft.today, "exchange_rate": 0, "invoice_documents": False}


@hook("expense_prepare")
def expense_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Today is the date of an expense that brings none."""
    data["date"] = data["date"] or draft.today


@hook("expense_unlink")
def expense_unlink(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Let go of the bank transaction, which is unmatched again when nothing is left on it (R-LIFE-22)."""
    if not data["transaction_id"]:
        return
    draft.patch(entity.name, data["id"], {"transaction_id": ""})
    movement = draft.get("bank_transaction", data["transaction_id"])
    if movement is not None:
        left = [each for each in str(movement["expense_id"] or "").split(",") if each not in ("", data["id"])]
        status = {} if left else {"status_id": UNMATCHED}
        draft.patch("bank_transaction", movement["id"], {"expense_id": ",".join(left), **status})


@action("expense_categorize")
def categorize(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: set the category."""
    sent = request.input("category_id")
    draft.patch(entity.name, data["id"], {"category_id": stored_value(entity.fields["category_id"], sent)})


@action("expense_bulk_update")
def bulk_update(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Bulk: write one column; a tax is its name and its rate with two bars between them (5.12)."""
    column = str(request.input("column"))
    sent = request.input("new_value")
    sent = request.input("newValue") if sent is None else sent
    text = "" if sent is None else str(sent)
    if column.startswith("tax"):
        name, _, rate = text.partition("||")
        position = column.removeprefix("tax")
        changes = {f"tax_name{position}": name, f"tax_rate{position}": number(parse_number(rate))}
    elif entity.fields[column].kind == "bool":
        changes = {column: is_true(sent)}
    else:
        changes = {column: stored_value(entity.fields[column], text)}
    draft.patch(entity.name, data["id"], changes)


@hook("recurring_expense_input")
def recurring_input(draft: Draft, entity: Entity, before: Data, request: Request) -> None:
    """The company's currency stands in for none; dates of runs are kept as midnight of the day."""
    body = request.body
    usual_currency(draft, before, body)
    for name in MOMENTS:
        if isinstance(body.get(name), str):
            date = parse_date(body[name])
            body[name] = f"{date} 00:00:00" if date else ""


@hook("recurring_expense_blank")
def recurring_blank(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """The blank form starts today (R-EP-2)."""
    data |= {"date": draft.today, "next_send_date": f"{draft.today} 00:00:00", "exchange_rate": 0}


@hook("recurring_expense_prepare")
def recurring_prepare(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A new template starts today unless it says otherwise."""
    data["date"] = data["date"] or draft.today
    data["next_send_date"] = data["next_send_date"] or f"{draft.today} 00:00:00"


@action("recurring_expense_start")
def start(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Make it active, unless it is deleted or has no cycles left (R-STAT-29)."""
    if not data["is_deleted"] and data["remaining_cycles"] != 0:
        draft.patch(entity.name, data["id"], {"status_id": ACTIVE})


@action("recurring_expense_stop")
def stop(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Pause it, unless its cycles are used up."""
    if data["status_id"] != COMPLETED:
        draft.patch(entity.name, data["id"], {"status_id": PAUSED})
