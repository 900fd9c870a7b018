"""The export of a company as one zip file, and the address that it is fetched from once (R-EP-51)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.answer import File, Plain
from mockserver.behaviours.core.jobs import HOUR, change, keep
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.mail.mailing import mail_user
from mockserver.derive.archive import packed
from mockserver.derive.text import uuid_like
from mockserver.errors import Diagnosis, Refused
from mockserver.headers import API_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

BACKUP = "backup.json"
"""The member that holds the records; the bytes of files lie beside it."""
DOCUMENTS = "documents/"
LOGO = "logo"
OUTSIDE = frozenset({"accounts", "companies", "users"})
"""Tables that are not told by the rows of the company: the people are those that are linked to it."""
NAMES = {"tokens": "company_tokens"}
"""Tables that have another name in an export."""
UNTOLD = frozenset({"jobs", "reports", "password", "logo", "content"})
"""Members that stay behind: secrets, what waits to be fetched, and bytes, which are files of their own."""


def member_name(entity: Entity) -> str:
    """Name of a table in the file."""
    return NAMES.get(entity.resource, entity.resource)


def tables(draft: Draft) -> Iterator[tuple[Entity, Iterable[Data]]]:
    """All tables with the rows of the company, in a fixed order."""
    for resource, entity in sorted(draft.document.resources.items()):
        if resource not in OUTSIDE:
            yield entity, (record.data for record in draft.state.table(resource).records(draft.company_row))
    links = draft.table("company_user").records(draft.company_row)
    people = (draft.record("user", link.data["user_id"]) for link in links)
    yield draft.entity("user"), (record.data for record in people if record is not None)


def told(data: Data) -> dict[str, Any]:
    """A row as it stands in the file."""
    return {name: value for name, value in data.items() if name not in UNTOLD and not isinstance(value, bytes)}


def backup(draft: Draft) -> Iterator[bytes]:
    """The JSON of everything, row by row: no copy of all of it is ever made."""
    yield b'{"app_version":' + orjson.dumps(API_VERSION) + b',"company":' + orjson.dumps(told(draft.company))
    for entity, rows in tables(draft):
        yield b"," + orjson.dumps(member_name(entity)) + b":["
        for place, row in enumerate(rows):
            yield (b"," if place else b"") + orjson.dumps(told(row))
        yield b"]"
    yield b"}"


def members(draft: Draft) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The members of the zip file."""
    yield BACKUP, backup(draft)
    for record in draft.table("document").records(draft.company_row):
        if isinstance(record.data["content"], bytes):
            yield DOCUMENTS + record.data["hash"], (record.data["content"],)
    if isinstance(draft.company["logo"], bytes):
        yield f"{LOGO}.{draft.company['logo_type']}", (draft.company["logo"],)


@operation("company_export")
def export(draft: Draft, request: Request) -> Answer:
    """Pack all that the company holds at this moment; answer where the file is."""
    content = packed(members(draft), draft.now)
    name = str(draft.company["settings"].get("name") or "company").replace(" ", "_").replace("/", "")
    job = {"name": f"{draft.today}_{name}_{draft.company['company_key']}.zip", "content": b64encode(content).decode()}
    kept = keep(draft, "export", job, size=len(job["content"]), seconds=HOUR)
    address = f"{draft.world.address(request.prefix)}/api/v1/protected_download/{uuid_like(kept['hash'])}"
    text = f'<p>The export of your company is ready for an hour:</p><p><a href="{address}">{job["name"]}</a></p>'
    mail_user(draft, "company_export", kept["to"], "Your company export is ready", text)
    return Plain({"message": "Processing", "url": address})


@operation("protected_download")
def protected_download(draft: Draft, request: Request) -> Answer:
    """The file of an export, once and within an hour; anything else is gone."""
    hashed = request.parameters["hash"]
    for record in draft.table("company"):
        for job in record.data["jobs"]:
            if job["kind"] == "export" and uuid_like(job["hash"]) == hashed and draft.now <= job["until"]:
                change(draft, record.data, job, {"content": "", "size": 0, "until": 0})
                return File(b64decode(job["content"]), "application/zip", job["name"])
    diagnosis = Diagnosis("path hash", "R-EP-51", hashed, "a file that a job has made within the hour, not fetched yet")
    raise Refused("route", "File no longer available", diagnoses=(diagnosis,))
