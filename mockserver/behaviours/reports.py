"""Reports: begun by one call, collected by another as rows or as a CSV file (R-EP-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import File, Plain
from mockserver.behaviours.crud import message
from mockserver.behaviours.forms import check_form
from mockserver.behaviours.registry import operation
from mockserver.behaviours.report_rows import Report, truth
from mockserver.derive.report_values import csv_text, heading
from mockserver.derive.text import uuid_like
from mockserver.errors import Diagnosis, Refused

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MOST = 100
"""Reports of a company that wait to be collected; the oldest goes when one more is begun."""
CSV = "text/csv"


@operation("report_start")
def start(draft: Draft, request: Request) -> Answer:
    """`working...` for one that is sent by e-mail, else the text to collect it by. It shows the records of now.

    Raises Refused when the content is asked of a report whose content the document does not tell.
    """
    check_form(draft, request)
    as_rows = request.input("output") == "json"
    if truth(request.input("send_email"), default=True) and not as_rows:
        return message("working...")
    facts = request.operation.facts["with"]
    if "of" not in facts:
        name = facts["report"]
        diagnosis = Diagnosis("operation", "behaviour", f"report {name}", "a report whose columns are documented")
        text = f"The content of the report {name} is documented but not built yet: it can only be sent by e-mail."
        raise Refused("not_implemented", text, diagnoses=(diagnosis,))
    report = Report(draft, request)
    return message(keep(draft, facts["report"], rows_of(report) if as_rows else file_of(report)))


def rows_of(report: Report) -> dict[str, Any]:
    """The columns, and the rows under their numbers."""
    columns = [{"identifier": each, "display_value": heading(each)} for each in report.columns]
    return {"columns": columns, **{str(number): row for number, row in enumerate(report.rows())}}


def file_of(report: Report) -> str:
    """The file with a line of headings."""
    lines = ([str(cell["display_value"]) for cell in row] for row in report.rows())
    return csv_text([[heading(each) for each in report.columns], *lines])


def keep(draft: Draft, name: str, content: Any) -> str:
    """Store a finished report with the company; gives the text that it is collected by."""
    kept = draft.company["reports"]
    number = kept[-1]["number"] + 1 if kept else 1
    hashed = uuid_like(draft.world.text(32, "reports", draft.company_row, number))
    entry = {"number": number, "hash": hashed, "name": name, "content": content}
    draft.patch("company", draft.company["id"], {"reports": [*kept, entry][-MOST:]}, touch=False)
    return hashed


def waiting(draft: Draft, request: Request, form: type) -> Data | None:
    """The report behind the text, when it was begun for this way of collecting it."""
    hashed = request.parameters["hash"]
    found: list[Data] = draft.company["reports"]
    return next((each for each in found if each["hash"] == hashed and isinstance(each["content"], form)), None)


def still_working() -> Plain:
    return Plain({"message": "Still working....."}, status=409)


@operation("report_preview")
def preview(draft: Draft, request: Request) -> Answer:
    """The rows of a report that was begun with output=json; 409 for any other text."""
    report = waiting(draft, request, dict)
    return still_working() if report is None else Plain(report["content"])


@operation("report_download")
def download(draft: Draft, request: Request) -> Answer:
    """The file of a report, as often as it is asked for; 409 for a text that names none."""
    report = waiting(draft, request, str)
    return still_working() if report is None else File(report["content"].encode(), CSV, f"{report['name']}.csv")
