"""Files: uploads attached to records, downloads byte for byte, removal for good (R-EP-5, R-EP-6, R-LIFE-8)."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from mockserver.answer import Empty, File, Plain
from mockserver.behaviours.core.registry import action, hook, operation
from mockserver.behaviours.core.validation import invalid
from mockserver.derive.pictures import picture_size
from mockserver.errors import Diagnosis

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.document.model import Entity
    from mockserver.draft import Draft
    from mockserver.request import Request, Upload
    from mockserver.store.table import Data

TYPES = (
    "png", "ai", "jpeg", "jpg", "tiff", "pdf", "gif", "psd", "txt", "doc", "xls", "ppt", "xlsx", "docx", "pptx", "webp",
    "xml", "zip", "csv", "ods", "odt", "odp",
)  # fmt: skip
MAX_BYTES = 20 * 1024 * 1024
PARTS = ("documents", "file")


def uploads_of(request: Request) -> list[tuple[str, Upload]]:
    """(field of the part, upload) of the parts named documents, documents[] or file."""
    found = []
    for upload in request.files:
        name = upload.field.partition("[")[0]
        if name in PARTS:
            found.append((name, upload))
    return found


def extension(upload: Upload) -> str:
    """Lower-case ending of the file's name, without the dot."""
    return upload.name.rpartition(".")[2].lower() if "." in upload.name else ""


def check(uploads: list[tuple[str, Upload]]) -> None:
    """Raise Refused for files of other types or above the size limit; error keys are `documents.0`."""
    errors: dict[str, list[str]] = {}
    diagnoses = []
    for position, (name, upload) in enumerate(uploads):
        field = f"{name}.{position}"
        if extension(upload) not in TYPES:
            errors[field] = [f"The {field} must be a file of type: {', '.join(TYPES)}."]
            diagnoses.append(Diagnosis(f"/{name}/{position}", "mimes", upload.name, "one of " + ", ".join(TYPES)))
        elif len(upload.content) > MAX_BYTES:
            errors[field] = [f"The {field} may not be greater than {MAX_BYTES // 1024} kilobytes."]
            diagnoses.append(Diagnosis(f"/{name}/{position}", "max", len(upload.content), f"at most {MAX_BYTES} bytes"))
    if errors:
        raise invalid(errors, tuple(diagnoses))


def attach(draft: Draft, entity: Entity, hashed: str, request: Request) -> None:
    """Store the files of the request under the record; touches its updated_at."""
    uploads = uploads_of(request)
    if not uploads or not entity.documents:
        return
    check(uploads)
    public = request.input("is_public") not in (False, "false", "0", 0)
    for _, upload in uploads:
        width, height = picture_size(upload.content)
        data = draft.blank("document")
        ending = extension(upload)
        data |= {
            "user_id": draft.caller.user_id if draft.caller is not None else "",
            "name": upload.name.replace("/", "_").replace("\\", "_"),
            "type": ending,
            "hash": f"{draft.text('document', 'hash', 40)}.{ending}",
            "size": len(upload.content),
            "width": width,
            "height": height,
            "is_public": public,
            "parent_type": entity.name,
            "parent_id": hashed,
            "content": upload.content,
        }
        draft.put("document", data)
    draft.patch(entity.name, hashed, {})


def _touch_parent(draft: Draft, data: Data) -> None:
    if data["parent_type"] and draft.get(data["parent_type"], data["parent_id"]) is not None:
        draft.patch(data["parent_type"], data["parent_id"], {})


@hook("document_save")
def document_save(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """A change of a file touches the record that it is attached to (5.12)."""
    _touch_parent(draft, data)


def media_type(data: Data) -> str:
    """The media type that goes with the ending of a stored file."""
    return mimetypes.types_map.get(f".{data['type']}", "application/octet-stream")


@operation("document_download")
def download(draft: Draft, request: Request) -> Answer:
    """The stored bytes as an attachment."""
    assert request.record is not None
    data = request.record.data
    kind = media_type(data)
    return File(data["content"], kind, data["name"])


@operation("document_remove")
def remove(draft: Draft, request: Request) -> Answer:
    """Take the file and its row out for good."""
    assert request.record is not None
    _remove(draft, request.record.data)
    return Plain({"message": "Success"})


def _remove(draft: Draft, data: Data) -> None:
    draft.remove("document", data["id"])
    _touch_parent(draft, data)


@action("document_remove")
def remove_one(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Take one of several files out for good."""
    _remove(draft, data)


@action("no_effect")
def no_effect(draft: Draft, entity: Entity, data: Data, request: Request) -> None:
    """Accepted by the service, changes nothing."""


@action("empty_answer")
def empty_answer(draft: Draft, entity: Entity, data: Data, request: Request) -> Answer:
    """Accepted by the service, answers an empty body."""
    return Empty()
