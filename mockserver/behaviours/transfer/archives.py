"""Archives of several records that go to the caller by e-mail (R-BULK-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.behaviours.core.access import caller_of, may_touch
from mockserver.behaviours.core.registry import action
from mockserver.behaviours.mail.mailing import DOCUMENTS, PAPERS, mail_user
from mockserver.behaviours.papers.invoice_files import first_of_bulk
from mockserver.behaviours.records.bulk import found
from mockserver.behaviours.records.crud import message
from mockserver.store.mail import Attached

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data


@action("bulk_download")
def bulk_download(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """An archive of the PDFs goes out; the answer only says so."""
    return mail_archive(draft, entity, request, PAPERS)


@action("document_bulk_download")
def document_bulk_download(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer | None:
    """An archive of the files goes out; the answer only says so."""
    return mail_archive(draft, entity, request, DOCUMENTS)


def mail_archive(draft: Draft, entity: Entity, request: Request, made_by: str) -> Answer | None:
    """Send the caller an archive of those of the listed records that may be seen, once for all of them."""
    listed = first_of_bulk(request)
    if listed is None:
        return None
    records = [each for each in found(draft, entity, listed) if may_touch(draft, entity, each, "view")]
    ids = ",".join(each.data["id"] for each in records)
    archive = Attached(f"{entity.resource}.zip", "application/zip", made_by=made_by, of=ids)
    text = "<p>The files that you asked for are attached.</p>"
    mail_user(draft, "download", caller_of(draft).user.data["email"], "Your files", text, (archive,), about=entity.name)
    return message("Successfully sent message")
