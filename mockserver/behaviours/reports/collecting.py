"""Reports: begun by one call, collected by another as rows or as a file (R-EP-49)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Protocol

from mockserver.answer import File, Plain
from mockserver.behaviours.core.access import caller_of
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.registry import OPERATIONS, operation
from mockserver.behaviours.mail.mailing import mail_user
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.reports.records import truth
from mockserver.behaviours.reports.rows import Report
from mockserver.behaviours.reports.tables import Asked
from mockserver.derive.text import uuid_like
from mockserver.errors import Diagnosis, Refused
from mockserver.request import Request
from mockserver.store.mail import Attached

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.answer import Answer
    from mockserver.behaviours.reports.tables import File as Finished
    from mockserver.draft import Draft
    from mockserver.store.table import Data

    class Content(Protocol):
        """A report: rows to look at, and the file."""

        def preview(self) -> dict[str, Any]: ...

        def file(self) -> Finished: ...


MOST = 100
"""Reports of a company that wait to be collected; the oldest goes when one more is begun."""
ROWS = "rows"
"""Form of a report that was begun with output=json; that of a file is its media type."""


@operation("report_start")
def start(draft: Draft, request: Request) -> Answer:
    """A report of the columns that are asked for, one row for each record."""
    return begin(draft, request, lambda asked: Report(asked.draft, asked.request))


def begin(draft: Draft, request: Request, make: Callable[[Asked], Content]) -> Answer:
    """`working...` for one that is sent by e-mail, else the text to collect it by. It shows the records of now."""
    check_form(draft, request)
    as_rows = request.input("output") == "json"
    if truth(request.input("send_email"), default=True) and not as_rows:
        mail_report(draft, request, make)
        return message("working...")
    asked = Asked(draft, request)
    report, name = make(asked), asked.facts["report"]
    return message(keep(draft, name, (ROWS, report.preview())) if as_rows else keep_file(draft, name, report.file()))


def mail_report(draft: Draft, request: Request, make: Callable[[Asked], Content]) -> None:
    """Send the caller a report as a file."""
    asked = Asked(draft, request)
    file, name = make(asked).file(), str(asked.facts["report"])
    content = file.content.encode() if isinstance(file.content, str) else file.content
    text = f"<p>The report {name} is attached.</p>"
    attached = Attached(f"{name}.{file.ending}", file.type, content)
    mail_user(draft, "report", caller_of(draft).user.data["email"], f"Report {name}", text, (attached,))


OTHER_NAMES = {"activity": "activities", "ar_detailed": "ar_detail_report"}
"""Names that a schedule has for a report, where they are more than a plural away."""


def send_report(draft: Draft, name: str, asked: Data) -> None:
    """Send the report that a schedule names to the caller. Raises Refused when it can't be made."""
    names = {name, f"{name}s", f"{name}_report", OTHER_NAMES.get(name, name)}
    for each in draft.document.operations.values():
        facts = each.facts.get("with", {})
        if isinstance(facts, dict) and facts.get("report") in names:
            body = {**asked, "send_email": True}
            OPERATIONS[each.behaviour](draft, Request(each, "POST", each.path, {}, {}, {}, body, caller=draft.caller))
            return
    diagnosis = Diagnosis("/parameters/report_name", "R-EP-39", name, "the name of a report")
    raise Refused("bad_request", f"There is no report {name}.", diagnoses=(diagnosis,))


def keep_file(draft: Draft, name: str, file: Finished) -> str:
    """Store a file; its bytes as text, because reports are part of a record."""
    content = file.content if isinstance(file.content, str) else b64encode(file.content).decode()
    binary = not isinstance(file.content, str)
    return keep(draft, f"{name}.{file.ending}", (file.type, {"content": content, "binary": binary}))


def keep(draft: Draft, name: str, made: tuple[str, dict[str, Any]]) -> str:
    """Store a finished report, as its form and its content, with the company; gives the text to collect it by."""
    kept = draft.company["reports"]
    number = kept[-1]["number"] + 1 if kept else 1
    hashed = draft.world.text(32, "reports", draft.company_row, number)
    form, content = made
    entry = {"number": number, "hash": uuid_like(hashed), "name": name, "form": form, "content": content}
    draft.patch("company", draft.company["id"], {"reports": [*kept, entry][-MOST:]}, touch=False)
    return str(entry["hash"])


def waiting(draft: Draft, request: Request, *, rows: bool) -> Data | None:
    """The report behind the text, when it was begun for this way of collecting it."""
    hashed = request.parameters["hash"]
    found: list[Data] = draft.company["reports"]
    return next((each for each in found if each["hash"] == hashed and (each["form"] == ROWS) is rows), None)


def still_working() -> Plain:
    return Plain({"message": "Still working....."}, status=409)


@operation("report_preview")
def preview(draft: Draft, request: Request) -> Answer:
    """The rows of a report that was begun with output=json; 409 for any other text."""
    report = waiting(draft, request, rows=True)
    return still_working() if report is None else Plain(report["content"])


@operation("report_download")
def download(draft: Draft, request: Request) -> Answer:
    """The file of a report, as often as it is asked for; 409 for a text that names none."""
    report = waiting(draft, request, rows=False)
    if report is None:
        return still_working()
    content = report["content"]["content"]
    file = b64decode(content) if report["content"]["binary"] else content.encode()
    return File(file, report["form"], report["name"])
