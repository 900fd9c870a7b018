"""The tables that come with a request: as files of one kind each, or several in a zip file (R-EP-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.behaviours.records.documents import extension
from mockserver.behaviours.transfer.importing import kinds_of
from mockserver.derive.archive import UnreadableArchive, is_zip, unpacked
from mockserver.derive.csv_files import UnreadableTable, decoded, is_text, rows_of
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from mockserver.behaviours.transfer.importing import Kind
    from mockserver.draft import Draft
    from mockserver.request import Request, Upload

MOST_FILES = 6
TYPES = "text/csv, text/plain, application/octet-stream"
ENDINGS = ("csv", "txt", "zip")


def kinds(draft: Draft, request: Request) -> dict[str, Kind]:
    """The kinds of files, as the facts tell them beside the operation or beside the one that it names."""
    facts = request.operation.facts["with"]["kinds"]
    return kinds_of(draft.document.operations[facts].facts["with"]["kinds"] if isinstance(facts, str) else facts)


class Files:
    """The tables of a request by kind, and what is wrong with the files, told with the rest of the form."""

    def __init__(self, draft: Draft, request: Request, *, zips: bool) -> None:
        self.kinds = kinds(draft, request)
        self.texts: dict[str, str] = {}
        self.rows: dict[str, list[list[str]]] = {}
        self._request = request
        self._zips = zips
        uploads = [each for each in request.files if each.field.partition("[")[0] == "files"]
        if not 1 <= len(uploads) <= MOST_FILES:
            text = (
                f"The files may not have more than {MOST_FILES} items." if uploads else "The files field is required."
            )
            self.wrong("files", text, "array", len(uploads), f"1 to {MOST_FILES} parts files[KIND]")
            return
        for upload in uploads:
            self.take(upload.field.partition("[")[2].rstrip("]"), upload)

    def wrong(self, field: str, text: str, rule: str, got: Any, wanted: str) -> None:
        """Collect a message."""
        request = self._request
        request.errors.setdefault(field, []).append(text)
        pointer = "/" + field.replace(".", "/")
        request.diagnoses = (*request.diagnoses, Diagnosis(pointer, rule, got, wanted))

    def take(self, name: str, upload: Upload) -> None:
        """Read one file: a table of its kind, or a zip file of tables."""
        field = f"files.{name or 0}"
        if self._zips and extension(upload) not in ENDINGS:
            text = f"The {field} must be a file of type: {', '.join(ENDINGS)}."
            self.wrong(field, text, "mimes", upload.name, "one of " + ", ".join(ENDINGS))
        elif self._zips and is_zip(upload.content):
            self.open(field, upload.content)
        elif not is_text(upload.content):
            text = f"The {field} must be a file of type: {TYPES}."
            self.wrong(field, text, "mimetypes", upload.name, "a table as text")
        elif name not in self.kinds:
            self.wrong(field, f"The selected {field} is invalid.", "in", name, "one of " + ", ".join(self.kinds))
        else:
            self.read(field, name, upload.content)

    def open(self, field: str, content: bytes) -> None:
        """The tables of a zip file, each named after its kind in the singular or plural."""
        named = {word: kind for kind in self.kinds for word in (kind, f"{kind}s")}
        try:
            members = unpacked(content, lambda name: name.lower().endswith((".csv", ".txt")))
        except UnreadableArchive as error:
            self.wrong(field, f"The {field} can't be opened: {error}.", "zip", None, "a zip file of tables")
            return
        for name, inside in members.items():
            kind = named.get(name.rpartition("/")[2].rpartition(".")[0].lower())
            if kind is not None and is_text(inside):
                self.read(field, kind, inside)

    def read(self, field: str, kind: str, content: bytes) -> None:
        """The rows of a table."""
        text = decoded(content)
        try:
            self.rows[kind] = rows_of(text)
            self.texts[kind] = text
        except UnreadableTable as error:
            self.wrong(field, f"The {field} can't be read as a table: {error}.", "csv", None, "rows of text")
