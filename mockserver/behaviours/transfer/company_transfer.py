"""A company takes what an export has made: the file in one piece or in parts, its settings, its records (R-EP-51)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import orjson

from mockserver.answer import Plain
from mockserver.behaviours.accounts.companies import LOGO_TYPES, default_settings, forget
from mockserver.behaviours.core.fitting import Fit
from mockserver.behaviours.core.jobs import HOUR, change, keep
from mockserver.behaviours.core.registry import operation
from mockserver.behaviours.core.settings import cast_settings, settings_problem
from mockserver.behaviours.core.validation import wrong
from mockserver.behaviours.transfer.downloads import BACKUP, DOCUMENTS, LOGO
from mockserver.behaviours.transfer.restoring import Restorer
from mockserver.derive.archive import UnreadableArchive, is_zip, unpacked
from mockserver.document.schemas import Schemas

if TYPE_CHECKING:
    from mockserver.answer import Answer
    from mockserver.draft import Draft
    from mockserver.request import Request
    from mockserver.store.table import Data

MAX_PART = 5 * 1024 * 1024
MAX_PARTS = 1000
MAX_WHOLE = 100 * 1024 * 1024
OWN = frozenset(
    {
        *("id", "account_id", "company_key", "subdomain", "portal_domain", "created_at", "updated_at", "archived_at"),
        *("jobs", "reports", "logo", "logo_type", "settings", "legal_entity_id", "quickbooks"),
    }
)
"""What a company keeps whatever a file says: who it is, where it is reached, what is connected to it."""


@operation("company_import")
def company_import(draft: Draft, request: Request) -> Answer:
    """Take an export; of parts, wait for the last one. A file that is none changes nothing, and its job says why."""
    if request.body.get("metadata") is not None:
        return part(draft, request)
    upload = next((each for each in request.files if each.field.partition("[")[0] == "files"), None)
    if upload is None:
        raise wrong("files", "The files field is required.", "required", None, "the zip file of an export")
    if not is_zip(upload.content):
        raise wrong("files", "The files must be a file of type: zip.", "mimes", upload.name, "a zip file")
    run(draft, request, upload.content)
    return Plain({"message": "Processing"})


def part(draft: Draft, request: Request) -> Answer:
    """Keep a part of a file under its `fileHash`; the last one starts the import."""
    told = placed(request)
    upload = next((each for each in request.files if each.field == "file"), None)
    if upload is None:
        raise wrong("file", "The file field is required.", "required", None, "a part of the zip file")
    if len(upload.content) > MAX_PART:
        text = f"The file may not be greater than {MAX_PART // 1024} kilobytes."
        raise wrong("file", text, "max", len(upload.content), f"at most {MAX_PART} bytes")
    name, current, total = str(told["fileHash"]), told["currentChunk"], told["totalChunks"]
    jobs = draft.company["jobs"]
    job = next((each for each in jobs if each["kind"] == "parts" and each["file"] == name), None)
    if job is None or draft.now > job["until"]:
        job = keep(draft, "parts", {"file": name, "parts": {}}, seconds=HOUR)
    parts = {**job["parts"], str(current): b64encode(upload.content).decode()}
    size = sum(map(len, parts.values()))
    if size > MAX_WHOLE * 4 // 3:
        text = f"The file may not be greater than {MAX_WHOLE // 1024} kilobytes."
        raise wrong("file", text, "max", size, f"at most {MAX_WHOLE} bytes of all parts")
    if current + 1 < total:
        change(draft, draft.company, job, {"parts": parts, "size": size})
        told_back = {"chunk": current, "totalChunks": total, "fileName": str(told["fileName"])}
        return Plain({"success": True, "message": "Chunk uploaded successfully", **told_back})
    missing = [number for number in range(total) if str(number) not in parts]
    if missing:
        raise wrong("metadata", "The file is not complete.", "chunks", missing[0], "each part before the last one")
    change(draft, draft.company, job, {"parts": {}, "size": 0, "until": 0})
    run(draft, request, b"".join(b64decode(parts[str(number)]) for number in range(total)))
    return Plain({**told, "message": "Processing", "success": True})


def placed(request: Request) -> Data:
    """The metadata of a part. Raises Refused when it is not complete."""
    sent = request.body["metadata"]
    try:
        told = orjson.loads(sent) if isinstance(sent, str) else sent
    except orjson.JSONDecodeError:
        told = None
    wanted = "JSON with fileHash, fileName, currentChunk and totalChunks"
    if not isinstance(told, dict) or not all(isinstance(told.get(key), str) for key in ("fileHash", "fileName")):
        raise wrong("metadata", "The metadata is invalid.", "json", sent, wanted)
    current, total = (whole(told.get(key)) for key in ("currentChunk", "totalChunks"))
    if not 0 <= current < total <= MAX_PARTS:
        raise wrong("metadata", "The metadata is invalid.", "chunks", current, f"a part of at most {MAX_PARTS}")
    return {"fileHash": told["fileHash"], "fileName": told["fileName"], "currentChunk": current, "totalChunks": total}


def whole(value: Any) -> int:
    """A number from 0 on that came as number or text; -1 for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else -1


def run(draft: Draft, request: Request, content: bytes) -> None:
    """Read the file and replace what the flags name; what came of it is kept as a job."""
    settings, data = (request.input(name) in ("true", True) for name in ("import_settings", "import_data"))
    outcome: dict[str, Any] = {"settings": settings, "data": data, "counts": {}, "errors": {}, "error": ""}
    try:
        members = unpacked(content, lambda name: name == BACKUP or name.startswith((DOCUMENTS, f"{LOGO}.")))
        backup = orjson.loads(members.get(BACKUP, b""))
    except (UnreadableArchive, orjson.JSONDecodeError) as error:
        outcome["error"] = f"The file can't be read: {error}."
        backup = None
    if isinstance(backup, dict) and isinstance(backup.get("company"), dict):
        if settings:
            outcome["error"] = replace_settings(draft, request, backup["company"], members)
        if data and not outcome["error"]:
            forget(draft, draft.company, everything=False)
            references = request.operation.facts["with"]["references"]
            restorer = Restorer(draft, backup, members, references)
            restorer.restore()
            outcome |= {"counts": restorer.counts, "errors": restorer.errors}
    elif not outcome["error"]:
        outcome["error"] = f"The file holds no {BACKUP} of a company."
    keep(draft, "company_import", outcome)


def replace_settings(draft: Draft, request: Request, told: Data, members: dict[str, bytes]) -> str:
    """Make the settings of a file those of the company; says why not when they do not fit, and changes nothing."""
    fits = Fit(draft, draft.entity("company"), Schemas(draft.document.schemas))
    sent = told.get("settings")
    sent = sent if isinstance(sent, dict) else {}
    kinds = draft.document.setting_kinds
    problems = [text for key, each in sent.items() if (text := settings_problem(kinds.get(key, ""), key, each))]
    own = draft.company
    data = fits.read({**own, **{name: value for name, value in told.items() if name not in OWN}})
    if data is None or problems:
        return f"The settings do not fit: {problems[0] if problems else fits.problem}."
    changes = {name: data[name] for name in data if name not in OWN and name in told}
    changes["settings"] = {**default_settings(draft), **cast_settings(draft, sent), "company_logo": ""}
    for ending in LOGO_TYPES:
        if picture := members.get(f"{LOGO}.{ending}"):
            address = f"{draft.world.address(request.prefix)}/api/v1/companies/{own['id']}/logo"
            changes |= {"logo": picture, "logo_type": ending}
            changes["settings"]["company_logo"] = address
    draft.patch("company", own["id"], changes)
    return ""
