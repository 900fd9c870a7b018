"""Projects as a PDF: a page each, with hours, invoices, expenses and what is left of them (R-EP-49, 5.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.reports.collecting import begin
from mockserver.behaviours.reports.sales import total
from mockserver.behaviours.reports.tables import File, Row, Table, count, text
from mockserver.derive.money import MONEY, to_decimal
from mockserver.derive.printed import printed_number
from mockserver.derive.report_pdf import Grid, Page, report_pdf
from mockserver.derive.report_values import spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import Asked
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

PDF = "application/pdf"


@operation("report_projects")
def projects(draft: Draft, request: Request) -> Answer:
    """Live projects, without those of the archive. A period has no effect: a project is shown as a whole."""
    return begin(draft, request, projects_table)


def projects_table(asked: Asked) -> Table:
    found = asked.records("project", archived=False)
    pages = [page(asked, each) for each in found]
    title = asked.facts["title"]
    file = File(report_pdf(pages, title=title, now=asked.draft.now), PDF, "pdf")
    return Table(asked.columns, [row(asked, each) for each in found], made=file)


def children(asked: Asked, name: str, project: Data) -> list[Data]:
    """What belongs to a project and is not deleted."""
    return [each for each in asked.draft.find(name, project["id"], "project_id") if not each["is_deleted"]]


def sums(asked: Asked, project: Data) -> dict[str, Decimal]:
    """The worth of the planned and of the worked hours, what was invoiced, what was spent, and the difference."""
    rate = to_decimal(project["task_rate"])
    invoiced, spent = (total(children(asked, name, project), "amount") for name in ("invoice", "expense"))
    return {
        "project_value": MONEY.multiply(to_decimal(project["budgeted_hours"]), rate),
        "invoice_task_hours": MONEY.multiply(to_decimal(project["current_hours"]), rate),
        "invoiced": invoiced,
        "expenses": spent,
        "profit": invoiced - spent,
    }


def row(asked: Asked, project: Data) -> Row:
    """A project in the preview."""
    client = asked.client_of(project)
    cells: dict[str, tuple[Any, str]] = {
        "name": text(project["name"]),
        "due_date": asked.dated(project["due_date"]),
        "current_hours": count(project["current_hours"]),
        "budgeted_hours": count(project["budgeted_hours"]),
        "task_rate": asked.amount(to_decimal(project["task_rate"]), client),
        **{name: asked.amount(value, client) for name, value in sums(asked, project).items()},
    }
    return Row("project", project["id"], cells)


def page(asked: Asked, project: Data) -> Page:
    """A project in the file: tables that would be empty are left out."""
    client = asked.client_of(project)
    hours = f"{printed_number(project['current_hours'])} / {printed_number(project['budgeted_hours'])}"
    rate = f"(Hours / Budgeted Hours @ {asked.money(project['task_rate'], client)})"
    due = f"Due: {asked.day(project['due_date'])}".strip()
    lines = [due, f"{hours}: {rate} - Report generated on {asked.draft.today}"]
    summary = [[asked.columns[name], asked.money(value, client)] for name, value in sums(asked, project).items()]
    grids = [
        Grid("Tasks", ["Date", "Description", "Duration"], time_rows(asked, project), (2, 6, 2)),
        bill_grid(asked, "Invoices", children(asked, "invoice", project), client),
        bill_grid(asked, "Expenses", children(asked, "expense", project), client),
        Grid("Summary", ["Summary", "Amount"], summary, (5, 5)),
    ]
    return Page(str(project["name"]), lines, [each for each in grids if each.rows])


def time_rows(asked: Asked, project: Data) -> list[list[str]]:
    """A row for each span of each task."""
    draft, rows = asked.draft, []
    for task in children(asked, "task", project):
        user = draft.record("user", task["assigned_user_id"] or task["user_id"])
        who = f"{user.data['first_name']} {user.data['last_name']}".strip() if user is not None else ""
        for span in spans(task["time_log"], draft.now, draft.zone):
            about = "\n".join(filter(None, (span["item_notes"] or task["description"], who)))
            rows.append([asked.day(span["start_date"]), about, span["time_log_duration_words"]])
    return rows


def bill_grid(asked: Asked, title: str, found: Sequence[Data], client: Data) -> Grid:
    """Invoices with their balance, or expenses, and a row with their sums."""
    fields = [name for name in ("amount", "balance") if found and name in found[0]]
    rows = [
        [asked.day(each["date"]), str(each["number"]), *(asked.money(each[name], client) for name in fields)]
        for each in found
    ]
    if rows:
        rows.append(["", "", *(asked.money(total(found, name), client) for name in fields)])
    headings = ["Date", "Number", *(name.capitalize() for name in fields)]
    return Grid(title, headings, rows, (2, 3, *(3 for _ in fields)))
