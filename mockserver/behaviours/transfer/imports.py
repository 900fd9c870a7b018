"""Files of rows: uploaded and looked at in one call, imported by another; or both in one (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.answer import Plain
from mockserver.behaviours.core.forms import check_form
from mockserver.behaviours.core.jobs import keep, waiting
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.validation import invalid
from mockserver.behaviours.records.crud import message
from mockserver.behaviours.transfer.import_files import Files, kinds
from mockserver.behaviours.transfer.importing import Importer
from mockserver.derive.csv_files import rows_of
from mockserver.derive.import_hints import hints
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockserver.answer import Answer
    from mockserver.behaviours.transfer.importing import Kind
    from mockserver.draft import Draft
    from mockserver.request import Request

BANK = "bank_transaction"
WAIT = 20 * 60
"""Seconds that uploaded files wait for their import."""
SHOWN = 2
"""Rows of a file that the answer to an upload shows: the headings and the first one below."""
STARTED = "Your import has started, we'll send you an email once it completes."


@operation("preimport")
def preimport(draft: Draft, request: Request) -> Answer:
    """Keep the files for a while; answer their name, the columns found and what they can go to."""
    files = Files(draft, request, zips=False)
    check_form(draft, request)
    size = sum(len(text) for text in files.texts.values())
    job = keep(draft, "upload", {"files": files.texts}, size=size, seconds=WAIT)
    mappings = {}
    for name, rows in files.rows.items():
        offered = list(files.kinds[name].columns)
        mappings[name] = {"available": offered, "headers": rows[:SHOWN], "hints": hints(rows[0], offered)}
    return Plain({"hash": job["hash"], "mappings": mappings})


@operation("import_records")
def import_records(draft: Draft, request: Request) -> Answer:
    """Import files of an earlier upload by the columns of the call, or files that come along by their headings.

    What came of it is kept as a job of the company, as the e-mail of the service tells it. A name of files that are
    gone imports nothing.
    """
    hashed = str(request.body.get("hash") or "")
    files = None if hashed else Files(draft, request, zips=True)
    check_bank(request, comes_along=files is not None and BANK in files.rows)
    check_form(draft, request)
    known = files.kinds if files is not None else kinds(draft, request)
    if files is not None:
        tables = files.rows
    else:
        job = waiting(draft, draft.company, "upload", hashed)
        tables = {name: rows_of(text) for name, text in job["files"].items()} if job is not None else {}
    maps, header = maps_of(request, known, tables), request.body.get("skip_header")
    bank = str(request.body.get("bank_integration_id") or "")
    importer = Importer(draft, request, bank=bank, payments="payment" in maps)
    for name, kind in known.items():
        if name in maps and name in tables:
            skip = header if isinstance(header, bool) else True
            importer.take(kind, list(mapped(tables[name][1:] if skip else tables[name], maps[name])))
    keep(draft, "import", {"counts": importer.counts, "errors": importer.errors, "refused": importer.refused})
    return message(STARTED)


def check_bank(request: Request, *, comes_along: bool) -> None:
    """Movements of a bank account need the account; for other files it counts as not sent."""
    sent = request.body.get("column_map")
    bank = str(request.body.get("bank_integration_id") or "")
    if not comes_along and not (isinstance(sent, dict) and sent.get(BANK)):
        request.body.pop("bank_integration_id", None)
    elif len(bank) < 2:
        text = "The bank integration id must be at least 2 characters."
        if not bank:
            text = "The bank integration id field is required when column map.bank transaction is present."
        diagnosis = Diagnosis("/bank_integration_id", "required_with", bank, "the id of a bank account")
        request.errors["bank_integration_id"] = [text]
        request.diagnoses = (*request.diagnoses, diagnosis)


def maps_of(
    request: Request, known: Mapping[str, Kind], tables: Mapping[str, list[list[str]]]
) -> dict[str, dict[int, str]]:
    """Place of a column -> its field, for each kind: as sent, or for files that come along by what the headings say.

    Raises Refused for a map of another form.
    """
    sent = request.body.get("column_map")
    if not isinstance(sent, dict):
        guessed = {name: hints(rows[0], list(known[name].columns)) for name, rows in tables.items()}
        return {
            name: {column: list(known[name].columns)[place] for column, place in enumerate(found) if place is not None}
            for name, found in guessed.items()
        }
    maps = {}
    for name, facts in sent.items():
        mapping = facts.get("mapping") if isinstance(facts, dict) else None
        if name in known and isinstance(mapping, dict):
            maps[name] = dict(columns(name, mapping))
    return maps


def columns(name: str, mapping: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The columns of a map that go to a field, in their order. Raises Refused for a place that is no number."""
    field = f"column_map.{name}.mapping"
    for column in mapping:
        if not (column.isascii() and column.isdigit() and len(column) <= 4):
            diagnosis = Diagnosis("/" + field.replace(".", "/"), "integer", column, "places of columns, from 0")
            raise invalid({field: [f"The {field.replace('_', ' ')} is invalid."]}, (diagnosis,))
    for column in sorted(mapping, key=int):
        target = mapping[column]
        if isinstance(target, str) and target:
            yield int(column), target


def mapped(rows: list[list[str]], fields: Mapping[int, str]) -> Iterator[dict[str, str] | str]:
    """Each row as field -> cell; a text that says why for a row that lacks one of the columns."""
    last = max(fields, default=-1)
    for row in rows:
        if len(row) <= last:
            yield f"The row has {len(row)} columns, the map names column {last}."
        else:
            yield {field: row[column] for column, field in fields.items()}
